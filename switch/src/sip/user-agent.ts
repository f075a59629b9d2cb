// The signalling side as a whole: sorts what arrives by limits, dialogs and sources, and offers calls. Nothing that a stranger sends may throw or cost much.
import type { MediaLines } from '../media-port.ts'
import { ALLOW, SUPPORTED, type CallHandlers, type CallHost } from './call-shapes.ts'
import { createDigestServer } from './digest.ts'
import { dialogId, nextHop, requestIn, type Dialog } from './dialog.ts'
import { formatHost, type SipUri } from './grammar.ts'
import { createInboundCall, type InboundCall } from './inbound-call.ts'
import { createBuckets, DEFAULT_LIMITS, type Limits } from './limits.ts'
import { addressOf, cseqOf, header, listOf, parseMessage, responseTo, serialise, type Header, type SipRequest, type SipResponse } from './message.ts'
import { createOutboundCall, type Outgoing } from './outbound-call.ts'
import { claimedUser, createRegistrar, type Binding, type SipUser } from './registrar.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { createSession, type Session } from './session.ts'
import { createTransactions, DEFAULT_TIMERS, type Timers } from './transactions.ts'
import { openTransport, type Peer, type TransportKind, type TransportOptions } from './transport.ts'
import { createTrunks, type Trunk } from './trunks.ts'

export type CallSource = { kind: 'trunk'; trunk: Trunk } | { kind: 'user'; user: SipUser }

export type UserAgentOptions = {
  listen: TransportOptions['listen']
  tls?: TransportOptions['tls']
  /** Written into Via, Contact and From instead of the bound address. */
  publicAddress?: string
  timers?: Timers
  limits?: Limits
  sessionTimer?: { interval: number; least: number }
  onCall: (call: InboundCall, source: CallSource) => void
  onTrunk: (trunk: Trunk) => void
  onRegistered: (user: SipUser, binding: Binding, expiresInS: number) => void
  onUnregistered: (user: SipUser) => void
  /** One address asks for more than its measure. */
  onFlood: (address: string) => void
  onLog: (what: string, data: Record<string, unknown>) => void
}

export type UserAgent = Awaited<ReturnType<typeof startUserAgent>>

const KNOWN_OPTIONS = new Set(['100rel', 'timer'])

