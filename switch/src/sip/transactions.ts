// Transactions of RFC 3261 §17 with the corrections of RFC 6026: retransmission, absorption of repeats, and the matching of answers. Knows nothing of calls.
import { randomBytes } from 'node:crypto'
import { createClientTransaction, type ClientHandlers, type ClientTransaction } from './client-transaction.ts'
import { addressOf, cseqOf, formatVia, header, headersOf, topVia, withHeader, type SipRequest, type SipResponse, type Via } from './message.ts'
import { splitOutside } from './grammar.ts'
import { createServerTransaction, type ServerTransaction } from './server-transaction.ts'
import type { Peer } from './transport.ts'

/** Milliseconds: RFC 3261's T1, T2 and T4. Tests shrink them. */
export type Timers = { t1: number; t2: number; t4: number }
export const DEFAULT_TIMERS: Timers = { t1: 500, t2: 4000, t4: 5000 }

export type TransactionHost = {
  timers: Timers
  send: (message: SipRequest | SipResponse, to: Peer, failed: (error: Error) => void) => void
  /** Host and port to name in a Via towards this peer. */
  localFor: (peer: Peer) => Peer
  /** A new request; an ACK to a 2xx comes without a transaction. */
  onRequest: (request: SipRequest, transaction: ServerTransaction | null, from: Peer) => void
  /** A 2xx to an INVITE whose transaction is over: the core has to acknowledge it again. */
  onStrayResponse: (response: SipResponse, from: Peer) => void
}

export type Transactions = ReturnType<typeof createTransactions>

const COOKIE = 'z9hG4bK'

export function createTransactions(host: TransactionHost) {
  const servers = new Map<string, ServerTransaction>()
  const clients = new Map<string, ClientTransaction>()

  /** §17.2.3, with the older matching for branches that lack the cookie. */
  function serverKey(request: SipRequest, method: string): string {
    const via = topVia(request)
    const branch = via?.params.get('branch') ?? ''
    if (branch.startsWith(COOKIE)) return `${branch}|${via?.host ?? ''}:${via?.port ?? ''}|${method}`
    return `old|${header(request, 'call-id') ?? ''}|${cseqOf(request)?.number ?? ''}|${addressOf(request, 'from')?.params.get('tag') ?? ''}|${header(request, 'via') ?? ''}|${method}`
  }

  return {
    receiveRequest(received: SipRequest, from: Peer): void {
      const request = stampVia(received, from)
      const key = serverKey(request, request.method === 'ACK' ? 'INVITE' : request.method)
      const known = servers.get(key)
      if (known) return known.receive(request)
      if (request.method === 'ACK') return host.onRequest(request, null, from)
      const transaction = createServerTransaction({ request, peer: answerPeer(request, from), timers: host.timers, send: host.send, ended: () => servers.delete(key) })
      servers.set(key, transaction)
      host.onRequest(request, transaction, from)
    },

    receiveResponse(response: SipResponse, from: Peer): void {
      const client = clients.get(`${topVia(response)?.params.get('branch') ?? ''}|${cseqOf(response)?.method ?? ''}`)
      if (client) client.receive(response)
      else if (response.status >= 200 && response.status < 300 && cseqOf(response)?.method === 'INVITE') host.onStrayResponse(response, from)
    },

    /** The INVITE that a CANCEL means, if it still lives here (§9.2). */
    inviteOf(cancel: SipRequest): ServerTransaction | null {
      return servers.get(serverKey(cancel, 'INVITE')) ?? null
    },

    /** Sends a request in a transaction of its own and tells the answers. The Via is put on here. */
    request(request: SipRequest, to: Peer, handlers: ClientHandlers, branch = `${COOKIE}${randomBytes(9).toString('hex')}`): ClientTransaction {
      const key = `${branch}|${request.method}`
      const sent = withVia(request, to, branch)
      const transaction = createClientTransaction({ request: sent, branch, peer: to, timers: host.timers, send: host.send, ended: () => clients.delete(key), handlers })
      clients.set(key, transaction)
      transaction.start()
      return transaction
    },

    /** Sends without a transaction: the ACK to a 2xx. */
    sendAlone(request: SipRequest, to: Peer): void {
      host.send(withVia(request, to, `${COOKIE}${randomBytes(9).toString('hex')}`), to, () => {})
    },

    get open(): number {
      return servers.size + clients.size
    },

    close(): void {
      for (const one of [...servers.values(), ...clients.values()]) one.end()
    },
  }

  function withVia(request: SipRequest, to: Peer, branch: string): SipRequest {
    const local = host.localFor(to)
    const via: Via = { transport: to.transport, host: local.address, port: local.port, params: new Map([['branch', branch], ['rport', null]]) }
    return { ...request, headers: [['via', formatVia(via)], ...request.headers.filter(([name]) => name !== 'via')] }
  }
}

/** Notes in the top Via where the request really came from (§18.2.1, RFC 3581 §4). */
function stampVia(request: SipRequest, from: Peer): SipRequest {
  const via = topVia(request)
  if (!via || (via.host === from.address && !via.params.has('rport'))) return request
  const params = new Map(via.params).set('received', from.address)
  if (params.has('rport')) params.set('rport', String(from.port))
  const [first = '', ...others] = headersOf(request, 'via')
  const rest = splitOutside(first, ',').slice(1)
  const stamped = withHeader(request, 'via', [formatVia({ ...via, params }), ...rest].join(','))
  const at = stamped.headers.findIndex(([name]) => name === 'via')
  return { ...stamped, headers: [...stamped.headers.slice(0, at + 1), ...others.map((value): [string, string] => ['via', value]), ...stamped.headers.slice(at + 1)] }
}

/** Where answers go (§18.2.2): streams back as they came, UDP to the source address at the source port (rport) or at the Via's. */
function answerPeer(request: SipRequest, from: Peer): Peer {
  const via = topVia(request)
  if (from.transport !== 'udp' || !via || via.params.has('rport')) return from
  return { ...from, port: via.port ?? 5060 }
}
