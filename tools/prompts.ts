// `npm run prompts`: makes the shipped prompts (raw A-law, 8 kHz) of the exchange with espeak-ng, the hold music, and their index. They are committed; a machine without espeak-ng plays them all the same.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { synthesise } from '../switch/src/media/synthesis.ts'
import { ALAW, TO_ALAW } from '../switch/src/rtp/g711.ts'
import { texts } from './prompts/texts.zh-CN.ts'

const MOST_BYTES = 2_000_000
const folder = join(import.meta.dirname, '../switch/prompts')

/** Even loudness (-20 dBov over what is not silent), no long silence at either end. */
function trim(sound: Uint8Array): Uint8Array {
  const samples = Array.from(sound, (code) => ALAW[code] ?? 0)
  const first = samples.findIndex((one) => Math.abs(one) > 300)
  const last = samples.findLastIndex((one) => Math.abs(one) > 300)
  const kept = samples.slice(Math.max(0, first - 240), last + 800)
  const loud = kept.filter((one) => Math.abs(one) > 300)
  const level = Math.sqrt(loud.reduce((sum, one) => sum + one * one, 0) / Math.max(1, loud.length))
  const gain = 3277 / Math.max(1, level)
  return Uint8Array.from(kept, (one) => TO_ALAW[Math.max(-32_000, Math.min(32_000, Math.round(one * gain))) + 32_768] ?? 0xd5)
}

/** Eighteen seconds of a quiet pentatonic tune of our own, without a seam. */
function music(): Uint8Array {
  const notes = [0, 4, 7, 9, 7, 4, 2, 0, 2, 4, 9, 7, 4, 2, 0, -3, 0, 2, 4, 7, 9, 7, 4, 2]
  const step = 6000
  const mix = new Float32Array(notes.length * step)
  notes.forEach((note, i) => {
    for (const [semitones, gain] of [[note, 1], [note - 12, 0.5], [note + 12, 0.12]] as const) {
      const hz = 392 * 2 ** (semitones / 12)
      for (let t = 0; t < step * 3; t++) {
        const at = (i * step + t) % mix.length
        mix[at] = (mix[at] ?? 0) + gain * Math.min(1, t / 160) * Math.exp(-t / 4500) * Math.sin((2 * Math.PI * hz * t) / 8000)
      }
    }
  })
  return Uint8Array.from(mix, (one) => TO_ALAW[Math.round(Math.max(-1, Math.min(1, one / 2.5)) * 7000) + 32_768] ?? 0xd5)
}

const index: Record<string, { text: string; ms: number }> = {}
let bytes = 0
rmSync(join(folder, 'shipped'), { recursive: true, force: true })
function keep(name: string, text: string, sound: Uint8Array): void {
  const file = join(folder, 'shipped', `${name}.alaw`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, sound)
  index[name] = { text, ms: Math.round(sound.length / 8) }
  bytes += sound.length
}
for (const [name, text] of Object.entries(texts)) {
  const sound = await synthesise(text, 'zh-CN', name.startsWith('digits/') ? 1 : 1.05)
  if (!sound) throw new Error('espeak-ng is needed to make the prompts (Debian package espeak-ng)')
  keep(name, text, trim(sound))
}
keep('music', '等待音乐', music())
writeFileSync(join(folder, 'index.json'), `${JSON.stringify(index, null, 2)}\n`)
// What the citizen's telephone on the portal says where there is no microphone: 16-bit WAV, which every browser plays.
const sample = await synthesise('您好，云帆路南口的路灯坏了一周，晚上很黑，请尽快派人来修。', 'zh-CN', 1.25)
if (!sample) throw new Error('espeak-ng is needed')
const speech = trim(sample)
const pcm = Buffer.alloc(speech.length * 2 + 16_000)
speech.forEach((code, i) => pcm.writeInt16LE(ALAW[code] ?? 0, i * 2))
const head = Buffer.alloc(44)
head.write('RIFF', 0)
head.writeUInt32LE(36 + pcm.length, 4)
head.write('WAVEfmt ', 8)
for (const [at, value, bytes] of [[16, 16, 4], [20, 1, 2], [22, 1, 2], [24, 8000, 4], [28, 16_000, 4], [32, 2, 2], [34, 16, 2]] as const) head.writeUIntLE(value, at, bytes)
head.write('data', 36)
head.writeUInt32LE(pcm.length, 40)
writeFileSync(join(import.meta.dirname, '../portal/public/call-sample.wav'), Buffer.concat([head, pcm]))
console.log(`${Object.keys(index).length} prompts, ${Math.round(bytes / 1024)} KiB`)
if (bytes > MOST_BYTES) throw new Error(`prompts are too large: ${bytes} bytes`)
