// The picture of a recording: the loudest sample of each slice, for both channels. Pure.

const SLICES = 400

/** A-law byte → loudness 0–127, without regard to sign. */
function loudness(alaw: number): number {
  const a = alaw ^ 0x55
  const exponent = (a >> 4) & 7
  const mantissa = a & 0x0f
  const pcm = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  // In decibels, as ears hear: quiet speech must be visible.
  return Math.max(0, Math.min(127, Math.round(127 + (20 * Math.log10(pcm / 32_768)) * 2.4)))
}
const table = Uint8Array.from({ length: 256 }, (_, byte) => loudness(byte))

/** Peaks of interleaved A-law: `SLICES` bytes of the left channel, then as many of the right, base64. One channel is drawn as both. */
export function peaksOf(alaw: Buffer, channels: number): string {
  const frames = Math.floor(alaw.length / channels)
  const out = new Uint8Array(SLICES * 2)
  for (let i = 0; i < frames; i++) {
    const slice = Math.min(SLICES - 1, Math.floor((i * SLICES) / Math.max(1, frames)))
    for (let c = 0; c < 2; c++) {
      const value = table[alaw[i * channels + Math.min(c, channels - 1)] ?? 0xd5] ?? 0
      const at = c * SLICES + slice
      if (value > (out[at] ?? 0)) out[at] = value
    }
  }
  return Buffer.from(out).toString('base64')
}

/** Where the sound of a WAV begins, channels, samples a second and bits of a sample; null when it is none. */
export function waveLayout(bytes: Buffer): { start: number; length: number; channels: number; rate: number; bits: number } | null {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') return null
  let [channels, rate, bits] = [1, 8000, 8]
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4)
    const name = bytes.toString('latin1', at, at + 4)
    if (name === 'fmt ' && at + 24 <= bytes.length) [channels, rate, bits] = [Math.max(1, Math.min(2, bytes.readUInt16LE(at + 10))), bytes.readUInt32LE(at + 12), bytes.readUInt16LE(at + 22)]
    if (name === 'data') return { start: at + 8, length: Math.min(size, bytes.length - at - 8), channels, rate, bits }
    at += 8 + size + (size % 2)
  }
  return null
}
