// WAV files: PCM read in, and the head of the recordings, which are stereo A-law.

/** 16 bit PCM as mono; null for another kind of file. */
export function readWav(bytes: Buffer): { samples: Int16Array; rate: number } | null {
  if (bytes.length < 44 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') return null
  let format: { channels: number; rate: number; bits: number } | null = null
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [id, size] = [bytes.toString('latin1', at, at + 4), bytes.readUInt32LE(at + 4)]
    if (id === 'fmt ' && at + 24 <= bytes.length) {
      if (bytes.readUInt16LE(at + 8) !== 1) return null
      format = { channels: bytes.readUInt16LE(at + 10), rate: bytes.readUInt32LE(at + 12), bits: bytes.readUInt16LE(at + 22) }
    }
    if (id === 'data') {
      if (!format || format.bits !== 16 || format.channels < 1 || format.rate < 4000) return null
      // A program that writes into a pipe leaves the size open.
      const end = Math.min(bytes.length, at + 8 + size)
      const { channels } = format
      const samples = new Int16Array(Math.floor((end - at - 8) / 2 / channels))
      for (let i = 0; i < samples.length; i++) {
        let sum = 0
        for (let c = 0; c < channels; c++) sum += bytes.readInt16LE(at + 8 + (i * channels + c) * 2)
        samples[i] = sum / channels
      }
      return { samples, rate: format.rate }
    }
    at += 8 + size + (size & 1)
  }
  return null
}

/** Another rate by a windowed sinc that also takes away what the new rate cannot hold. */
export function resample(samples: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return samples
  const cutoff = Math.min(1, to / from) * 0.94
  const half = Math.ceil(16 / cutoff)
  const out = new Int16Array(Math.floor((samples.length * to) / from))
  for (let i = 0; i < out.length; i++) {
    const centre = (i * from) / to
    let [sum, weights] = [0, 0]
    for (let j = Math.ceil(centre - half); j <= centre + half; j++) {
      const x = j - centre
      const angle = Math.PI * x * cutoff
      const weight = (x === 0 ? 1 : Math.sin(angle) / angle) * (0.5 + 0.5 * Math.cos((Math.PI * x) / half))
      weights += weight
      sum += weight * (samples[j] ?? 0)
    }
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum / weights)))
  }
  return out
}

export const WAV_HEAD = 58

/** The head of a stereo A-law file with so many bytes of sound; with a fact chunk, as formats other than PCM need it. */
export function recordingHead(soundBytes: number): Buffer {
  const head = Buffer.alloc(WAV_HEAD)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(WAV_HEAD - 8 + soundBytes, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(18, 16)
  head.writeUInt16LE(6, 20) // A-law
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(8000, 24)
  head.writeUInt32LE(16_000, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(8, 34)
  head.writeUInt16LE(0, 36)
  head.write('fact', 38, 'latin1')
  head.writeUInt32LE(4, 42)
  head.writeUInt32LE(soundBytes / 2, 46)
  head.write('data', 50, 'latin1')
  head.writeUInt32LE(soundBytes, 54)
  return head
}
