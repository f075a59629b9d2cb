// One request to our own server, for portal and console alike: path, query and body from one flat input, CSRF, idempotency key, server time, problems.
import { networkProblem, problemFrom, type Problem } from './problem.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type RequestOptions = {
  signal?: AbortSignal
  /** Key of one attempt of a command; the same key on every retry makes the command happen once. */
  idempotencyKey?: string
  /** A 401 of these calls is an answer, not an expired session (sign-in itself, the first session check). */
  anonymous?: boolean
}

/** What a surface knows of its session; the client itself knows no React. */
export type Gate = {
  csrf: () => string | null | undefined
  /** A request was refused: true to send it again, after whatever made that worth while. `attempt` counts from 0. */
  refused: (problem: Problem, attempt: number, options: RequestOptions) => Promise<boolean>
}

export type Clock = { localNow: () => number; learnServerTime: (date: string | null, sentAt: number, receivedAt: number) => void }

/** A random id. `crypto.randomUUID` is missing on plain HTTP in a local network. */
export const newKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')

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
 * Makes `request`: sends one request with a flat input (what the path does not take is the query on GET, else the JSON body) and
 * throws a Problem when it is refused or the network fails.
 */
export function createRequest(gate: () => Gate, clock: Clock) {
  return async function request<T>(method: Method, template: string, input: Record<string, unknown> = {}, options: RequestOptions = {}): Promise<T> {
    const { path, rest } = fillPath(template, input)
    const read = method === 'GET'
    const body = read || (method === 'DELETE' && Object.keys(rest).length === 0) ? undefined : rest
    const key = read ? undefined : (options.idempotencyKey ?? newKey())
    for (let attempt = 0; ; attempt++) {
      const answer = await send(gate().csrf(), clock, { method, url: read ? path + queryString(rest) : path, body, key, signal: options.signal })
      if (answer.ok) return answer.body as T // the boundary: shapes are checked by the server against its contract
      const problem = problemFrom(answer.status, answer.body)
      if (!(await gate().refused(problem, attempt, options))) throw problem
    }
  }
}

type Sent = { method: Method; url: string; body: Record<string, unknown> | undefined; key: string | undefined; signal: AbortSignal | undefined }

async function send(csrf: string | null | undefined, clock: Clock, { method, url, body, key, signal }: Sent): Promise<{ ok: boolean; status: number; body: unknown }> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (key) headers['idempotency-key'] = key
  if (csrf && method !== 'GET') headers['x-csrf-token'] = csrf
  const sentAt = clock.localNow()
  let response: Response
  try {
    response = await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body), credentials: 'same-origin', signal: signal ?? null })
  } catch (error) {
    if (signal?.aborted) throw error
    throw networkProblem()
  }
  clock.learnServerTime(response.headers.get('date'), sentAt, clock.localNow())
  return { ok: response.ok, status: response.status, body: parse(await response.text().catch(() => '')) }
}

function parse(text: string): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : undefined
  } catch {
    return text
  }
}
