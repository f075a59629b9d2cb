// SIP statuses and Q.850 causes as causes of legs, and back.
import type { LegCause } from '../media-port.ts'
import type { CallEnd } from '../sip/call-shapes.ts'

/** Why an outgoing leg did not come about. */
export function causeOfStatus(status: number): LegCause {
  if (status === 486 || status === 600) return 'busy'
  if (status === 480 || status === 408 || status === 504) return 'noAnswer'
  if (status === 404 || status === 410 || status === 484 || status === 485 || status === 604) return 'invalidNumber'
  if (status === 487) return 'cancelled'
  if (status >= 500 && status < 600) return 'trunkFailure'
  return 'refused'
}

/** After such an end of an attempt the next line is tried: the line failed, not the called person. */
export const triesNext = (end: CallEnd): boolean => end.by === 'network' || (end.by === 'remote' && (end.status === 408 || (end.status >= 500 && end.status < 600)))

/** The status that refuses a leg which control gives up before answering. */
export function statusOfCause(cause: LegCause): number {
  const statuses: Readonly<Record<LegCause, number>> = { normal: 480, cancelled: 480, noAnswer: 480, busy: 486, refused: 603, invalidNumber: 404, trunkFailure: 503, engineFailure: 503, mediaLost: 480, forced: 480 }
  return statuses[cause]
}

export const q850OfCause = (cause: LegCause): number => (cause === 'busy' ? 17 : cause === 'noAnswer' ? 19 : cause === 'refused' ? 21 : cause === 'engineFailure' || cause === 'mediaLost' ? 41 : 16)
