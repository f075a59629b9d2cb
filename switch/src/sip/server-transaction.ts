// One request from outside and our answers to it (RFC 3261 §17.2; 2xx of INVITE as RFC 6026 §7.1: the transaction only absorbs repeats, the call repeats the answer).
import { cseqOf, responseTo, type SipRequest, type SipResponse } from './message.ts'
import type { Timers } from './transactions.ts'
import type { Peer } from './transport.ts'

export type ServerTransaction = {
  readonly request: SipRequest
  readonly peer: Peer
  /** A final answer has been given. */
  readonly answered: boolean
  respond: (response: SipResponse) => void
  receive: (request: SipRequest) => void
  /** Called when a negative final answer to INVITE was never acknowledged, or the answer could not be sent. */
  onFailed: (told: () => void) => void
  end: () => void
}

type Options = { request: SipRequest; peer: Peer; timers: Timers; send: (response: SipResponse, to: Peer, failed: (error: Error) => void) => void; ended: () => void }

export function createServerTransaction({ request, peer, timers, send, ended }: Options): ServerTransaction {
  const invite = request.method === 'INVITE'
  const reliable = peer.transport !== 'udp'
  let state: 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'ended' = 'proceeding'
  let last: SipResponse | null = null
  let failed: () => void = () => {}
  let repeat: NodeJS.Timeout | undefined
  let ending: NodeJS.Timeout | undefined

  const transmit = (response: SipResponse): void => send(response, peer, () => failed())

  function endIn(ms: number, then: () => void = () => {}): void {
    clearTimeout(ending)
    ending = setTimeout(() => {
      end()
      then()
    }, ms)
  }

  function end(): void {
    if (state === 'ended') return
    state = 'ended'
    clearTimeout(repeat)
    clearTimeout(ending)
    ended()
  }

  /** Timer G. */
  function repeatIn(ms: number): void {
    repeat = setTimeout(() => {
      if (state !== 'completed' || !last) return
      transmit(last)
      repeatIn(Math.min(ms * 2, timers.t2))
    }, ms)
  }

  if (invite) transmit((last = responseTo(request, 100, null)))

  return {
    request,
    peer,
    get answered() {
      return state !== 'proceeding'
    },
    respond(response) {
      if (state === 'ended' || state === 'confirmed') return
      if (state === 'accepted') return transmit(response) // a repeated 2xx of the call
      if (state === 'completed') return
      last = response
      transmit(response)
      if (response.status < 200) return
      if (!invite) {
        state = 'completed'
        endIn(reliable ? 0 : 64 * timers.t1) // J
      } else if (response.status < 300) {
        state = 'accepted'
        endIn(64 * timers.t1) // L
      } else {
        state = 'completed'
        if (!reliable) repeatIn(timers.t1)
        endIn(64 * timers.t1, failed) // H
      }
    },
    receive(again) {
      if (again.method === 'ACK') {
        if (state !== 'completed' || cseqOf(again)?.number !== cseqOf(request)?.number) return
        state = 'confirmed'
        clearTimeout(repeat)
        endIn(reliable ? 0 : timers.t4) // I
      } else if ((state === 'proceeding' || state === 'completed') && last) transmit(last)
    },
    onFailed(told) {
      failed = told
    },
    end,
  }
}
