// One request of ours and the answers to it (RFC 3261 §17.1; several 2xx of INVITE as RFC 6026 §7.2).
import { header, type Header, type SipRequest, type SipResponse } from './message.ts'
import type { Timers } from './transactions.ts'
import type { Peer } from './transport.ts'

export type ClientHandlers = {
  /** Provisional answers, the final one, and for INVITE every repeat of a 2xx. */
  response: (response: SipResponse) => void
  /** No final answer in time, or the peer cannot be reached; told once, and never after a final answer. */
  failed: (why: 'timeout' | 'transport') => void
}

export type ClientTransaction = {
  readonly request: SipRequest
  readonly branch: string
  readonly peer: Peer
  start: () => void
  receive: (response: SipResponse) => void
  end: () => void
}

type Options = { request: SipRequest; branch: string; peer: Peer; timers: Timers; send: (request: SipRequest, to: Peer, failed: (error: Error) => void) => void; ended: () => void; handlers: ClientHandlers }

export function createClientTransaction({ request, branch, peer, timers, send, ended, handlers }: Options): ClientTransaction {
  const invite = request.method === 'INVITE'
  const reliable = peer.transport !== 'udp'
  let state: 'trying' | 'proceeding' | 'accepted' | 'completed' | 'ended' = 'trying'
  let repeat: NodeJS.Timeout | undefined
  let ending: NodeJS.Timeout | undefined

  function end(): void {
    if (state === 'ended') return
    state = 'ended'
    clearTimeout(repeat)
    clearTimeout(ending)
    ended()
  }

  function fail(why: 'timeout' | 'transport'): void {
    if (state !== 'trying' && state !== 'proceeding') return
    end()
    handlers.failed(why)
  }

  const transmit = (): void => send(request, peer, () => fail('transport'))

  /** Timers A and E. */
  function repeatIn(ms: number): void {
    repeat = setTimeout(() => {
      if (state !== 'trying' && (invite || state !== 'proceeding')) return
      transmit()
      repeatIn(invite ? ms * 2 : Math.min(state === 'proceeding' ? timers.t2 : ms * 2, timers.t2))
    }, ms)
  }

  function acknowledge(response: SipResponse): void {
    const copied = request.headers.filter(([name]) => ['via', 'from', 'call-id', 'route', 'max-forwards', 'authorization', 'proxy-authorization'].includes(name))
    const headers: Header[] = [...copied, ['to', header(response, 'to') ?? ''], ['cseq', (header(request, 'cseq') ?? '').replace('INVITE', 'ACK')]]
    send({ kind: 'request', method: 'ACK', uri: request.uri, headers, body: Buffer.alloc(0) }, peer, () => {})
  }

  return {
    request,
    branch,
    peer,
    start() {
      transmit()
      if (!reliable) repeatIn(timers.t1)
      ending = setTimeout(() => fail('timeout'), 64 * timers.t1) // B, F
    },
    receive(response) {
      if (state === 'ended') return
      if (response.status < 200) {
        if (state !== 'trying' && state !== 'proceeding') return
        if (invite) {
          clearTimeout(repeat)
          clearTimeout(ending) // a ringing INVITE is ended by its call, not by timer B
        }
        state = 'proceeding'
        return handlers.response(response)
      }
      if (invite && response.status < 300) {
        if (state === 'completed') return
        if (state !== 'accepted') {
          state = 'accepted'
          clearTimeout(repeat)
          clearTimeout(ending)
          ending = setTimeout(end, 64 * timers.t1) // M
        }
        return handlers.response(response)
      }
      if (invite) acknowledge(response)
      if (state === 'completed' || state === 'accepted') return
      state = 'completed'
      clearTimeout(repeat)
      clearTimeout(ending)
      ending = setTimeout(end, reliable ? 0 : invite ? 64 * timers.t1 : timers.t4) // D, K
      handlers.response(response)
    },
    end,
  }
}
