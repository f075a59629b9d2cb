// The HTTP node of flows: only hosts of the allow-list, two seconds, no private addresses unless listed, answers at most 64 KB of JSON.
// A name is looked up once, and what was checked is what is connected to: a name that changes its address between the two (DNS rebinding) gains nothing.
import { lookup as systemLookup } from 'node:dns'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { BlockList, type LookupFunction, isIP } from 'node:net'

const LIMIT_MS = 2000
const LIMIT_BYTES = 65_536

const reserved = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 16], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) reserved.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['::', 128], ['::1', 128], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8], ['64:ff9b::', 96]] as const) reserved.addSubnet(net, bits, 'ipv6')

/** Loopback, private, link-local, carrier and documentation ranges; also written as IPv6. */
export function privateAddress(address: string): boolean {
  if (isIP(address) === 4) return reserved.check(address, 'ipv4')
  return isIP(address) !== 6 || reserved.check(address, 'ipv6')
}

type Request = { method: 'GET' | 'POST', url: string, body: Record<string, string> | null, take: Record<string, string>, hosts: readonly string[] }

/** Refuses a name whose address is private and not listed; passes on the very address that was checked. */
function checkedLookup(hosts: readonly string[], lookup: LookupFunction): LookupFunction {
  return (name, options, done) => lookup(name, { ...options, all: false }, (error, address, family) => {
    if (error) return done(error, '', 0)
    const one = Array.isArray(address) ? address[0]?.address ?? '' : address
    if (privateAddress(one) && !hosts.includes(one)) return done(new Error(`${name} leads to a private address`), '', 0)
    if (options.all) done(null, [{ address: one, family: family ?? isIP(one) }])
    else done(null, one, family)
  })
}

async function textOf(answer: IncomingMessage): Promise<string | null> {
  let text = ''
  answer.setEncoding('utf8')
  for await (const part of answer as AsyncIterable<string>) {
    text += part
    if (text.length > LIMIT_BYTES) {
      answer.destroy()
      return null
    }
  }
  return text
}

function ask(it: Request, url: URL, lookup: LookupFunction): Promise<string | null> {
  const body = it.method === 'POST' ? JSON.stringify(it.body ?? {}) : null
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const asked = send(url, { method: it.method, lookup: checkedLookup(it.hosts, lookup), signal: AbortSignal.timeout(LIMIT_MS), agent: false, headers: { accept: 'application/json', ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
      const { statusCode = 0 } = answer
      // A redirection would lead past the allow-list: anything but 2xx counts as unavailable.
      if (statusCode < 200 || statusCode > 299) {
        answer.destroy()
        return resolve(null)
      }
      textOf(answer).then(resolve, reject)
    })
    asked.on('error', reject)
    asked.end(body ?? undefined)
  })
}

/**
 * Asks; null for anything but a 2xx answer with a JSON object. Never throws. `take` maps variables to fields (dots go deeper).
 * @param failed told why there was no answer, for the log; names no path (it may hold what a caller keyed in).
 */
export async function askHttp(it: Request, failed: (host: string, reason: string) => void = () => {}, lookup: LookupFunction = systemLookup as LookupFunction): Promise<Record<string, string> | null> {
  let host = ''
  try {
    const url = new URL(it.url)
    host = url.host
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('neither http nor https')
    if (!it.hosts.includes(url.host) && !it.hosts.includes(url.hostname)) throw new Error('not on the allow-list')
    const text = await ask(it, url, lookup)
    const value: unknown = text === null ? null : JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no 2xx answer with a JSON object of at most 64 KB')
    const values: Record<string, string> = {}
    for (const [variable, field] of Object.entries(it.take)) {
      const found = field.split('.').reduce<unknown>((at, key) => typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined, value)
      if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') values[variable] = String(found).slice(0, 500)
    }
    return values
  } catch (error) {
    failed(host, error instanceof SyntaxError ? 'no JSON' : error instanceof Error ? error.message : String(error))
    return null
  }
}
