// RTP packets (RFC 3550 §5.1), read without copying and written in place.

export type RtpHead = { payloadType: number; marker: boolean; seq: number; timestamp: number; ssrc: number; start: number; end: number }

/** Reads into `head`, which is used again for each packet; false for what is no RTP (RTCP, STUN, noise). */
export function readRtp(bytes: Uint8Array, head: RtpHead): boolean {
  const length = bytes.length
  const [b0 = 0, b1 = 0] = bytes
  if (length < 12 || b0 >> 6 !== 2) return false
  const type = b1 & 0x7f
  if (type >= 72 && type <= 76) return false // RTCP on the same port (RFC 5761)
  let start = 12 + (b0 & 0x0f) * 4
  if (b0 & 0x10) {
    if (length < start + 4) return false
    start += 4 + (((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0)) * 4
  }
  let end = length
  if (b0 & 0x20) end -= bytes[length - 1] ?? 0
  if (start > end) return false
  head.payloadType = type
  head.marker = (b1 & 0x80) !== 0
  head.seq = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0)
  head.timestamp = (((bytes[4] ?? 0) << 24) | ((bytes[5] ?? 0) << 16) | ((bytes[6] ?? 0) << 8) | (bytes[7] ?? 0)) >>> 0
  head.ssrc = (((bytes[8] ?? 0) << 24) | ((bytes[9] ?? 0) << 16) | ((bytes[10] ?? 0) << 8) | (bytes[11] ?? 0)) >>> 0
  head.start = start
  head.end = end
  return true
}

export const newHead = (): RtpHead => ({ payloadType: 0, marker: false, seq: 0, timestamp: 0, ssrc: 0, start: 0, end: 0 })

export function writeHead(bytes: Uint8Array, payloadType: number, marker: boolean, seq: number, timestamp: number, ssrc: number): void {
  bytes[0] = 0x80
  bytes[1] = (marker ? 0x80 : 0) | payloadType
  bytes[2] = (seq >> 8) & 0xff
  bytes[3] = seq & 0xff
  bytes[4] = (timestamp >>> 24) & 0xff
  bytes[5] = (timestamp >>> 16) & 0xff
  bytes[6] = (timestamp >>> 8) & 0xff
  bytes[7] = timestamp & 0xff
  bytes[8] = (ssrc >>> 24) & 0xff
  bytes[9] = (ssrc >>> 16) & 0xff
  bytes[10] = (ssrc >>> 8) & 0xff
  bytes[11] = ssrc & 0xff
}

/** Signed distance of two sequence numbers or timestamps, over the wrap. */
export const seqDelta = (a: number, b: number): number => ((a - b) << 16) >> 16
export const tsDelta = (a: number, b: number): number => (a - b) | 0
