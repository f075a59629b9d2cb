// The HTTP node of flows: only hosts of the allow-list, two seconds, no private addresses unless listed, answers at most 64 KB of JSON.
import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'

const LIMIT_MS = 2000
const LIMIT_BYTES = 65_536

/** Loopback, private, link-local, carrier and documentation ranges. */
export function privateAddress(address: string): boolean {
  if (isIP(address) === 6) {
    const lower = address.toLowerCase()
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(lower)?.[1]
    return mapped ? privateAddress(mapped) : lower === '::' || lower === '::1' || /^f[cd]/.test(lower) || /^fe[89ab]/.test(lower)
  }
  const [a = 0, b = 0] = address.split('.').map(Number)
  return a === 0 || a === 10 || a === 127 || a >= 224 || (a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254) || (a === 172 && b >= 16 && b < 32) || (a === 192 && (b === 168 || b === 0))
}

/** Asks; null for anything but a 2xx answer with a JSON object. Never throws. `take` maps variables to fields (dots go deeper). */
export async function askHttp(request: { method: 'GET' | 'POST', url: string, body: Record<string, string> | null, take: Record<string, string>, hosts: readonly string[] }): Promise<Record<string, string> | null> {
  try {
    const url = new URL(request.url)
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
    if (!request.hosts.includes(url.host) && !request.hosts.includes(url.hostname)) return null
    const address = (await lookup(url.hostname.replace(/^\[|\]$/g, ''))).address
    if (privateAddress(address) && !request.hosts.includes(address) && !(isIP(url.hostname) > 0)) return null
    const answer = await fetch(url, { method: request.method, redirect: 'error', signal: AbortSignal.timeout(LIMIT_MS), ...(request.method === 'POST' ? { body: JSON.stringify(request.body ?? {}), headers: { 'content-type': 'application/json' } } : {}) })
    if (!answer.ok) return null
    const text = await answer.text()
    if (text.length > LIMIT_BYTES) return null
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const values: Record<string, string> = {}
    for (const [variable, field] of Object.entries(request.take)) {
      const found = field.split('.').reduce<unknown>((at, key) => typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined, value)
      if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') values[variable] = String(found).slice(0, 500)
    }
    return values
  } catch {
    return null
  }
}
