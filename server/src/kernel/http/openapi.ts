// OpenAPI 3.1 per domain from the described routes; written to openapi/<domain>.json by `npm run gen`.
import { z } from 'zod'
import type { Module } from '../module.ts'
import type { RouteSpec } from './route.ts'

type Json = Record<string, unknown>

const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _drop, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

function parameters(spec: RouteSpec): Json[] {
  const from = (object: z.ZodObject | undefined, place: 'path' | 'query'): Json[] =>
    Object.entries(object?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: place,
      required: place === 'path' || !(schema as z.ZodType).safeParse(undefined).success,
      schema: schemaOf(schema as z.ZodType),
    }))
  return [...from(spec.params, 'path'), ...from(spec.query, 'query')]
}

function operation(spec: RouteSpec): Json {
  const access = typeof spec.access === 'string' ? spec.access : 'permission' in spec.access ? spec.access.permission : spec.access.anyOf.join(' | ')
  return {
    operationId: spec.id,
    summary: spec.summary,
    'x-access': access,
    'x-audience': spec.audience,
    parameters: parameters(spec),
    ...(spec.body ? { requestBody: { required: true, content: { [spec.raw === 'upload' ? 'multipart/form-data' : 'application/json']: { schema: schemaOf(spec.body) } } } } : {}),
    responses: {
      200: { description: 'OK', content: spec.raw === 'download' ? { 'application/octet-stream': {} } : { 'application/json': { schema: schemaOf(spec.response) } } },
      default: { description: 'Problem', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

const problem: Json = {
  type: 'object',
  required: ['code', 'title', 'status', 'requestId'],
  properties: {
    code: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' }, rule: { type: 'string' }, until: { type: 'string' },
    fields: { type: 'array', items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } } },
    current: {}, requestId: { type: 'string' },
  },
}

/** The OpenAPI document of one module. */
export function openApiOf(module: Module, version: string): Json {
  const paths: Record<string, Json> = {}
  for (const { spec } of module.routes ?? []) {
    const path = spec.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operation(spec) }
  }
  return { openapi: '3.1.0', info: { title: `Minsheng ${module.name}`, version }, paths, components: { schemas: { Problem: problem } } }
}
