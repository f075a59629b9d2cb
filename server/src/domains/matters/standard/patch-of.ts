import { z } from 'zod'
import { editHead } from './standard-contract.ts'

type Patched<S extends z.ZodRawShape> = { [K in keyof S]: z.ZodOptional<z.ZodType<z.output<S[K]>>> }

/** The body of a PATCH: every field optional and without its default, so that an absent field stays as it is. */
export function patchOf<S extends z.ZodRawShape>(shape: S) {
  const optional = Object.fromEntries(Object.entries(shape).map(([field, schema]) => [field, z.optional(schema instanceof z.ZodDefault ? schema.unwrap() : schema)]))
  return z.object(editHead).extend(optional as Patched<S>)
}

/** The fields of a parsed PATCH without its head. */
export function fieldsOf(input: Record<string, unknown>): Record<string, unknown> {
  const { id: _id, revision: _revision, submit: _submit, reason: _reason, effectiveOn: _day, ...fields } = input
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
