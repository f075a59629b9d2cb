// Settings of the process from its environment; every one has a default that works on one machine.
import path from 'node:path'

export type Config = {
  /** Journal, policies, prompts, spool, lock, token and key. */
  folder: string
  host: string
  port: number
  /** `native` once media is there, `virtual` plays calls by the clock without sound. */
  media: 'auto' | 'native' | 'virtual'
  address: string
  publicAddress: string | undefined
  sipPort: number
  rtpPorts: { from: number, to: number }
  workers: number
  leases: string
  tokenFile: string
  keyFile: string
  tls: { cert: string, key: string } | null
}

/** Reads `EXCHANGE_*` (and the site's TLS_CERT, TLS_KEY, MEDIA_ADDRESS). Throws a sentence for a value that is none. */
export function readConfig(env: Readonly<Record<string, string | undefined>>, root: string): Config {
  const number = (name: string, fallback: number): number => {
    const value = env[name] === undefined ? fallback : Number(env[name])
    if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} must be a number up to 65535, not ${env[name] ?? ''}`)
    return value
  }
  const folder = path.resolve(env.EXCHANGE_DATA ?? path.join(root, 'data', 'exchange'))
  const media = env.EXCHANGE_MEDIA ?? 'auto'
  if (media !== 'auto' && media !== 'native' && media !== 'virtual') throw new Error(`EXCHANGE_MEDIA must be native or virtual, not ${media}`)
  return {
    folder, media, host: env.EXCHANGE_HOST ?? '127.0.0.1', port: number('EXCHANGE_PORT', 8090), address: env.MEDIA_ADDRESS ?? '127.0.0.1', publicAddress: env.MEDIA_PUBLIC_ADDRESS, sipPort: number('SIP_PORT', 5060),
    rtpPorts: { from: number('RTP_PORT_FROM', 20_000), to: number('RTP_PORT_TO', 29_999) }, workers: number('EXCHANGE_WORKERS', 1), leases: env.EXCHANGE_LEASES ?? path.join(folder, 'leases'),
    tokenFile: env.EXCHANGE_TOKEN_FILE ?? path.join(folder, 'token'), keyFile: env.EXCHANGE_KEY_FILE ?? path.join(folder, 'key'), tls: env.TLS_CERT && env.TLS_KEY ? { cert: env.TLS_CERT, key: env.TLS_KEY } : null,
  }
}
