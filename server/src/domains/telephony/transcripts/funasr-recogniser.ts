// A recogniser over the WebSocket protocol of FunASR's runtime (2pass: the corrected sentence is what counts), one connection for each
// speaker. Proved against a double only: no Chinese model runs beside the tests (docs/telephone.md).
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { Frame, Heard, Recogniser, Speaker } from './recognise.ts'

/** Samples a second sent; the runtime's models are trained on it, telephone sound is doubled. */
const RATE = 16_000
/** Sound sent at once, in milliseconds of the protocol's chunk of 600. */
const CHUNK_MS = 60
const FINAL_MS = 15_000
/** Sound that waits for a connection to open: half a minute. */
const MOST_WAITING = 500
/** The protocol says nothing of how sure it is. */
const CONFIDENCE = 0.8

const result = z.object({ mode: z.string().default(''), text: z.string().default(''), is_final: z.boolean().default(false), timestamp: z.string().optional(), stamp_sents: z.array(z.object({ start: z.number(), end: z.number() })).optional() })
const spans = z.array(z.tuple([z.number(), z.number()]))

/** Where a sentence lies in the sound that was sent, in milliseconds; null where the model has no time stamps. */
export function spanOf(of: z.output<typeof result>): { start: number; end: number } | null {
  const sentences = of.stamp_sents ?? []
  const [head, tail] = [sentences[0], sentences.at(-1)]
  if (head && tail) return { start: head.start, end: tail.end }
  const read = of.timestamp === undefined || of.timestamp === '' ? null : spans.safeParse(JSON.parse(of.timestamp))
  const words = read?.success ? read.data : []
  const [first, last] = [words[0], words.at(-1)]
  return first && last ? { start: first[0], end: last[1] } : null
}

/** 8 kHz to 16 kHz: a sample between each two. */
export function doubled(samples: Int16Array): Buffer {
  const out = Buffer.alloc(samples.length * 4)
  samples.forEach((value, i) => {
    out.writeInt16LE(value, i * 4)
    out.writeInt16LE(Math.round((value + (samples[i + 1] ?? value)) / 2), i * 4 + 2)
  })
  return out
}

export function funasrRecogniser(url: string): Recogniser {
  return {
    name: 'FunASR',
    open(hear) {
      const ears = new Map<Speaker, ReturnType<typeof ear>>()
      return {
        frame(frame) {
          const own = ears.get(frame.speaker) ?? ear(url, frame, hear)
          ears.set(frame.speaker, own)
          own.frame(frame)
        },
        end: async () => void (await Promise.all([...ears.values()].map((one) => one.end()))),
      }
    },
  }
}

function ear(url: string, first: Frame, hear: (heard: Heard) => void) {
  const socket = new WebSocket(url, { handshakeTimeout: 10_000 })
  const waiting: Buffer[] = []
  let chunk: Buffer[] = []
  let sentMs = 0
  // Times of the answers count the sound that was sent; a gap in the frames moves all that follows.
  const marks: { sentMs: number; offsetMs: number }[] = [{ sentMs: 0, offsetMs: first.offsetMs }]
  let heardTo = 0
  let failure: Error | null = null
  const done = Promise.withResolvers<void>()
  const onLine = (ms: number): number => { const mark = marks.findLast((one) => one.sentMs <= ms) ?? marks[0]; return Math.round((mark?.offsetMs ?? 0) + ms - (mark?.sentMs ?? 0)) }
  const send = (data: Buffer): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(data)
    else if (socket.readyState === WebSocket.CONNECTING && waiting.length < MOST_WAITING) waiting.push(data)
  }
  const flush = (): void => { if (chunk.length > 0) send(Buffer.concat(chunk)); chunk = [] }
  socket.on('open', () => {
    socket.send(JSON.stringify({ mode: '2pass', wav_name: 'minsheng', wav_format: 'pcm', audio_fs: RATE, is_speaking: true, chunk_size: [5, 10, 5], chunk_interval: 10, itn: true }))
    for (const data of waiting.splice(0)) socket.send(data)
  })
  socket.on('message', (data: Buffer) => {
    const read = parse(data)
    if (read === null) return
    if (read.mode !== '2pass-online' && read.text.trim() !== '') {
      const span = spanOf(read) ?? { start: heardTo, end: sentMs }
      heardTo = span.end
      hear({ speaker: first.speaker, startMs: onLine(span.start), endMs: onLine(span.end), text: read.text.trim(), confidence: CONFIDENCE })
    }
    if (read.is_final && read.mode !== '2pass-online') done.resolve()
  })
  socket.on('error', (error) => { failure = error; done.resolve() })
  socket.on('close', () => done.resolve())
  return {
    frame({ offsetMs, samples }: Frame): void {
      const last = marks.at(-1)
      if (last && Math.abs(offsetMs - (last.offsetMs + sentMs - last.sentMs)) > 200) marks.push({ sentMs, offsetMs })
      chunk.push(doubled(samples))
      sentMs += (samples.length * 1000) / 8000
      if (chunk.length * 20 >= CHUNK_MS) flush()
    },
    /** Waits for the last sentence. @throws where the connection failed: whoever has the recording tries again. */
    async end(): Promise<void> {
      flush()
      if (socket.readyState === WebSocket.CONNECTING) await Promise.race([new Promise((opened) => socket.once('open', opened)), done.promise])
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ is_speaking: false }))
      const over = setTimeout(() => done.resolve(), FINAL_MS)
      await done.promise
      clearTimeout(over)
      socket.terminate()
      if (failure) throw failure
    },
  }
}

function parse(data: Buffer): z.output<typeof result> | null {
  try {
    const read = result.safeParse(JSON.parse(data.toString('utf8')))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
