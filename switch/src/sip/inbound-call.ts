// A call that comes in: ringing, early media, reliable provisional answers (RFC 3262), the answer, refusal, and the caller's CANCEL.
import { ALLOW, SUPPORTED, demands, q850Of, sdpBody, sdpOf, type CallHandlers, type CallHost } from './call-shapes.ts'
import { dialogOfServer, newTag } from './dialog.ts'
import { cseqOf, header, reasonOf, responseTo, type Header, type SipRequest, type SipResponse } from './message.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { createSession } from './session.ts'
import type { Peer } from './transport.ts'

export type InboundCall = NonNullable<ReturnType<typeof createInboundCall>>

/** null where the INVITE has no usable Contact. `via`: speak to this address instead of following the Contact. */
export function createInboundCall(host: CallHost, transaction: ServerTransaction, via: Peer | null) {
  const { request } = transaction
  const dialog = dialogOfServer(request, newTag(), via)
  if (!dialog) return null
  let handlers: CallHandlers = { offer: () => null, ended: () => {} }
  const session = createSession(host, dialog, { offer: (sdp) => handlers.offer(sdp), answer: (sdp) => handlers.answer?.(sdp), digit: (digit) => handlers.digit?.(digit), confirmed: (sdp) => handlers.confirmed?.(sdp), ended: (end) => handlers.ended(end) })
  const timer = session.timerHeaders(request)
  const contact: Header = ['contact', host.contactFor(transaction.peer)]
  const offer = sdpOf(request)
  let reliable: { rseq: number; response: SipResponse; stop: () => void } | null = null
  let rseq = Math.floor(Math.random() * 10_000) + 1
  let waiting: (() => void) | null = null
  /** An answer in a reliable provisional answer is the answer; the 200 repeats nothing then. */
  let answeredEarly = false

  function answer(status: number, sdp: string | null, headers: readonly Header[]): SipResponse {
    const body = sdp === null ? { headers: [], body: undefined } : sdpBody(sdp)
    return responseTo(request, status, dialog?.localTag ?? null, [contact, ['allow', ALLOW], ['supported', SUPPORTED], ...headers, ...body.headers], body.body)
  }

  function sendReliably(status: number, sdp: string | null): void {
    const response = answer(status, sdp, [['require', '100rel'], ['rseq', String(++rseq)]])
    let wait = host.timers.t1
    let repeat = setTimeout(again, wait)
    function again(): void {
      transaction.respond(response)
      repeat = setTimeout(again, (wait *= 2))
    }
    const giveUp = setTimeout(() => {
      reliable?.stop()
      reject(504)
    }, 64 * host.timers.t1)
    reliable = {
      rseq, response,
      stop() {
        clearTimeout(repeat)
        clearTimeout(giveUp)
        reliable = null
      },
    }
    transaction.respond(response)
  }

  session.onPrack = (prack, prackTransaction) => {
    const [ackedRseq, ackedSeq] = (header(prack, 'rack') ?? '').split(/\s+/).map(Number)
    if (!reliable || ackedRseq !== reliable.rseq || ackedSeq !== cseqOf(request)?.number) return false
    reliable.stop()
    const reOffer = sdpOf(prack)
    const sdp = reOffer !== null && reOffer !== 'unreadable' ? handlers.offer(reOffer) : null
    const body = sdp === null ? { headers: [], body: undefined } : sdpBody(sdp)
    prackTransaction.respond(responseTo(prack, 200, null, body.headers, body.body))
    waiting?.()
    return true
  }
  session.onEarlyBye = () => {
    if (!transaction.answered) transaction.respond(answer(487, null, []))
    reliable?.stop()
  }

  function reject(status: number, headers: readonly Header[] = []): void {
    if (transaction.answered || session.state === 'over') return
    reliable?.stop()
    transaction.respond(responseTo(request, status, dialog?.localTag ?? null, headers))
    session.over({ by: 'local', status, reason: reasonOf(status), cause: null })
  }

  function accept(sdp: string): void {
    if (transaction.answered || session.state !== 'early') return
    if (reliable) {
      waiting = () => accept(sdp) // §5 of RFC 3262: the 200 waits for the PRACK of an answer
      return
    }
    const response = answer(200, answeredEarly ? null : sdp, 'tooSmall' in timer ? [] : timer)
    transaction.respond(response)
    session.repeatUntilAck(transaction, response, offer === null)
  }

  return {
    session,
    dialog,
    request,
    from: transaction.peer,
    /** null: the caller expects our offer; 'unreadable': refuse with 415. */
    offer,
    sessionTooSmall: 'tooSmall' in timer,
    set handlers(given: CallHandlers) {
      handlers = given
    },
    /** 180 or 183; reliably where the caller demands it, or offers it and there is early sound. */
    provisional(status: 180 | 181 | 183, sdp: string | null = null): void {
      if (transaction.answered || session.state !== 'early') return
      const wanted = demands(request, 'require', '100rel') || (sdp !== null && demands(request, 'supported', '100rel'))
      if (wanted && !reliable) {
        if (sdp !== null && offer !== null) answeredEarly = true
        return sendReliably(status, sdp)
      }
      transaction.respond(answer(status, sdp, []))
    },
    accept,
    reject,
    cancelled(cancel: SipRequest): void {
      if (transaction.answered) return
      reliable?.stop()
      transaction.respond(answer(487, null, []))
      session.over({ by: 'remote', status: 487, reason: 'CANCEL', cause: q850Of(cancel) })
    },
    /** Ends the call in whatever state it is. */
    hangUp(status = 480, reason: readonly Header[] = []): void {
      if (transaction.answered) session.bye(reason)
      else reject(status)
    },
  }
}
