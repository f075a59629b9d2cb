// PCM WAV of any rate → 8 kHz mono G.711 A-law, as lines carry it. Pure.

const RATE = 8000

/** What is wrong with a file, in words for the person who chose it. */
export class NotWave extends Error {}

type Wave = { rate: number; samples: Float32Array }

/** Reads RIFF/WAVE with PCM of 8, 16, 24 or 32 bits, or 32-bit float; several channels are mixed to one. @throws NotWave */
export function readWave(bytes: Buffer): Wave {
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') throw new NotWave('不是 WAV 文件')
  let format: { tag: number; channels: number; rate: number; bits: number } | null = null
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    const body = at + 8
    if (name === 'fmt ' && body + 16 <= bytes.length) {
      const tag = bytes.readUInt16LE(body)
      // Extensible: the real tag begins the sub-format.
      format = { tag: tag === 0xfffe && size >= 26 && body + 26 <= bytes.length ? bytes.readUInt16LE(body + 24) : tag, channels: bytes.readUInt16LE(body + 2), rate: bytes.readUInt32LE(body + 4), bits: bytes.readUInt16LE(body + 14) }
    }
    if (name === 'data' && format) return { rate: checked(format).rate, samples: mixed(bytes.subarray(body, Math.min(body + size, bytes.length)), format) }
    at = body + size + (size % 2)
  }
  throw new NotWave('WAV 文件没有声音内容')
}

type Format = { tag: number; channels: number; rate: number; bits: number }

function checked(format: Format): Format {
  const pcm = format.tag === 1 && [8, 16, 24, 32].includes(format.bits)
  if (!pcm && !(format.tag === 3 && format.bits === 32)) throw new NotWave('WAV 文件须为 PCM 编码')
  if (format.channels < 1 || format.channels > 8 || format.rate < 4000 || format.rate > 192_000) throw new NotWave('WAV 文件的声道或采样率不支持')
  return format
}

function mixed(data: Buffer, { tag, channels, bits }: Format): Float32Array {
  const width = bits / 8
  const frames = Math.floor(data.length / (width * channels))
  const read = (at: number): number => {
    if (tag === 3) return data.readFloatLE(at)
    if (bits === 8) return (data.readUInt8(at) - 128) / 128
    return data.readIntLE(at, width) / 2 ** (bits - 1)
  }
  const samples = new Float32Array(frames)
  for (let i = 0; i < frames; i++) {
    let sum = 0
    for (let c = 0; c < channels; c++) sum += read((i * channels + c) * width)
    const value = sum / channels
    samples[i] = Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0
  }
  return samples
}

const TAPS = 16

/** To 8 kHz by a windowed sinc that lets nothing above 3.4 kHz through: without it higher tones would come back as wrong ones. */
export function toTelephoneRate({ rate, samples }: Wave): Float32Array {
  const cut = Math.min(0.5, 3400 / rate)
  const step = rate / RATE
  const reach = Math.ceil(TAPS * Math.max(1, step))
  const out = new Float32Array(Math.floor(samples.length / step))
  for (let i = 0; i < out.length; i++) {
    const centre = i * step
    const from = Math.ceil(centre - reach)
    let sum = 0
    let weight = 0
    for (let k = from; k <= centre + reach; k++) {
      const x = k - centre
      const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x)
      const w = sinc * (0.54 + 0.46 * Math.cos((Math.PI * x) / reach))
      weight += w
      sum += w * (samples[k] ?? 0)
    }
    out[i] = weight === 0 ? 0 : sum / weight
  }
  return out
}

/** G.711 A-law (ITU-T G.711, table 1). */
export function toAlaw(samples: Float32Array): Buffer {
  const out = Buffer.alloc(samples.length)
  for (const [i, value] of samples.entries()) {
    let pcm = Math.round(value * 32_767)
    const sign = pcm >= 0 ? 0x80 : 0
    if (pcm < 0) pcm = -pcm - 1
    pcm = Math.min(pcm, 32_767)
    let exponent = 7
    for (let mask = 0x4000; exponent > 0 && (pcm & mask) === 0; mask >>= 1) exponent--
    const mantissa = exponent === 0 ? (pcm >> 4) & 0x0f : (pcm >> (exponent + 3)) & 0x0f
    out[i] = (sign | (exponent << 4) | mantissa) ^ 0x55
  }
  return out
}

/** A header in front of raw A-law, so that a browser plays it. */
export function alawHeader(dataBytes: number, channels = 1): Buffer {
  const header = Buffer.alloc(58)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(50 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(18, 16)
  header.writeUInt16LE(6, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(RATE, 24)
  header.writeUInt32LE(RATE * channels, 28)
  header.writeUInt16LE(channels, 32)
  header.writeUInt16LE(8, 34)
  header.write('fact', 38, 'latin1')
  header.writeUInt32LE(4, 42)
  header.writeUInt32LE(dataBytes / channels, 46)
  header.write('data', 50, 'latin1')
  header.writeUInt32LE(dataBytes, 54)
  return header
}
