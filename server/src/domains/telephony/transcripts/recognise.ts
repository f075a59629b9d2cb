// The port of speech recognition: frames in, utterances out; a running call and a stored recording are heard the same way.
import { definePort } from '../../../kernel/port.ts'
import { waveLayout } from '../recordings/peaks.ts'

export type Speaker = 'citizen' | 'agent'
/** 20 ms of one speaker, 8 kHz linear; `offsetMs` on the recording's time line. */
export type Frame = { speaker: Speaker; offsetMs: number; samples: Int16Array }
export type Heard = { speaker: Speaker; startMs: number; endMs: number; text: string; confidence: number }
export type Recogniser = { name: string; open(hear: (heard: Heard) => void): { frame(frame: Frame): void; end(): Promise<void> } }

/** The site's recognition. Without one there are no transcripts, and the pages say so. */
export const recognise = definePort<() => Recogniser>('telephony.recognise')

/** Whether this site recognises speech. */
export const recognises = (): boolean => recognise.all().length > 0

const SAMPLES = 160
const FRAME_MS = 20

/** A-law byte → linear (ITU-T G.711). */
const linear = Int16Array.from({ length: 256 }, (_, byte) => {
  const a = byte ^ 0x55
  const exponent = (a >> 4) & 7
  const mantissa = a & 0x0f
  const value = exponent === 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1)
  return a & 0x80 ? value : -value
})

/** Hears a stored recording: left is the citizen, right everybody else; one channel is taken as the citizen's. `offsetMs` is where the recording begins in its call. */
export async function hearRecording(recogniser: Recogniser, alaw: Buffer, channels: number, offsetMs: number): Promise<Heard[]> {
  const heard: Heard[] = []
  const session = recogniser.open((one) => heard.push(one))
  const step = SAMPLES * channels
  for (let at = 0, frame = 0; at + step <= alaw.length; at += step, frame++)
    for (const [channel, speaker] of (['citizen', 'agent'] as const).slice(0, channels).entries())
      session.frame({ speaker, offsetMs: offsetMs + frame * FRAME_MS, samples: Int16Array.from({ length: SAMPLES }, (_, i) => linear[alaw[at + i * channels + channel] ?? 0xd5] ?? 0) })
  await session.end()
  return heard
}

/** Hears a WAV of one voice, 16 bits linear at 8 or 16 kHz; null where it is anything else or nothing recognises here. @throws where the recogniser fails */
export async function hearWave(bytes: Buffer): Promise<Heard[] | null> {
  const layout = waveLayout(bytes)
  const recogniser = recognise.all()[0]?.()
  if (!recogniser || !layout || layout.bits !== 16 || layout.channels !== 1 || (layout.rate !== 8000 && layout.rate !== 16_000)) return null
  const heard: Heard[] = []
  const session = recogniser.open((one) => heard.push(one))
  const step = layout.rate / 8000
  const count = Math.floor(layout.length / 2 / step)
  // Two samples become one: their mean keeps what the telephone band has.
  const at16 = (n: number): number => bytes.readInt16LE(layout.start + n * 2)
  const sample = (i: number): number => (step === 1 ? at16(i) : Math.round((at16(i * 2) + at16(i * 2 + 1)) / 2))
  for (let at = 0, frame = 0; at < count; at += SAMPLES, frame++)
    session.frame({ speaker: 'citizen', offsetMs: frame * FRAME_MS, samples: Int16Array.from({ length: Math.min(SAMPLES, count - at) }, (_, i) => sample(at + i)) })
  await session.end()
  return heard.toSorted((a, b) => a.startMs - b.startMs)
}
