// A call that goes out: the INVITE with its challenge, ringing and early media, forks, CANCEL (RFC 3261 §13.2, §9; RFC 3262 as client).
import { ALLOW, SUPPORTED, demands, q850Of, sdpBody, sdpOf, type CallEnd, type CallHandlers, type CallHost } from './call-shapes.ts'
import type { ClientTransaction } from './client-transaction.ts'
import { answerChallenge, type Credentials } from './digest.ts'
import { dialogOfClient, newCallId, newTag, requestIn, type Dialog } from './dialog.ts'
import { addressOf, cseqOf, header, headersOf, type Header, type SipRequest, type SipResponse } from './message.ts'
import { createSession, type Session } from './session.ts'
import type { Peer } from './transport.ts'

export type Outgoing = {
  /** Request address. */
  uri: string
  /** First hop. */
  peer: Peer
  /** From and To as address texts, without tags. */
  from: string
  to: string
  sdp: string
  headers?: readonly Header[]
  credentials?: Credentials
  /** Speak to `peer` in the dialog too, instead of following the Contact. */
  symmetric?: boolean
  /** Given up after so many milliseconds without an answer. */
  ringMs: number
}

export type OutboundCall = ReturnType<typeof createOutboundCall>

export function createOutboundCall(host: CallHost, out: Outgoing, handlers: CallHandlers) {
  const callHost: CallHost = out.credentials ? { ...host, credentials: out.credentials } : host
  const [callId, localTag] = [newCallId(), newTag()]
  const via = out.symmetric ? out.peer : null
  const early = new Map<string, Session>()
  const lastRseq = new Map<string, number>()
  let session: Session | null = null
  let client: ClientTransaction | null = null
  let [cancelled, rang, over] = [false, false, false]
  let endAs: CallEnd | null = null
  let interval = host.sessionTimer.interval
  let seq = Math.floor(Math.random() * 10_000) + 1
  const patience = setTimeout(() => cancel({ by: 'local', status: 408, reason: 'no answer', cause: null }), out.ringMs)

  function finish(end: CallEnd): void {
    if (over) return
    over = true
    clearTimeout(patience)
    for (const one of early.values()) if (one !== session) callHost.removeSession(one)
    handlers.ended(end)
  }

  function invite(extra: readonly Header[] = []): void {
    const body = sdpBody(out.sdp)
    const request: SipRequest = {
      kind: 'request', method: 'INVITE', uri: out.uri, body: body.body,
      headers: [
        ['max-forwards', '70'], ['from', `${out.from};tag=${localTag}`], ['to', out.to], ['call-id', callId], ['cseq', `${++seq} INVITE`], ['contact', host.contactFor(out.peer)], ['allow', ALLOW], ['supported', SUPPORTED],
        ['session-expires', String(interval)], ['min-se', String(host.sessionTimer.least)], ...(out.headers ?? []), ...extra, ...body.headers,
      ],
    }
    client = host.transactions.request(request, out.peer, {
      response: (response) => receive(request, response, extra.length > 0),
      failed: (why) => finish(endAs ?? { by: 'network', status: why === 'timeout' ? 408 : 503, reason: why, cause: null }),
    })
  }

  function receive(request: SipRequest, response: SipResponse, authenticated: boolean): void {
    if (response.status < 200) return provisional(request, response)
    if (response.status < 300) return answered(request, response)
    if (over || session) return
    if ((response.status === 401 || response.status === 407) && !authenticated && out.credentials && !cancelled) {
      const answer = answerChallenge(response, request, out.credentials)
      if (answer) return invite([answer])
    }
    const least = Number(header(response, 'min-se'))
    if (response.status === 422 && least > interval && least <= 86_400 && !cancelled) {
      interval = least
      return invite()
    }
    finish(endAs ?? { by: 'remote', status: response.status, reason: response.reason, cause: q850Of(response) })
  }

  function sessionFor(request: SipRequest, response: SipResponse): Session | null {
    const tag = addressOf(response, 'to')?.params.get('tag')
    if (!tag) return null
    const known = early.get(tag)
    if (known) return known
    const dialog: Dialog = dialogOfClient(request, response, via)
    const made = createSession(callHost, dialog, { ...handlers, ended: (end) => (made === session || early.size <= 1 ? finish(end) : undefined) })
    early.set(tag, made)
    return made
  }

  function provisional(request: SipRequest, response: SipResponse): void {
    if (!rang) {
      rang = true
      if (cancelled) sendCancel()
    }
    if (response.status === 100 || cancelled || over) return
    const made = sessionFor(request, response)
    const rseq = Number(header(response, 'rseq'))
    if (made && rseq > 0 && demands(response, 'require', '100rel')) {
      const tag = made.dialog.remoteTag
      const last = lastRseq.get(tag)
      if (last !== undefined && rseq !== last + 1) return // a repeat, or one out of order (RFC 3262 §4)
      lastRseq.set(tag, rseq)
      void made.ask('PRACK', [['rack', `${rseq} ${header(request, 'cseq') ?? ''}`]])
    }
    const sdp = sdpOf(response)
    handlers.progress?.(response.status, sdp === 'unreadable' ? null : sdp)
  }

  function answered(request: SipRequest, response: SipResponse): void {
    const made = sessionFor(request, response)
    if (!made) return finish({ by: 'network', status: 500, reason: 'an answer without a tag', cause: null })
    // The Contact of the answer is the one that counts; early ones may have come from elsewhere.
    const fresh = dialogOfClient(request, response, via)
    made.dialog.target = fresh.target
    made.dialog.routes = fresh.routes
    void acknowledge(made.dialog, request)
    if (made === session) return // a repeated 200: its ACK was lost
    if (session || cancelled || over) {
      made.bye() // another fork answered too, or we had given up
      if (cancelled && !session) finish(endAs ?? { by: 'local', status: 487, reason: 'cancelled', cause: null })
      return
    }
    session = made
    clearTimeout(patience)
    for (const [tag, one] of early) {
      if (one !== made) callHost.removeSession(one)
      if (one !== made) early.delete(tag)
    }
    made.peerUpdates = headersOf(response, 'allow').some((value) => /\bUPDATE\b/.test(value))
    made.timerFrom(response, true)
    made.up()
    const sdp = sdpOf(response)
    handlers.answered?.(sdp === 'unreadable' ? null : sdp)
  }

  async function acknowledge(dialog: Dialog, request: SipRequest): Promise<void> {
    const peer = (await host.peerOfDialog(dialog)) ?? out.peer
    host.transactions.sendAlone(requestIn(dialog, 'ACK', [], undefined, cseqOf(request)?.number), peer)
  }

  function sendCancel(): void {
    if (!client) return
    const kept = client.request.headers.filter(([name]) => ['from', 'to', 'call-id', 'route', 'max-forwards'].includes(name))
    const cancel: SipRequest = { kind: 'request', method: 'CANCEL', uri: client.request.uri, body: Buffer.alloc(0), headers: [...kept, ['cseq', `${cseqOf(client.request)?.number ?? 0} CANCEL`]] }
    host.transactions.request(cancel, client.peer, { response: () => {}, failed: () => {} }, client.branch)
    // A side that answers the CANCEL and never the INVITE must not keep the call (§9.1).
    setTimeout(() => {
      client?.end()
      finish(endAs ?? { by: 'local', status: 487, reason: 'cancelled', cause: null })
    }, 64 * host.timers.t1).unref()
  }

  function cancel(end: CallEnd): void {
    if (over || session || cancelled) return
    cancelled = true
    endAs = end
    clearTimeout(patience)
    if (rang) sendCancel()
    // Whoever gave up does not wait for a side that never answers: what still comes is cancelled, or acknowledged and ended, above.
    queueMicrotask(() => finish(end))
  }

  invite()
  return {
    callId,
    get session() {
      return session
    },
    /** Ends the call in whatever state it is. */
    hangUp(reason: readonly Header[] = []): void {
      if (session) session.bye(reason)
      else cancel({ by: 'local', status: 487, reason: 'cancelled', cause: null })
    },
  }
}
