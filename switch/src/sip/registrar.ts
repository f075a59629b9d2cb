// Telephones that register (RFC 3261 §10): who is where, until when. Only known users, only with the right digest answer.
import type { Ha1 } from './digest.ts'
import { createDigestServer } from './digest.ts'
import { parseAddress, formatUri, type SipUri } from './grammar.ts'
import { addressOf, addressesOf, cseqOf, header, headersOf, responseTo, type Header, type SipRequest } from './message.ts'
import type { ServerTransaction } from './server-transaction.ts'
import type { Peer } from './transport.ts'

export type SipUser = { tenant: string; user: string; realm: string; ha1: Ha1 }
export type Binding = { uri: SipUri; contact: string; peer: Peer; callId: string; seq: number; until: number }

export type RegistrarOptions = {
  now: () => number
  digest: ReturnType<typeof createDigestServer>
  find: (realm: string, user: string) => SipUser | null
  /** First registration, or another contact. */
  registered: (user: SipUser, binding: Binding, expiresInS: number) => void
  unregistered: (user: SipUser) => void
}

/** For the journal: what a binding needs besides its time. */
export const storeBinding = ({ contact, peer, callId, seq }: Binding): string => JSON.stringify({ contact, peer, callId, seq })
/** Null for what is none, and for connections that ended with the process: those telephones must register anew. */
export function readBinding(text: string): Omit<Binding, 'until'> | null {
  try {
    const { contact, peer, callId, seq } = JSON.parse(text) as Pick<Binding, 'contact' | 'peer' | 'callId' | 'seq'>
    const uri = parseAddress(`<${contact}>`)?.uri
    return uri && peer.transport === 'udp' ? { uri, contact, peer: { transport: 'udp', address: String(peer.address), port: Number(peer.port) }, callId: String(callId), seq: Number(seq) } : null
  } catch {
    return null
  }
}

const EXPIRES = { least: 60, usual: 300, most: 3600 }
const MOST_BINDINGS = 5

export function createRegistrar(options: RegistrarOptions) {
  const bindings = new Map<string, Binding[]>()
  const key = (user: { user: string; realm: string }): string => `${user.user}@${user.realm}`

  const sweep = setInterval(() => {
    const now = options.now()
    for (const [id, list] of bindings) {
      const alive = list.filter((one) => one.until > now)
      if (alive.length < list.length) keep(id, alive)
    }
  }, 1000)
  sweep.unref()

  function keep(id: string, list: Binding[]): void {
    if (list.length > 0) return void bindings.set(id, list)
    const at = id.lastIndexOf('@')
    const user = options.find(id.slice(at + 1), id.slice(0, at))
    if (bindings.delete(id) && user) options.unregistered(user)
  }

  function expiresOf(request: SipRequest, contact: ReadonlyMap<string, string | null>): number | null {
    const text = contact.get('expires') ?? header(request, 'expires')
    if (text === undefined || text === null) return EXPIRES.usual
    return /^\d{1,10}$/.test(text) ? Math.min(Number(text), EXPIRES.most) : EXPIRES.usual // an unreadable number counts as not given (RFC 3261 §20.19)
  }

  /** null when all went well, or the status to refuse with. */
  function update(user: SipUser, request: SipRequest, peer: Peer): number | null {
    const id = key(user)
    const now = options.now()
    const [callId, seq] = [header(request, 'call-id') ?? '', cseqOf(request)?.number ?? 0]
    let list = [...(bindings.get(id) ?? [])]
    if (headersOf(request, 'contact').some((value) => value.trim() === '*')) {
      if (header(request, 'expires') !== '0' || headersOf(request, 'contact').length > 1) return 400
      keep(id, [])
      return null
    }
    for (const contact of addressesOf(request, 'contact')) {
      const expires = expiresOf(request, contact.params)
      if (expires === null || contact.uri.scheme === 'tel') return 400
      if (expires > 0 && expires < EXPIRES.least) return 423
      const uri = formatUri(contact.uri)
      const old = list.find((one) => one.contact === uri)
      if (old && old.callId === callId && seq <= old.seq) return 500 // out of order
      list = list.filter((one) => one !== old)
      if (expires === 0) continue
      const binding: Binding = { uri: contact.uri, contact: uri, peer, callId, seq, until: now + expires * 1000 }
      list.unshift(binding)
      options.registered(user, binding, expires)
    }
    keep(id, list.slice(0, MOST_BINDINGS))
    return null
  }

  return {
    /** The user's telephones, latest registration first. */
    bindingsOf: (realm: string, user: string): Binding[] => (bindings.get(`${user}@${realm}`) ?? []).filter((one) => one.until > options.now()),

    register(request: SipRequest, transaction: ServerTransaction, from: Peer): 'done' | 'challenged' | 'refused' {
      const address = addressOf(request, 'to')?.uri
      const realm = address?.host ?? ''
      const refuse = (status: number, headers: readonly Header[] = []): void => transaction.respond(responseTo(request, status, 'r', headers))
      const verdict = options.digest.verify(request, realm, false, (user) => options.find(realm, user)?.ha1 ?? null)
      if (!verdict.ok) {
        refuse(401, options.digest.challenge(realm, false, verdict.why === 'stale', options.find(realm, address?.user ?? '')?.ha1 ?? null))
        return verdict.why === 'wrong' ? 'refused' : 'challenged'
      }
      const user = options.find(realm, verdict.user)
      if (!user || address?.user !== verdict.user) {
        refuse(403)
        return 'refused'
      }
      const defect = update(user, request, from)
      if (defect !== null) {
        refuse(defect, defect === 423 ? [['min-expires', String(EXPIRES.least)]] : [])
        return 'refused'
      }
      const contacts = this.bindingsOf(user.realm, user.user).map((one): Header => ['contact', `<${one.contact}>;expires=${Math.ceil((one.until - options.now()) / 1000)}`])
      refuse(200, contacts)
      return 'done'
    },

    /** Takes a binding of the journal up again. */
    restore(user: SipUser, binding: Omit<Binding, 'until'>, expiresInS: number): void {
      const known = { ...binding, until: options.now() + expiresInS * 1000 }
      keep(key(user), [known, ...(bindings.get(key(user)) ?? []).filter((one) => one.contact !== known.contact)].slice(0, MOST_BINDINGS))
      options.registered(user, known, expiresInS)
    },

    /** Users that are gone from the configuration lose their telephones. */
    retain(known: (user: string, realm: string) => boolean): void {
      for (const id of bindings.keys()) {
        const at = id.lastIndexOf('@')
        if (!known(id.slice(0, at), id.slice(at + 1))) bindings.delete(id)
      }
    },
    get size(): number {
      return bindings.size
    },
    close: () => clearInterval(sweep),
  }
}

/** Host of the From address: the realm a telephone claims. */
export const claimedUser = (request: SipRequest): { user: string; realm: string } | null => {
  const uri = parseAddress(header(request, 'from') ?? '')?.uri
  return uri?.user ? { user: uri.user, realm: uri.host } : null
}
