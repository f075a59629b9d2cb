// Session descriptions: one audio stream of G.711 with telephone-event, plain or with SRTP keys (SDES, RFC 4568), offer and answer (RFC 3264). Everything else in an offer is answered with port 0.
import { isIP } from 'node:net'
import { isMasterKey } from '../rtp/srtp.ts'

export type Codec = 'PCMA' | 'PCMU'
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

export type AudioStream = {
  /** Place among the media lines; the others are refused. */
  index: number
  address: string
  port: number
  direction: Direction
  codecs: { codec: Codec; payloadType: number }[]
  /** Payload type of telephone-event at 8 kHz, or null. */
  events: number | null
  ptime: number
  /** The other side's key, of a suite that we have; null on a plain stream. */
  crypto: { tag: number; key: string } | null
}
/** `audio`: the first plain stream (RTP/AVP); `secured`: the first with a key of our suite (RTP/SAVP). */
export type RemoteDescription = { lines: { kind: string; protocol: string; formats: string }[]; audio: AudioStream | null; secured: AudioStream | null }

/** What the two sides agreed on, seen from ours. */
export type Agreed = { codec: Codec; payloadType: number; events: number | null; address: string; port: number; direction: Direction; ptime: number; /** Master keys, base64; `tag` names the other side's line in our answer. */ srtp?: { tag: number; ours: string; theirs: string } }

const STATIC: Readonly<Record<number, Codec>> = { 0: 'PCMU', 8: 'PCMA' }
const MOST_LINES = 400

/** null where it is no session description at all; without a usable audio stream `audio` is null. */
export function parseSdp(text: string): RemoteDescription | null {
  const lines = text.split(/\r?\n/).slice(0, MOST_LINES)
  if (!lines[0]?.startsWith('v=0')) return null
  const sections: string[][] = [[]]
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([])
    sections.at(-1)?.push(line)
  }
  const [session = [], ...media] = sections
  const found: RemoteDescription = { lines: [], audio: null, secured: null }
  for (const section of media) {
    const match = /^m=(\S+) (\d{1,5})(?:\/\d+)? (\S+)((?: \S+)*)\s*$/.exec(section[0] ?? '')
    if (!match) return null
    const [, kind = '', port = '0', protocol = '', formats = ''] = match
    found.lines.push({ kind, protocol, formats: formats.trim() })
    const kept = protocol.toUpperCase() === 'RTP/AVP' ? 'audio' : protocol.toUpperCase() === 'RTP/SAVP' ? 'secured' : null
    if (kept === null || found[kept] || kind !== 'audio' || port === '0') continue
    const stream = audioOf(session, section, { index: found.lines.length - 1, port: Number(port), formats: formats.trim().split(' ').map(Number) })
    if (stream && (kept === 'audio' || stream.crypto)) found[kept] = stream
  }
  return found
}

function audioOf(session: readonly string[], section: readonly string[], { index, port, formats }: { index: number; port: number; formats: number[] }): AudioStream | null {
  const connection = /^c=IN IP[46] ([^\s/]+)/
  const address = [...section, ...session].map((line) => connection.exec(line)?.[1]).find((one) => one !== undefined) ?? ''
  if (isIP(address) === 0 || port > 65_535) return null
  const names = new Map<number, string>()
  for (const line of section) {
    const match = /^a=rtpmap:(\d{1,3}) ([A-Za-z0-9-]+)\/(\d+)/.exec(line)
    if (match && Number(match[3]) === 8000) names.set(Number(match[1]), (match[2] ?? '').toUpperCase())
  }
  const stream: AudioStream = { index, address, port, direction: 'sendrecv', codecs: [], events: null, ptime: 20, crypto: section.map(cryptoOf).find((one) => one !== null) ?? null }
  for (const payloadType of formats) {
    const name = names.get(payloadType) ?? STATIC[payloadType]
    if (name === 'PCMA' || name === 'PCMU') stream.codecs.push({ codec: name, payloadType })
    else if (name === 'TELEPHONE-EVENT') stream.events ??= payloadType
  }
  for (const line of [...session, ...section]) {
    const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/.exec(line)?.[1]
    if (direction === 'sendrecv' || direction === 'sendonly' || direction === 'recvonly' || direction === 'inactive') stream.direction = direction
    const ptime = Number(/^a=ptime:(\d{1,3})\s*$/.exec(line)?.[1])
    if (ptime >= 10 && ptime <= 200) stream.ptime = ptime
  }
  // The old way of holding (RFC 2543): an address of zeros.
  if (/^(0\.0\.0\.0|::)$/.test(address)) stream.direction = stream.direction === 'sendrecv' ? 'sendonly' : stream.direction === 'recvonly' ? 'inactive' : stream.direction
  return stream
}

