// The inside of a call, the same for both directions: requests in the dialog, new offers, session timers (RFC 4028), the end.
import { randomInt } from 'node:crypto'
import { ALLOW, SUPPORTED, demands, digitOfInfo, q850Of, sdpBody, sdpOf, type CallEnd, type CallHandlers, type CallHost } from './call-shapes.ts'
import { answerChallenge } from './digest.ts'
import { refreshTarget, requestIn, type Dialog } from './dialog.ts'
import { addressOf, cseqOf, header, headersOf, responseTo, type Header, type SipRequest, type SipResponse } from './message.ts'
import type { ServerTransaction } from './server-transaction.ts'

export type Session = ReturnType<typeof createSession>
export type Reoffered = { ok: true; sdp: string | null } | { ok: false; status: number }

/** `handlers` may be exchanged until the call is up; `prack` is the early part of an inbound call. */
export function createSession(host: CallHost, dialog: Dialog, handlers: CallHandlers) {
  let state: 'early' | 'up' | 'over' = 'early'
  /** An offer of ours that has no answer yet; a second one must wait (RFC 3311 §5.1). */
  let offering: 'local' | 'remote' | null = null
  let refresh: NodeJS.Timeout | undefined
  let interval: { seconds: number; byUs: boolean } | null = null
  let peerAllowsUpdate = false
  let repeating: { stop: () => void; seq: number; sdpOffered: boolean } | null = null
  let prack: (request: SipRequest, transaction: ServerTransaction) => boolean = () => false
  let byeInstead: ((end: CallEnd, reason: Header[]) => void) | null = null

  function over(end: CallEnd): void {
    if (state === 'over') return
    state = 'over'
    clearTimeout(refresh)
    repeating?.stop()
    host.removeSession(session)
    handlers.ended(end)
  }

  /** Sends in the dialog and waits for the final answer; answers one challenge. null: no answer in time. */
  async function ask(method: string, headers: readonly Header[] = [], body?: Buffer, tries = 0): Promise<SipResponse | null> {
    const peer = await host.peerOfDialog(dialog)
    if (!peer) return null
    const request = requestIn(dialog, method, method === 'BYE' ? headers : [['contact', host.contactFor(peer)], ...headers], body)
    const response = await new Promise<SipResponse | null>((resolve) => {
      host.transactions.request(request, peer, {
        response: (got) => {
          if (got.status < 200) return
          if (method === 'INVITE' && got.status < 300) host.transactions.sendAlone(requestIn(dialog, 'ACK', [], undefined, cseqOf(request)?.number), peer)
          resolve(got)
        },
        failed: () => resolve(null),
      })
    })
    if (response && (response.status === 401 || response.status === 407) && tries === 0 && host.credentials) {
      const answer = answerChallenge(response, request, host.credentials)
      if (answer) return ask(method, [...headers, answer], body, 1)
    }
    if (state === 'up' && method !== 'BYE' && method !== 'NOTIFY' && (response === null || response.status === 481 || response.status === 408)) lose(response?.status ?? 408)
    return response
  }

  /** The other side does not know the call any more, or is gone. */
  function lose(status: number): void {
    void sendBye([['reason', `SIP;cause=${status}`]])
    over({ by: 'network', status, reason: 'the other side is gone', cause: null })
  }

  const sendBye = (headers: readonly Header[]): Promise<SipResponse | null> => ask('BYE', headers)

  function timerFrom(message: SipRequest | SipResponse, weAreClient: boolean): void {
    const match = /^\s*(\d{1,9})\s*(?:;.*?refresher\s*=\s*(uac|uas))?/i.exec(header(message, 'session-expires') ?? '')
    if (!match) return
    const byClient = (match[2] ?? 'uac').toLowerCase() === 'uac'
    interval = { seconds: Math.max(Number(match[1]), host.sessionTimer.least), byUs: byClient === weAreClient }
    armTimer()
  }

  function armTimer(): void {
    clearTimeout(refresh)
    if (!interval || state === 'over') return
    const { seconds, byUs } = interval
    const ms = byUs ? seconds * 500 : (seconds - Math.min(32, seconds / 3)) * 1000
    refresh = setTimeout(() => void (byUs ? refreshNow() : expire()), Math.min(ms, 2 ** 31 - 1))
  }

  async function refreshNow(): Promise<void> {
    if (state !== 'up' || !interval) return
    const headers: Header[] = [['supported', SUPPORTED], ['session-expires', `${interval.seconds};refresher=uac`]]
    const response = peerAllowsUpdate ? await ask('UPDATE', headers) : await reofferSame()
    if (response && response.status < 300) timerFrom(response, true)
    armTimer()
  }

  async function reofferSame(): Promise<SipResponse | null> {
    const sdp = handlers.offer(null)
    if (sdp === null || offering !== null) return null
    return (await offerWith('INVITE', sdp)).response
  }

  function expire(): void {
    void sendBye([['reason', 'SIP;cause=408;text="session timer expired"']])
    over({ by: 'network', status: 408, reason: 'session timer expired', cause: null })
  }

  async function offerWith(method: 'INVITE' | 'UPDATE', sdp: string): Promise<{ response: SipResponse | null }> {
    offering = 'local'
    const body = sdpBody(sdp)
    const headers: Header[] = [['allow', ALLOW], ['supported', SUPPORTED], ...body.headers]
    if (interval) headers.push(['session-expires', `${interval.seconds};refresher=${interval.byUs ? 'uac' : 'uas'}`])
    const response = await ask(method, headers, body.body)
    offering = null
    if (response && response.status < 300) {
      refreshTarget(dialog, response)
      const answer = sdpOf(response)
      if (answer !== null && answer !== 'unreadable') handlers.answer?.(answer)
    }
    return { response }
  }

  /** Repeats our 2xx until its ACK (§13.3.1.4); without one the call is given up. */
  function repeatUntilAck(transaction: ServerTransaction, response: SipResponse, sdpOffered: boolean): void {
    repeating?.stop()
    let wait = host.timers.t1
    let timer: NodeJS.Timeout
    const again = (): void => {
      transaction.respond(response)
      wait = Math.min(wait * 2, host.timers.t2)
      timer = setTimeout(again, wait)
    }
    timer = setTimeout(again, wait)
    const giveUp = setTimeout(() => {
      stop()
      void sendBye([['reason', 'SIP;cause=408;text="no ACK"']])
      over({ by: 'network', status: 408, reason: 'no ACK', cause: null })
    }, 64 * host.timers.t1)
    const stop = (): void => {
      clearTimeout(timer)
      clearTimeout(giveUp)
      repeating = null
    }
    repeating = { stop, seq: cseqOf(transaction.request)?.number ?? 0, sdpOffered }
  }

  function acknowledged(ack: SipRequest): void {
    if (!repeating || cseqOf(ack)?.number !== repeating.seq) return
    const { sdpOffered } = repeating
    repeating.stop()
    const sdp = sdpOf(ack)
    const answer = sdp === 'unreadable' ? null : sdp
    if (offering === 'local' && sdpOffered) offering = null
    if (state === 'early') {
      state = 'up'
      armTimer()
      handlers.confirmed?.(answer)
    } else if (sdpOffered && answer !== null) handlers.answer?.(answer)
  }

  function timerHeaders(request: SipRequest): Header[] | { tooSmall: true } {
    const asked = /^\s*(\d{1,9})/.exec(header(request, 'session-expires') ?? '')
    if (!asked || !demands(request, 'supported', 'timer')) return []
    if (Number(asked[1]) < host.sessionTimer.least) return { tooSmall: true }
    const seconds = Math.min(Number(asked[1]), host.sessionTimer.interval)
    const refresher = /refresher\s*=\s*uas/i.test(header(request, 'session-expires') ?? '') ? 'uas' : 'uac'
    interval = { seconds, byUs: refresher === 'uas' }
    return [['session-expires', `${seconds};refresher=${refresher}`], ...(refresher === 'uac' ? [['require', 'timer'] as Header] : [])]
  }

  function receiveOffer(request: SipRequest, transaction: ServerTransaction): void {
    const invite = request.method === 'INVITE'
    if (offering === 'local' || repeating) return refuse(transaction, 491)
    if (offering === 'remote') return refuse(transaction, 500, [['retry-after', String(randomInt(1, 10))]])
    const timer = timerHeaders(request)
    if ('tooSmall' in timer) return refuse(transaction, 422, [['min-se', String(host.sessionTimer.least)]])
    const offer = sdpOf(request)
    if (offer === 'unreadable') return refuse(transaction, 415, [['accept', 'application/sdp']])
    const answer = offer === null && !invite ? null : handlers.offer(offer)
    if (answer === null && (offer !== null || invite)) return refuse(transaction, 488)
    refreshTarget(dialog, request)
    const body = answer === null ? { headers: [], body: undefined } : sdpBody(answer)
    const response = responseTo(request, 200, null, [['contact', host.contactFor(transaction.peer)], ['allow', ALLOW], ['supported', SUPPORTED], ...timer, ...body.headers], body.body)
    transaction.respond(response)
    if (invite) {
      if (offer === null) offering = 'local'
      repeatUntilAck(transaction, response, offer === null)
    }
    armTimer()
  }

  const refuse = (transaction: ServerTransaction, status: number, headers: readonly Header[] = []): void => transaction.respond(responseTo(transaction.request, status, null, headers))

  /** A registered telephone passes its call on; a line's wish, and one to replace another call, is declined. */
  function referred(request: SipRequest, transaction: ServerTransaction): void {
    const to = addressOf(request, 'refer-to')?.uri.user
    if (!handlers.refer || state !== 'up' || /replaces=/i.test(header(request, 'refer-to') ?? '')) return refuse(transaction, 603)
    if (!to) return refuse(transaction, 400)
    refuse(transaction, 202, [['contact', host.contactFor(transaction.peer)]])
    // How it goes on is told by what happens to the call: the subscription ends with its first notice (RFC 3515 §2.4.5).
    void ask('NOTIFY', [['event', 'refer'], ['subscription-state', 'terminated;reason=noresource'], ['content-type', 'message/sipfrag;version=2.0']], Buffer.from('SIP/2.0 100 Trying\r\n'))
    handlers.refer(to)
  }

  const session = {
    dialog,
    get state() {
      return state
    },
    /** A request of the other side in this dialog. */
    receive(request: SipRequest, transaction: ServerTransaction | null): void {
      if (request.method === 'ACK') return acknowledged(request)
      if (!transaction) return
      const seq = cseqOf(request)?.number ?? 0
      if (dialog.remoteSeq !== null && seq <= dialog.remoteSeq) return refuse(transaction, 500)
      dialog.remoteSeq = seq
      peerAllowsUpdate ||= headersOf(request, 'allow').some((value) => /\bUPDATE\b/.test(value))
      if (state === 'over') return refuse(transaction, 481)
      switch (request.method) {
        case 'BYE': {
          refuse(transaction, 200)
          const end: CallEnd = { by: 'remote', status: 200, reason: 'BYE', cause: q850Of(request) }
          if (byeInstead) byeInstead(end, [])
          return over(end)
        }
        case 'INVITE':
          return state === 'early' && !repeating ? refuse(transaction, 491) : receiveOffer(request, transaction)
        case 'UPDATE':
          return receiveOffer(request, transaction)
        case 'PRACK':
          return prack(request, transaction) ? undefined : refuse(transaction, 481)
        case 'INFO': {
          const digit = digitOfInfo(request)
          refuse(transaction, digit === null && request.body.length > 0 ? 415 : 200)
          if (digit !== null) handlers.digit?.(digit)
          return
        }
        case 'OPTIONS':
          return refuse(transaction, 200, [['allow', ALLOW], ['supported', SUPPORTED], ['accept', 'application/sdp']])
        case 'REFER':
          return referred(request, transaction)
        default:
          return refuse(transaction, 405, [['allow', ALLOW]])
      }
    },
    /** Offers anew inside the call; waits out a glare (RFC 3261 §14.1). */
    async reoffer(sdp: string): Promise<Reoffered> {
      for (let tries = 0; tries < 4 && state === 'up'; tries++) {
        if (offering === null && !repeating) {
          const { response } = await offerWith('INVITE', sdp)
          if (!response) return { ok: false, status: 408 }
          const answer = sdpOf(response)
          if (response.status < 300) return { ok: true, sdp: answer === 'unreadable' ? null : answer }
          if (response.status !== 491) return { ok: false, status: response.status }
        }
        await new Promise((resolve) => setTimeout(resolve, randomInt(10, 400) * 10 * Math.min(1, host.timers.t1 / 500)))
      }
      return { ok: false, status: state === 'up' ? 491 : 481 }
    },
    /** Ends a call that is up. */
    bye(reason: readonly Header[] = []): void {
      if (state === 'over') return
      void sendBye(reason)
      over({ by: 'local', status: 200, reason: 'BYE', cause: null })
    },
    /** Sends INFO with a digit, for telephones without telephone-event. */
    sendDigit: (digit: string): Promise<SipResponse | null> => ask('INFO', [['content-type', 'application/dtmf-relay']], Buffer.from(`Signal=${digit}\r\nDuration=160\r\n`)),
    ask,
    over,
    timerFrom,
    timerHeaders,
    repeatUntilAck,
    /** The call is up without an ACK to wait for (outbound), or again (after a restart). */
    up(): void {
      if (state === 'early') state = 'up'
      armTimer()
    },
    set peerUpdates(allows: boolean) {
      peerAllowsUpdate ||= allows
    },
    set onPrack(handler: (request: SipRequest, transaction: ServerTransaction) => boolean) {
      prack = handler
    },
    /** Told before a BYE in the early state ends the session: the INVITE wants its 487. */
    set onEarlyBye(handler: (end: CallEnd, reason: Header[]) => void) {
      byeInstead = handler
    },
  }
  host.addSession(session)
  return session
}
