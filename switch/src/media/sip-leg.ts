// One leg over SIP: its call, its session description and its socket in the worker, kept in step.
import type { LegCause, LegId, MediaHappening } from '../media-port.ts'
import type { CallEnd, CallHandlers } from '../sip/call-shapes.ts'
import type { Dialog } from '../sip/dialog.ts'
import { agree, answerSdp, offerSdp, parseSdp, type Agreed, type Codec, type LocalEnd, type RemoteDescription } from '../sip/sdp.ts'
import type { Session } from '../sip/session.ts'
import { newMasterKey } from '../rtp/srtp.ts'
import type { ToWorker } from './worker-messages.ts'

/** What a restart needs; told as text, opaque to control. */
export type StoredDialog = { v: 1; dialog: Dialog; codecs: Codec[]; latch: boolean; trunk: string | null; session: number; version: number; /** its sound is encrypted; new keys are made, none is kept */ srtp?: boolean }

export type SipLeg = ReturnType<typeof createSipLeg>

export type SipLegOptions = {
  id: LegId
  port: number
  address: string
  codecs: Codec[]
  /** Sound may come from where it first comes (registered telephones). */
  latch: boolean
  trunk: string | null
  post: (message: ToWorker) => void
  tell: (happening: MediaHappening) => void
  /** The leg is over: told to control, and its socket closed. */
  over: (cause: LegCause, end: CallEnd) => void
}

export function createSipLeg(options: SipLegOptions) {
  const { id, post, tell } = options
  const end: LocalEnd = { address: options.address, port: options.port, session: Math.floor(performance.timeOrigin + performance.now()), version: 1, key: null }
  let agreed: Agreed | null = null
  let [answered, farHeld] = [false, false]
  let lastAnswer = ''
  let giveUpAs: LegCause | null = null

  function use(next: Agreed): void {
    const held = next.direction === 'recvonly' || next.direction === 'inactive'
    const same = agreed !== null && JSON.stringify(agreed) === JSON.stringify(next)
    agreed = next
    if (!same) post({ kind: 'agree', leg: id, agreed: next, latch: options.latch })
    if (held !== farHeld && answered) tell({ kind: 'farHold', leg: id, held })
    farHeld = held
  }

  /** Answers an offer: our description, or null where nothing fits. */
  function answer(offer: string): string | null {
    const remote: RemoteDescription | null = parseSdp(offer)
    const next = agree(remote, options.codecs, end.key)
    if (!remote || !next) return null
    use(next)
    const text = answerSdp(end, remote, next)
    // The version rises only when something is new (RFC 3264 §8).
    if (lastAnswer !== '' && text !== lastAnswer) {
      end.version++
      return (lastAnswer = answerSdp(end, remote, next))
    }
    return (lastAnswer = text)
  }

  /** Takes the other side's answer to our offer; false where it agrees on nothing. */
  function take(sdp: string): boolean {
    const next = agree(parseSdp(sdp), options.codecs, end.key)
    if (next) use(next)
    return next !== null
  }

  const leg = {
    id,
    session: null as Session | null,
    hangUpCall: null as ((cause: LegCause) => void) | null,
    answer,
    take,
    get offer(): string {
      return offerSdp(end, options.codecs)
    },
    get codec(): Codec | null {
      return agreed?.codec ?? null
    },
    get answered() {
      return answered
    },
    get trunk() {
      return options.trunk
    },
    set trunk(trunk: string | null) {
      options.trunk = trunk
    },
    /** Its sound is encrypted from the first packet, or not at all. Before the first offer or answer. */
    secure(on: boolean): void {
      end.key = on ? newMasterKey() : null
    },
    restart(from: StoredDialog): void {
      end.session = from.session
      end.version = from.version + 1
      leg.secure(from.srtp === true)
    },
    /** The call is up: from now on missing sound counts, and a restart can take it up again. */
    up(session: Session): void {
      answered = true
      leg.session = session
      post({ kind: 'live', leg: id })
      leg.tellDialog()
    },
    tellDialog(): void {
      if (!leg.session) return
      const stored: StoredDialog = { v: 1, dialog: leg.session.dialog, codecs: options.codecs, latch: options.latch, trunk: options.trunk, session: end.session, version: end.version, srtp: end.key !== null }
      tell({ kind: 'dialog', leg: id, dialog: JSON.stringify(stored) })
    },
    /** Handlers of the call that are the same in both directions. */
    handlers(more: Partial<CallHandlers> = {}): CallHandlers {
      return {
        offer: (sdp) => {
          const text = sdp === null ? leg.offer : answer(sdp)
          if (text !== null) queueMicrotask(() => leg.tellDialog())
          return text
        },
        answer: (sdp) => void take(sdp),
        digit: (digit) => post({ kind: 'infoDigit', leg: id, digit }),
        ...(options.latch ? { refer: (to: string) => tell({ kind: 'refer', leg: id, to }) } : {}),
        ended: (ended) => options.over(giveUpAs ?? (answered ? (ended.by === 'network' ? 'mediaLost' : 'normal') : ended.status === 487 ? 'cancelled' : 'refused'), ended),
        ...more,
      }
    },
    hangUp(cause: LegCause): void {
      giveUpAs ??= cause
      if (leg.hangUpCall) leg.hangUpCall(cause)
      else options.over(cause, { by: 'local', status: 0, reason: '', cause: null })
    },
    get givenUpAs() {
      return giveUpAs
    },
  }
  return leg
}

export function readStoredDialog(text: string): StoredDialog | null {
  try {
    const stored = JSON.parse(text) as StoredDialog
    return stored.v === 1 && typeof stored.dialog?.callId === 'string' && typeof stored.dialog.target === 'string' ? stored : null
  } catch {
    return null
  }
}
