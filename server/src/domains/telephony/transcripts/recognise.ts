// The port of speech recognition: frames in, utterances out; a running call and a stored recording are heard the same way.
import { definePort } from '../../../kernel/port.ts'

export type Speaker = 'citizen' | 'agent'
/** 20 ms of one speaker, 8 kHz linear; `offsetMs` on the recording's time line. */
export type Frame = { speaker: Speaker; offsetMs: number; samples: Int16Array }
export type Heard = { speaker: Speaker; startMs: number; endMs: number; text: string; confidence: number }
export type Recogniser = { name: string; open(hear: (heard: Heard) => void): { frame(frame: Frame): void; end(): Promise<void> } }

/** The site's recognition. Without one there are no transcripts, and the pages say so. */
export const recognise = definePort<() => Recogniser>('telephony.recognise')

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
