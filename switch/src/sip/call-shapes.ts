// What calls of both directions share: their handlers, how they end, and the host that carries them.
import { header, headersOf, type Header, type SipMessage, type SipRequest } from './message.ts'
import type { Credentials } from './digest.ts'
import type { Dialog } from './dialog.ts'
import type { SipUri } from './grammar.ts'
import type { Session } from './session.ts'
import type { Timers, Transactions } from './transactions.ts'
import type { Peer } from './transport.ts'

/** `status`: of the final answer that ended it, 200 for a BYE. `cause`: Q.850, where a Reason header told one. */
export type CallEnd = { by: 'local' | 'remote' | 'network'; status: number; reason: string; cause: number | null }

export type CallHandlers = {
  /** Outbound: ringing or early media. */
  progress?: (status: number, sdp: string | null) => void
  /** Outbound: the other side answered. `sdp` is its answer (or its offer, where ours was empty). */
  answered?: (sdp: string | null) => void
  /** Inbound: our answer has been acknowledged. `sdp`: the answer to an offer that we made in the 200. */
  confirmed?: (sdp: string | null) => void
  /** A new offer inside the call; null asks for one of ours. The answer, or null to refuse with 488. */
  offer: (sdp: string | null) => string | null
  /** The answer to an offer that we gave to an empty re-INVITE. */
  answer?: (sdp: string) => void
  /** A digit by INFO. */
  digit?: (digit: string) => void
  /** The other side asks to be passed on to a number (REFER); declined without this. */
  refer?: (to: string) => void
  /** Once, and the last that is heard of the call. */
  ended: (end: CallEnd) => void
}

export type CallHost = {
  transactions: Transactions
  timers: Timers
  /** Session timer in seconds (RFC 4028): what we ask for, and the least we take. */
  sessionTimer: { interval: number; least: number }
  contactFor: (peer: Peer) => string
  /** Where a URI is reached; null where its name has no address. */
  peerOf: (uri: SipUri) => Promise<Peer | null>
  peerOfDialog: (dialog: Dialog) => Promise<Peer | null>
  addSession: (session: Session) => void
  removeSession: (session: Session) => void
  credentials?: Credentials
}

export const ALLOW = 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, REFER, REGISTER'
export const SUPPORTED = '100rel, timer'

/** The session description of a message: null without one, 'unreadable' for other contents. */
export function sdpOf(message: SipMessage): string | null | 'unreadable' {
  if (message.body.length === 0) return null
  const type = (header(message, 'content-type') ?? '').toLowerCase()
  const text = message.body.toString('utf8')
  if (/^application\/sdp\b/.test(type)) return text
  if (!type.startsWith('multipart/')) return 'unreadable'
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(header(message, 'content-type') ?? '')
  const mark = boundary?.[1] ?? boundary?.[2]
  for (const part of mark ? text.split(`--${mark}`) : []) {
    const at = part.search(/\r?\n\r?\n/)
    if (at >= 0 && /content-type\s*:\s*application\/sdp\b/i.test(part.slice(0, at))) return part.slice(at).replace(/^\r?\n\r?\n/, '')
  }
  return 'unreadable'
}

export const sdpBody = (sdp: string): { headers: Header[]; body: Buffer } => ({ headers: [['content-type', 'application/sdp']], body: Buffer.from(sdp) })

/** `Reason: Q.850;cause=16` */
export function q850Of(message: SipMessage): number | null {
  for (const value of headersOf(message, 'reason')) {
    const match = /q\.850\s*;.*cause\s*=\s*(\d{1,3})/i.exec(value)
    if (match) return Number(match[1])
  }
  return null
}

export const demands = (request: SipMessage, name: 'require' | 'supported', option: string): boolean => headersOf(request, name).some((value) => value.split(',').some((one) => one.trim().toLowerCase() === option))

/** A keypad digit out of an INFO body (application/dtmf-relay or application/dtmf); null where it is something else. */
export function digitOfInfo(request: SipRequest): string | null {
  const type = (header(request, 'content-type') ?? '').toLowerCase()
  const text = request.body.toString('latin1', 0, 200)
  if (type.startsWith('application/dtmf-relay')) return /signal\s*=\s*([0-9A-Da-d*#])/i.exec(text)?.[1]?.toUpperCase() ?? null
  if (type.startsWith('application/dtmf')) return /^\s*([0-9A-Da-d*#])/.exec(text)?.[1]?.toUpperCase() ?? null
  return null
}
