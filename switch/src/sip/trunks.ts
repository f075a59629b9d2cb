// Lines to the public network: which are up (OPTIONS, RFC 3261 §11), which we register at, whose calls we take by their address, and how many channels are busy.
import { BlockList, isIP } from 'node:net'
import type { MediaTrunk } from '../media-port.ts'
import { answerChallenge } from './digest.ts'
import { newCallId, newTag } from './dialog.ts'
import { formatHost } from './grammar.ts'
import { addressesOf, header, type Header, type SipRequest, type SipResponse } from './message.ts'
import type { Transactions } from './transactions.ts'
import type { Peer, Transport } from './transport.ts'

export type Trunk = { config: MediaTrunk; state: 'unknown' | 'up' | 'down'; reason: string; peer: Peer | null; channels: number }
export type TrunkOptions = {
  transactions: Transactions
  resolve: Transport['resolve']
  contactFor: (peer: Peer) => string
  /** Whether we listen by this transport. */
  speaks: (transport: Peer['transport']) => boolean
  told: (trunk: Trunk) => void
}

type Held = Trunk & { accepted: BlockList; stop: () => void }

const REGISTER_S = 600

export function createTrunks(options: TrunkOptions) {
  const trunks = new Map<string, Held>()

  function set(trunk: Held, state: 'up' | 'down', reason = ''): void {
    if (!trunks.has(trunk.config.id) || trunk.state === state) return
    trunk.state = state
    trunk.reason = reason
    options.told(trunk)
  }

  function ask(trunk: Held, method: 'OPTIONS' | 'REGISTER', extra: readonly Header[], seq: number, callId: string, tag: string): Promise<{ request: SipRequest; response: SipResponse | null }> {
    const { config, peer } = trunk
    const address = `sip:${formatHost(config.realm ?? config.host)}`
    const self = `<sip:${encodeURIComponent(config.user ?? 'exchange')}@${formatHost(config.realm ?? config.host)}>`
    const request: SipRequest = {
      kind: 'request', method, uri: address, body: Buffer.alloc(0),
      headers: [['max-forwards', '70'], ['from', `${self};tag=${tag}`], ['to', method === 'REGISTER' ? self : `<${address}>`], ['call-id', callId], ['cseq', `${seq} ${method}`], ['contact', peer ? options.contactFor(peer) : self], ...extra],
    }
    if (!peer) return Promise.resolve({ request, response: null })
    return new Promise((resolve) => {
      options.transactions.request(request, peer, { response: (response) => response.status >= 200 && resolve({ request, response }), failed: () => resolve({ request, response: null }) })
    })
  }

  async function locate(trunk: Held): Promise<boolean> {
    if (!options.speaks(trunk.config.transport)) {
      set(trunk, 'down', 'TLS needs a certificate of ours (TLS_CERT, TLS_KEY)')
      return false
    }
    const address = await options.resolve(trunk.config.host)
    if (address === null) {
      set(trunk, 'down', 'the name has no address')
      return false
    }
    trunk.peer = { transport: trunk.config.transport, address, port: trunk.config.port, name: trunk.config.host }
    trunk.accepted.addAddress(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
    return true
  }

  function keepAlive(trunk: Held): () => void {
    let stopped = false
    let timer: NodeJS.Timeout | undefined
    let [seq, callId, tag] = [0, newCallId(), newTag()]
    const later = (ms: number): void => {
      if (stopped) return
      timer = setTimeout(() => void turn(), ms)
      timer.unref()
    }
    async function probe(): Promise<void> {
      const { response } = await ask(trunk, 'OPTIONS', [['accept', 'application/sdp']], ++seq, callId, tag)
      // Any answer shows life, a refusal of OPTIONS too; 503 and silence do not.
      set(trunk, response && response.status !== 503 && response.status !== 408 ? 'up' : 'down', response ? `answered ${response.status}` : 'no answer to OPTIONS')
    }
    async function register(): Promise<number> {
      const { config } = trunk
      const expires: Header[] = [['expires', String(REGISTER_S)]]
      let { request, response } = await ask(trunk, 'REGISTER', expires, ++seq, callId, tag)
      if (response && (response.status === 401 || response.status === 407) && config.user !== undefined && config.password !== undefined) {
        const answer = answerChallenge(response, request, { user: config.user, password: config.password })
        if (answer) ({ request, response } = await ask(trunk, 'REGISTER', [...expires, answer], ++seq, callId, tag))
      }
      const done = response !== null && response.status < 300
      set(trunk, done ? 'up' : 'down', done ? 'registered' : response ? `registration refused with ${response.status}` : 'no answer to REGISTER')
      const granted = response && done ? Number(addressesOf(response, 'contact')[0]?.params.get('expires') ?? header(response, 'expires') ?? REGISTER_S) : 0
      return done ? Math.max(30, granted * 0.8) * 1000 : 30_000
    }
    async function turn(): Promise<void> {
      if (!(await locate(trunk))) return later(30_000)
      if (trunk.config.register) {
        const wait = await register()
        return later(trunk.config.probeSeconds > 0 ? Math.min(wait, trunk.config.probeSeconds * 1000) : wait)
      }
      if (trunk.config.probeSeconds > 0) {
        await probe()
        return later(trunk.config.probeSeconds * 1000)
      }
      set(trunk, 'up', 'not probed')
    }
    void turn()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }

  function add(config: MediaTrunk): void {
    const accepted = new BlockList()
    for (const one of config.accept) addRange(accepted, one)
    const trunk: Held = { config, state: 'unknown', reason: '', peer: null, channels: 0, accepted, stop: () => {} }
    trunks.set(config.id, trunk)
    trunk.stop = keepAlive(trunk)
  }

  return {
    /** Applies the difference; a changed line starts anew, its calls stay. */
    configure(configs: readonly MediaTrunk[]): void {
      for (const [id, held] of trunks) {
        const next = configs.find((one) => one.id === id)
        if (next && JSON.stringify(next) === JSON.stringify(held.config)) continue
        held.stop()
        trunks.delete(id)
      }
      for (const config of configs) if (!trunks.has(config.id)) add(config)
    },
    get: (id: string): Trunk | null => trunks.get(id) ?? null,
    get all(): Trunk[] {
      return [...trunks.values()]
    },
    /** Whose line a request came over: by address, and among several of one address by port. A line by TLS takes nothing that came in clear. */
    of(peer: Peer): Trunk | null {
      const family = isIP(peer.address) === 6 ? 'ipv6' : 'ipv4'
      const matching = [...trunks.values()].filter((one) => isIP(peer.address) !== 0 && (one.config.transport !== 'tls' || peer.transport === 'tls') && one.accepted.check(peer.address, family))
      return matching.find((one) => one.peer?.port === peer.port) ?? matching[0] ?? null
    },
    close(): void {
      for (const one of trunks.values()) one.stop()
      trunks.clear()
    },
  }
}

function addRange(list: BlockList, text: string): void {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  if (version === 0) return
  const family = version === 6 ? 'ipv6' : 'ipv4'
  const prefix = Number(bits)
  if (bits === undefined) list.addAddress(address, family)
  else if (Number.isInteger(prefix) && prefix >= 0 && prefix <= (version === 6 ? 128 : 32)) list.addSubnet(address, prefix, family)
}
