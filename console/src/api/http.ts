// One request to our own server: CSRF, idempotency key, server time, sign-in layer on 401, problems.
import { learnServerTime, localNow } from '../ui/time.ts'
import { networkProblem, problemFrom } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type RequestOptions = {
  signal?: AbortSignal
  /** Key of one attempt of a command; the same key on every retry makes the command happen once. */
  idempotencyKey?: string
  /** A 401 of these calls is an answer, not an expired session (sign-in itself, the first session check). */
  anonymous?: boolean
}

type Gate = {
  csrf: () => string | undefined
  /** Opens the sign-in layer; resolves true when the same person is signed in again. */
  signInAgain: () => Promise<boolean>
  /** Fetches a fresh CSRF token. */
  refresh: () => Promise<void>
}

let gate: Gate = { csrf: () => undefined, signInAgain: async () => false, refresh: async () => {} }

/** The session provider installs itself here; the client knows no React. */
export function setGate(next: Gate): void {
  gate = next
}

/** The CSRF token for requests that cannot go through `request` (upload with progress). */
export function csrfToken(): string | undefined {
  return gate.csrf()
}

/** A random id. `crypto.randomUUID` is missing on plain HTTP in a local network. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

/** Query string of flat values: lists are joined by commas, undefined, null and '' are left out. */
export function queryString(input: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(input)) {
    const text = Array.isArray(value) ? value.join(',') : value
    if (text !== undefined && text !== null && text !== '') search.set(key, String(text))
  }
  return search.size ? `?${search.toString()}` : ''
}

/** Fills `{name}` of a path template from the input and returns what is left of the input. */
export function fillPath(template: string, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
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
  const url = read ? path + queryString(rest) : path
  const key = read ? undefined : (options.idempotencyKey ?? newKey())
  let refreshed = false
  for (;;) {
    const answer = await send(method, url, body, key, options.signal)
    if (answer.ok) return answer.body as T // the boundary: shapes are checked by the server against its contract
    const problem = problemFrom(answer.status, answer.body)
    if (answer.status === 401 && !options.anonymous && (await gate.signInAgain())) continue
    if (answer.status === 403 && problem.code.toLowerCase().includes('csrf') && !refreshed) {
      refreshed = true
      await gate.refresh()
      continue
    }
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
    response = await fetch(url, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin', signal })
  } catch (error) {
    if (signal?.aborted) throw error
    throw networkProblem()
  }
  learnServerTime(response.headers.get('date'), sentAt, localNow())
  return { ok: response.ok, status: response.status, body: await readBody(response) }
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  const text = await response.text()
  if (!text) return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
