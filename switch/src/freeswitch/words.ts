// MediaPort's words as FreeSWITCH has them: causes, sounds, targets, dial strings. Pure.
import path from 'node:path'
import type { DialTarget, LegCause, MediaLines, MediaOrder, Sound } from '../media-port.ts'

const causes: Record<string, LegCause> = {
  NORMAL_CLEARING: 'normal', ORIGINATOR_CANCEL: 'cancelled', LOSE_RACE: 'cancelled', NO_ANSWER: 'noAnswer', NO_USER_RESPONSE: 'noAnswer', ALLOTTED_TIMEOUT: 'noAnswer', PROGRESS_TIMEOUT: 'noAnswer', USER_BUSY: 'busy', CALL_REJECTED: 'refused', USER_NOT_REGISTERED: 'noAnswer',
  UNALLOCATED_NUMBER: 'invalidNumber', NO_ROUTE_DESTINATION: 'invalidNumber', INVALID_NUMBER_FORMAT: 'invalidNumber', NUMBER_CHANGED: 'invalidNumber', MEDIA_TIMEOUT: 'mediaLost', SYSTEM_SHUTDOWN: 'engineFailure',
  NORMAL_TEMPORARY_FAILURE: 'trunkFailure', NORMAL_CIRCUIT_CONGESTION: 'trunkFailure', NETWORK_OUT_OF_ORDER: 'trunkFailure', GATEWAY_DOWN: 'trunkFailure', RECOVERY_ON_TIMER_EXPIRE: 'trunkFailure', DESTINATION_OUT_OF_ORDER: 'trunkFailure', INVALID_GATEWAY: 'trunkFailure',
}
export const causeOf = (hangup: string): LegCause => causes[hangup] ?? 'normal'

const kills: Record<LegCause, string> = { normal: 'NORMAL_CLEARING', cancelled: 'ORIGINATOR_CANCEL', noAnswer: 'NO_ANSWER', busy: 'USER_BUSY', refused: 'CALL_REJECTED', invalidNumber: 'UNALLOCATED_NUMBER', trunkFailure: 'NORMAL_TEMPORARY_FAILURE', engineFailure: 'NORMAL_TEMPORARY_FAILURE', mediaLost: 'MEDIA_TIMEOUT', forced: 'NORMAL_CLEARING' }
export const killOf = (cause: LegCause): string => kills[cause]
const statuses: Record<number, string> = { 404: 'UNALLOCATED_NUMBER', 480: 'NO_USER_RESPONSE', 484: 'INVALID_NUMBER_FORMAT', 486: 'USER_BUSY', 488: 'INCOMPATIBLE_DESTINATION', 503: 'NORMAL_TEMPORARY_FAILURE', 600: 'USER_BUSY', 603: 'CALL_REJECTED' }
export const killOfStatus = (status: number): string => statuses[status] ?? 'CALL_REJECTED'

/** Ids and numbers go into command lines: what is anything else is refused. */
export const safe = (text: string): boolean => /^[A-Za-z0-9_.:@+*#-]{1,200}$/.test(text)
const quoted = (text: string): string => text.replaceAll(/[^\p{L}\p{N} ._+-]/gu, '').slice(0, 60)

const tones = { ringback: 'tone_stream://%(1000,4000,450)', busy: 'tone_stream://%(350,350,450)', beep: 'tone_stream://%(200,0,1000)', callWaiting: 'tone_stream://%(300,9700,450)' } as const
export type Folders = { /** Uploaded ones, `<sha256>.alaw`. */ prompts: string; shipped: string; /** A speech module and voice, `flite|kal`; null: fallbacks are played. */ speech: string | null }

/** One path for several sounds, or the first that cannot be played. */
export function soundsOf(sounds: readonly Sound[], folders: Folders): { path: string } | { missing: string } {
  const parts: string[] = []
  for (const sound of sounds) {
    if (sound.kind === 'silence') parts.push(`silence_stream://${Math.max(20, Math.round(sound.ms))}`)
    else if (sound.kind === 'tone') parts.push(tones[sound.tone])
    else if (sound.kind === 'text' && folders.speech !== null) parts.push(`say:${folders.speech.replace('|', ':')}:${quoted(sound.text)}`)
    else {
      const name = sound.kind === 'file' ? sound.file : sound.fallback
      if (!name || !/^([0-9a-f]{64}|shipped\/[a-z0-9/_-]{1,80})$/.test(name)) return { missing: name ?? 'text' }
      parts.push(name.startsWith('shipped/') ? path.join(folders.shipped, `${name.slice(8)}.alaw`) : path.join(folders.prompts, `${name}.alaw`))
    }
  }
  return parts.length === 1 ? { path: parts[0] ?? '' } : { path: `file_string://${parts.join('!')}` }
}

function dialStrings(target: DialTarget, lines: MediaLines): string[] {
  if (target.kind === 'number') return target.trunks.filter(safe).map((trunk) => `sofia/gateway/${trunk}/${target.number}`)
  const user = lines.users.find((u) => u.tenant === target.tenant && u.user === target.user)
  return user ? [`user/${user.user}@${user.realm}`] : []
}

/** `originate` with a failover over trunks; parked when answered, so that control decides what is heard. Null: there is nowhere to call. */
export function originateOf(order: Extract<MediaOrder, { kind: 'originate' }>, lines: MediaLines): string | null {
  const strings = (order.target.kind === 'number' && !safe(order.target.number)) || !safe(order.leg) ? [] : dialStrings(order.target, lines)
  if (strings.length === 0) return null
  const variables = [
    `origination_uuid=${order.leg}`, `originate_timeout=${Math.max(1, Math.ceil(order.ringMs / 1000))}`, `origination_caller_id_number=${safe(order.from.number) ? order.from.number : ''}`, `origination_caller_id_name='${quoted(order.from.name ?? order.from.number)}'`,
    ...(order.from.hidden ? ['origination_privacy=hide_number'] : []), 'ignore_early_media=false', 'hangup_after_bridge=false', 'park_after_bridge=true', 'RECORD_STEREO=true', 'absolute_codec_string=PCMA^:PCMU',
    ...Object.entries(order.headers ?? {}).filter(([name]) => /^X-[A-Za-z-]{1,40}$/.test(name)).map(([name, value]) => `sip_h_${name}='${quoted(value)}'`),
  ]
  return `originate {${variables.join(',')}}${strings.join('|')} &park()`
}