const SUITE = 'AES_CM_128_HMAC_SHA1_80'

/** A key that we can use: our suite, one key without identifier, and no session parameter that changes the stream (a hint of window size does not). */
function cryptoOf(line: string): AudioStream['crypto'] {
  const match = /^a=crypto:(\d{1,9}) (\S+) inline:([^|\s]+)(\|[^\s:]+)?((?: \S+)*)\s*$/i.exec(line)
  if (!match || match[2]?.toUpperCase() !== SUITE || !isMasterKey(match[3] ?? '')) return null
  if ((match[5] ?? '').trim().split(' ').some((one) => one !== '' && !/^(WSH=|-)/i.test(one))) return null
  return { tag: Number(match[1]), key: match[3] ?? '' }
}

export const mirrored = (direction: Direction): Direction => (direction === 'sendonly' ? 'recvonly' : direction === 'recvonly' ? 'sendonly' : direction)

/** Our choice out of what the other side can do: its order counts; null is a 488. With a key of ours only an encrypted stream will do, without one only a plain one: nothing falls back in silence. */
export function agree(remote: RemoteDescription | null, codecs: readonly Codec[], ourKey: string | null = null): Agreed | null {
  const audio = ourKey === null ? remote?.audio : remote?.secured
  const chosen = audio?.codecs.find((one) => codecs.includes(one.codec))
  if (!audio || !chosen) return null
  return { ...chosen, events: audio.events, address: audio.address, port: audio.port, direction: mirrored(audio.direction), ptime: audio.ptime, ...(ourKey !== null && audio.crypto ? { srtp: { tag: audio.crypto.tag, ours: ourKey, theirs: audio.crypto.key } } : {}) }
}

export type LocalEnd = { address: string; port: number; /** Constant in a call. */ session: number; /** Rises with each change. */ version: number; /** Master key of what we send; null: plain. */ key: string | null }

function head(end: LocalEnd): string[] {
  const family = isIP(end.address) === 6 ? 'IP6' : 'IP4'
  return ['v=0', `o=- ${end.session} ${end.version} IN ${family} ${end.address}`, 's=-', `c=IN ${family} ${end.address}`, 't=0 0']
}

const EVENTS = 101

function audioLines(end: LocalEnd, codecs: readonly { codec: Codec; payloadType: number }[], events: number | null, direction: Direction, tag: number): string[] {
  const types = [...codecs.map((one) => one.payloadType), ...(events === null ? [] : [events])]
  return [
    `m=audio ${end.port} RTP/${end.key === null ? 'AVP' : 'SAVP'} ${types.join(' ')}`,
    ...codecs.map((one) => `a=rtpmap:${one.payloadType} ${one.codec}/8000`),
    ...(events === null ? [] : [`a=rtpmap:${events} telephone-event/8000`, `a=fmtp:${events} 0-15`]),
    ...(end.key === null ? [] : [`a=crypto:${tag} ${SUITE} inline:${end.key}`]),
    'a=ptime:20', `a=${direction}`,
  ]
}

export function offerSdp(end: LocalEnd, codecs: readonly Codec[], direction: Direction = 'sendrecv'): string {
  return [...head(end), ...audioLines(end, codecs.map((codec) => ({ codec, payloadType: codec === 'PCMA' ? 8 : 0 })), EVENTS, direction, 1), ''].join('\r\n')
}

export function answerSdp(end: LocalEnd, remote: RemoteDescription, agreed: Agreed): string {
  const chosen = agreed.srtp ? remote.secured : remote.audio
  const lines = remote.lines.flatMap((line, i) =>
    i === chosen?.index ? audioLines(end, [agreed], agreed.events, agreed.direction, agreed.srtp?.tag ?? 1) : [`m=${line.kind} 0 ${line.protocol} ${line.formats}`.trimEnd()])
  return [...head(end), ...lines, ''].join('\r\n')
}
