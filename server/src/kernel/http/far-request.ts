// Requests to addresses that people type: another machine's web site, never this machine, its link or its hoster's metadata service.
import { lookup } from 'node:dns'
import { get as getPlain, type IncomingMessage } from 'node:http'
import { get as getSecure } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'

// Networks of the site (10/8, 192.168/16 …) are not here: government sites lie inside them, see decision 0350.
const near = new BlockList()
for (const [network, bits] of [['0.0.0.0', 8], ['127.0.0.0', 8], ['169.254.0.0', 16], ['224.0.0.0', 3], ['100.100.100.200', 32]] as const) near.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [['::', 127], ['fe80::', 10], ['ff00::', 8], ['64:ff9b::', 96], ['fd00:ec2::254', 128]] as const) near.addSubnet(network, bits, 'ipv6')

const allowed = new Set<string>()
/** For tests, whose web site runs on their own machine: this host and port may be asked until the returned function is called. */
export function reachNear(host: string): () => void {
  allowed.add(host)
  return () => void allowed.delete(host)
}

export class NearAddress extends Error {}

/** Whether an IP address is this machine's own or its link's. Source: the registries of special addresses of IANA (RFC 6890). */
export const isNear = (address: string): boolean => near.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

// Checked where the connection is made: a name that is answered differently the second time leads nowhere else.
const farLookup: LookupFunction = (name, options, done) =>
  lookup(name, { ...options, all: true }, (error, found) => {
    if (!error && found.some((one) => isNear(one.address))) return done(new NearAddress(name), '')
    if (error || options.all) return done(error, found ?? [])
    done(null, found[0]?.address ?? '', found[0]?.family)
  })

export type FarAnswer = { status: number; location: string | null; body: Uint8Array | null }

/**
 * One GET without redirects; `body` is null where it is longer than `mostBytes` (what follows is not read).
 * Throws NearAddress for an address of this machine, TimeoutError after `patienceMs`, else the error of the connection.
 */
export async function farRequest(address: string, how: { headers: Record<string, string>; patienceMs: number; mostBytes: number }): Promise<FarAnswer> {
  const url = new URL(address)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const free = allowed.has(url.host)
  if (isIP(host) && !free && isNear(host)) throw new NearAddress(host)
  const signal = AbortSignal.timeout(how.patienceMs)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = (url.protocol === 'https:' ? getSecure : getPlain)(url, { headers: how.headers, signal, agent: false, ...(free ? {} : { lookup: farLookup }) }, resolve)
    call.on('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error))
  })
  try {
    return { status: answer.statusCode ?? 0, location: answer.headers.location ?? null, body: await bounded(answer, how.mostBytes) }
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
}

async function bounded(answer: IncomingMessage, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > most) {
      answer.destroy()
      return null
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}
