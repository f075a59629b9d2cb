// Settings of the process from its environment; every one has a default that works on one machine.
import { createSocket } from 'node:dgram'
import { createServer, isIPv6 } from 'node:net'
import path from 'node:path'

export type Config = {
  /** Journal, policies, prompts, spool, lock, token and key. */
  folder: string
  host: string
  port: number
  /** Whether ports were asked for by name: those are not replaced by others when they are taken. */
  fixed: { port: boolean, sip: boolean, sipTls: boolean }
  /** `native` once media is there, `virtual` plays calls by the clock without sound. */
  media: 'auto' | 'native' | 'virtual' | 'freeswitch'
  freeSwitch: { host: string, port: number, passwordFile: string, /** speech module and voice, `flite|kal` */ speech: string | null } | null
  address: string
  publicAddress: string | undefined
  sipPort: number
  rtpPorts: { from: number, to: number }
  leases: string
  tokenFile: string
  keyFile: string
  tls: { cert: string, key: string } | null
  /** SIP by TLS, with the certificate above; `ca`: file of authorities trusted on lines besides the public ones. */
  sipTls: { port: number, ca: string | null } | null
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
  if (media !== 'auto' && media !== 'native' && media !== 'virtual' && media !== 'freeswitch') throw new Error(`EXCHANGE_MEDIA must be native, virtual or freeswitch, not ${media}`)
  if (media === 'freeswitch' && !env.FREESWITCH_PASSWORD_FILE) throw new Error('EXCHANGE_MEDIA=freeswitch needs FREESWITCH_PASSWORD_FILE: a file with the password of its event socket')
  return {
    folder, media, freeSwitch: media === 'freeswitch' ? { host: env.FREESWITCH_HOST ?? '127.0.0.1', port: number('FREESWITCH_PORT', 8021), passwordFile: env.FREESWITCH_PASSWORD_FILE ?? '', speech: env.FREESWITCH_SPEECH ?? null } : null, fixed: { port: env.EXCHANGE_PORT !== undefined, sip: env.SIP_PORT !== undefined, sipTls: env.SIP_TLS_PORT !== undefined }, host: env.EXCHANGE_HOST ?? '127.0.0.1', port: number('EXCHANGE_PORT', 8090), address: env.MEDIA_ADDRESS ?? '127.0.0.1', publicAddress: env.MEDIA_PUBLIC_ADDRESS, sipPort: number('SIP_PORT', 5060),
    rtpPorts: { from: number('RTP_PORT_FROM', 20_000), to: number('RTP_PORT_TO', 29_999) }, leases: env.EXCHANGE_LEASES ?? path.join(folder, 'leases'),
    tokenFile: env.EXCHANGE_TOKEN_FILE ?? path.join(folder, 'token'), keyFile: env.EXCHANGE_KEY_FILE ?? path.join(folder, 'key'), tls: env.TLS_CERT && env.TLS_KEY ? { cert: env.TLS_CERT, key: env.TLS_KEY } : null,
    sipTls: env.TLS_CERT && env.TLS_KEY ? { port: number('SIP_TLS_PORT', 5061), ca: env.SIP_TLS_CA ?? null } : null,
  }
}

/** Whether a port can be opened for TCP and UDP on an address. */
async function free(address: string, port: number): Promise<boolean> {
  const tcp = await new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false)).listen(port, address, () => server.close(() => resolve(true)))
  })
  return tcp && new Promise<boolean>((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4').once('error', () => resolve(false))
    socket.bind(port, address, () => socket.close(() => resolve(true)))
  })
}
/** The default ports, or the next free ones where another program has them; ports asked for stay as asked. */
export async function choosePorts(config: Config): Promise<Config> {
  const next = async (address: string, from: number): Promise<number> => {
    for (let port = from; port < from + 40; port += 2) if (await free(address, port)) return port
    return from
  }
  const sipPort = config.fixed.sip ? config.sipPort : await next(config.address, config.sipPort)
  const sipTls = config.sipTls && { ...config.sipTls, port: config.fixed.sipTls ? config.sipTls.port : await next(config.address, config.sipTls.port) }
  return { ...config, sipTls, sipPort, port: config.fixed.port ? config.port : await next(config.host, config.port) }
}