export async function startUserAgent(options: UserAgentOptions) {
  const timers = options.timers ?? DEFAULT_TIMERS
  const limits = options.limits ?? DEFAULT_LIMITS
  const [messages, starts, trunkStarts] = [createBuckets(limits.messages), createBuckets(limits.starts), createBuckets(limits.trunkStarts)]
  const digest = createDigestServer()
  const users = new Map<string, SipUser>()
  const sessions = new Map<string, Session>()
  const callsByInvite = new Map<ServerTransaction, InboundCall>()
  const merged = new Set<string>()
  const counts = { received: 0, malformed: 0, limited: 0, unknownSource: 0, unreadableOffers: 0, authFailed: 0, callsIn: 0, callsOut: 0 }
  const find = (realm: string, user: string): SipUser | null => users.get(`${user}@${realm}`) ?? null

  const transport = await openTransport({ listen: options.listen, ...(options.tls ? { tls: options.tls } : {}), onMessage: receive, onLog: options.onLog })
  const localFor = (peer: Peer): Peer => {
    const local = transport.localFor(peer)
    return options.publicAddress ? { ...local, address: options.publicAddress } : local
  }
  const contactFor = (peer: Peer): string => {
    const local = localFor(peer)
    return `<sip:${formatHost(local.address)}:${local.port}${local.transport === 'udp' ? '' : `;transport=${local.transport}`}>`
  }
  async function peerOf(uri: SipUri): Promise<Peer | null> {
    const named = (uri.params.get('transport') ?? '').toLowerCase()
    const kind: TransportKind = uri.scheme === 'sips' || named === 'tls' ? 'tls' : named === 'tcp' ? 'tcp' : 'udp'
    const address = await transport.resolve(uri.host)
    return address === null ? null : { transport: kind, address, port: uri.port ?? (kind === 'tls' ? 5061 : 5060), name: uri.host }
  }
  const transactions = createTransactions({
    timers, localFor,
    send: (message, to, failed) => transport.send(serialise(message), to, failed),
    onRequest: route,
    onStrayResponse: acknowledgeAgain,
  })
  const host: CallHost = {
    transactions, timers, contactFor, peerOf,
    sessionTimer: options.sessionTimer ?? { interval: 1800, least: 90 },
    async peerOfDialog(dialog) {
      if (dialog.via) return dialog.via
      const hop = nextHop(dialog)
      return hop && peerOf(hop)
    },
    addSession: (session) => sessions.set(dialogId(session.dialog.callId, session.dialog.localTag, session.dialog.remoteTag), session),
    removeSession: (session) => sessions.delete(dialogId(session.dialog.callId, session.dialog.localTag, session.dialog.remoteTag)),
  }
  const registrar = createRegistrar({ now: () => performance.now(), digest, find, registered: options.onRegistered, unregistered: options.onUnregistered })
  const trunks = createTrunks({ transactions, resolve: (name) => transport.resolve(name), contactFor, speaks: (kind) => transport.listening.some((one) => one.transport === kind), told: options.onTrunk })

  function limited(peer: Peer): void {
    counts.limited++
    options.onFlood(peer.address)
  }

  function receive(bytes: Buffer, peer: Peer): void {
    try {
      counts.received++
      if (bytes.length <= 4) return // a keep-alive
      const ofTrunk = trunks.of(peer) !== null
      if (!ofTrunk && !messages.take(peer.address)) return limited(peer)
      const parsed = parseMessage(bytes)
      if (!parsed.ok) {
        counts.malformed++
        options.onLog('malformed message', { from: peer.address, reason: parsed.reason })
        if (parsed.answer && parsed.answer.method !== 'ACK') transport.send(serialise(responseTo(parsed.answer, parsed.status, 'm')), peer, () => {})
        return
      }
      if (parsed.message.kind === 'response') return transactions.receiveResponse(parsed.message, peer)
      transactions.receiveRequest(parsed.message, peer)
    } catch (error) {
      options.onLog('message not handled', { from: peer.address, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }

  function route(request: SipRequest, transaction: ServerTransaction | null, from: Peer): void {
    const toTag = addressOf(request, 'to')?.params.get('tag')
    if (toTag) {
      const session = sessions.get(dialogId(header(request, 'call-id') ?? '', toTag, addressOf(request, 'from')?.params.get('tag') ?? ''))
      if (session) session.receive(request, transaction)
      else transaction?.respond(responseTo(request, 481, null))
      return
    }
    if (!transaction) return // an ACK to nothing
    const answer = (status: number, headers: readonly Header[] = []): void => transaction.respond(responseTo(request, status, 'x', headers))
    const unknown = listOf(request, 'require').filter((option) => !KNOWN_OPTIONS.has(option.toLowerCase()))
    switch (request.method) {
      case 'CANCEL': {
        const invite = transactions.inviteOf(request)
        answer(invite ? 200 : 481)
        return invite ? callsByInvite.get(invite)?.cancelled(request) : undefined
      }
      case 'OPTIONS':
        return answer(200, [['allow', ALLOW], ['supported', SUPPORTED], ['accept', 'application/sdp'], ['contact', contactFor(from)]])
      case 'REGISTER':
        if (!starts.take(from.address)) return limited(from), answer(503, [['retry-after', '5']])
        if (unknown.length > 0) return answer(420, [['unsupported', unknown.join(', ')]])
        if (registrar.register(request, transaction, from) === 'refused') counts.authFailed++
        return
      case 'INVITE':
        if (unknown.length > 0) return answer(420, [['unsupported', unknown.join(', ')]])
        return invited(request, transaction, from, answer)
      case 'BYE': case 'PRACK': case 'UPDATE': case 'INFO':
        return answer(481)
      default:
        return answer(405, [['allow', ALLOW]])
    }
  }

  function invited(request: SipRequest, transaction: ServerTransaction, from: Peer, answer: (status: number, headers?: readonly Header[]) => void): void {
    const claimed = claimedUser(request)
    const user = claimed && find(claimed.realm, claimed.user)
    const trunk = user ? null : trunks.of(from)
    if (!(trunk ? trunkStarts.take(trunk.config.id) : starts.take(from.address))) return limited(from), answer(503, [['retry-after', '5']])
    let source: CallSource
    if (user) {
      const verdict = digest.verify(request, user.realm, true, (name) => find(user.realm, name)?.ha1 ?? null)
      if (!verdict.ok || verdict.user !== user.user) {
        if (!verdict.ok && verdict.why !== 'wrong') return answer(407, digest.challenge(user.realm, true, verdict.why === 'stale', user.ha1))
        counts.authFailed++
        return answer(403)
      }
      source = { kind: 'user', user }
    } else if (trunk) source = { kind: 'trunk', trunk }
    else {
      counts.unknownSource++
      options.onLog('call from an unknown address', { from: from.address })
      return answer(403)
    }
    const once = `${header(request, 'call-id') ?? ''}|${addressOf(request, 'from')?.params.get('tag') ?? ''}|${cseqOf(request)?.number ?? 0}`
    if (merged.has(once)) return answer(482)
    const call = createInboundCall(host, transaction, source.kind === 'user' ? from : null)
    if (!call) return answer(400)
    if (call.offer === 'unreadable') {
      counts.unreadableOffers++
      options.onLog('a body that is no description: 415', { from: from.address })
      return call.reject(415, [['accept', 'application/sdp']])
    }
    if (call.sessionTooSmall) return call.reject(422, [['min-se', String(host.sessionTimer.least)]])
    merged.add(once)
    callsByInvite.set(transaction, call)
    setTimeout(() => {
      merged.delete(once)
      callsByInvite.delete(transaction)
    }, Math.max(180_000, 64 * timers.t1)).unref()
    counts.callsIn++
    options.onCall(call, source)
  }

  function acknowledgeAgain(response: SipResponse): void {
    const session = sessions.get(dialogId(header(response, 'call-id') ?? '', addressOf(response, 'from')?.params.get('tag') ?? '', addressOf(response, 'to')?.params.get('tag') ?? ''))
    if (!session) return
    void host.peerOfDialog(session.dialog).then((peer) => peer && transactions.sendAlone(requestIn(session.dialog, 'ACK', [], undefined, cseqOf(response)?.number), peer))
  }

  return {
    trunks,
    registrar,
    localFor,
    contactFor,
    get listening(): Peer[] {
      return transport.listening
    },
    configure(lines: MediaLines): void {
      users.clear()
      for (const one of lines.users) users.set(`${one.user}@${one.realm.toLowerCase()}`, { tenant: one.tenant, user: one.user, realm: one.realm.toLowerCase(), ha1: { MD5: one.ha1.toLowerCase(), ...(one.ha1Sha256 ? { 'SHA-256': one.ha1Sha256.toLowerCase() } : {}) } })
      registrar.retain((user, realm) => users.has(`${user}@${realm}`))
      trunks.configure(lines.trunks)
    },
    userOf: (tenant: string, user: string): SipUser | null => [...users.values()].find((one) => one.tenant === tenant && one.user === user) ?? null,
    call(out: Outgoing, handlers: CallHandlers) {
      counts.callsOut++
      return createOutboundCall(host, out, handlers)
    },
    /** Takes a dialog of the journal up again; the caller re-offers at once. */
    resume(dialog: Dialog, handlers: CallHandlers): Session {
      const session = createSession(host, dialog, handlers)
      session.up()
      return session
    },
    figures: () => ({ ...counts, sessions: sessions.size, transactions: transactions.open, registrations: registrar.size }),
    async close(): Promise<void> {
      trunks.close()
      registrar.close()
      transactions.close()
      await transport.close()
    },
  }
}
