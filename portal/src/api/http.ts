// One request to our own server: CSRF, idempotency key, server time, problems. Citizens are asked to sign in by the page, not by a layer.
import { learnServerTime, localNow } from '../kit/time.ts'
import { networkProblem, problemFrom } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type RequestOptions = {
  signal?: AbortSignal
  /** Key of one attempt of a command; the same key on every retry makes the command happen once. */
  idempotencyKey?: string
}

type Gate = {
  csrf: () => string | null
  /** The session ended elsewhere, or its token is not the one we hold: ask anew. */
  stale: () => Promise<void>
}

let gate: Gate = { csrf: () => null, stale: async () => {} }

/** The session installs itself here; the client knows no React. */
export function setGate(next: Gate): void {
  gate = next
}

/** The CSRF token for requests that cannot go through `request` (upload with progress). */
export const csrfToken = (): string | null => gate.csrf()

/** A random id. `crypto.randomUUID` is missing on plain HTTP in a local network. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')
}

function queryString(input: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(input)) if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  return search.size ? `?${search.toString()}` : ''
}

/** Fills `{name}` of a path template from the input and returns what is left of the input. */
function fillPath(template: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name]
    if (value === undefined || value === null || value === '') throw new Error(`path parameter ${name} is missing for ${template}`)
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  return { path, rest }
}

/**
 * Sends one request with a flat input (what the path does not take is the query on GET, else the JSON body).
 * @throws Problem
 */
export async function request<T>(method: Method, template: string, input: Record<string, unknown> = {}, options: RequestOptions = {}): Promise<T> {
  const { path, rest } = fillPath(template, input)
  const read = method === 'GET'
  const body = read || (method === 'DELETE' && Object.keys(rest).length === 0) ? undefined : rest
  const key = read ? undefined : (options.idempotencyKey ?? newKey())
  for (let attempt = 0; ; attempt++) {
    const answer = await send(method, read ? path + queryString(rest) : path, body, key, options.signal)
    if (answer.ok) return answer.body as T // the boundary: shapes are checked by the server against its contract
    const problem = problemFrom(answer.status, answer.body)
    const stale = problem.status === 401 || problem.code === 'kernel.csrf'
    if (stale) await gate.stale()
    if (problem.code === 'kernel.csrf' && attempt === 0) continue
    throw problem
  }
}

type Answer = { ok: boolean; status: number; body: unknown }

async function send(method: Method, url: string, body: Record<string, unknown> | undefined, key: string | undefined, signal?: AbortSignal): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (key) headers['idempotency-key'] = key
  const csrf = gate.csrf()
  if (csrf && method !== 'GET') headers['x-csrf-token'] = csrf
  const sentAt = localNow()
  let response: Response
  try {
    response = await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body), credentials: 'same-origin', signal: signal ?? null })
  } catch (error) {
    if (signal?.aborted) throw error
    throw networkProblem()
  }
  learnServerTime(response.headers.get('date'), sentAt, localNow())
  const text = await response.text().catch(() => '')
  return { ok: response.ok, status: response.status, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : undefined
  } catch {
    return text
  }
}
