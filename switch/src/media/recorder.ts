// One recording: stereo A-law written each second, its head too, so that what is on disk can be played whenever the process dies. Never holds sound up.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { ALAW, ALAW_SILENCE, FRAME } from '../rtp/g711.ts'
import { recordingHead, WAV_HEAD } from './wav.ts'

export type RecorderEnd = { state: 'finished'; ms: number; bytes: number; sha256: string } | { state: 'failed'; ms: number; bytes: number; reason: string }

const SECOND = 50 * FRAME * 2
/** So many bytes may wait for a slow disk; more, and the recording has failed rather than eat the memory. */
const MOST_WAITING = 30 * SECOND
/** Mean of magnitudes under which a frame counts as silent (about -45 dBov). */
const SILENT = 180

export type Recorder = ReturnType<typeof createRecorder>

export function createRecorder(file: string, limits: { maxMs?: number; silenceMs?: number }, ended: (end: RecorderEnd) => void) {
  let chunk = Buffer.alloc(SECOND)
  let [filled, written, waiting, frames, quiet] = [0, 0, 0, 0, 0]
  let state: 'running' | 'ending' | 'over' = 'running'
  let work: Promise<void> = Promise.resolve()
  let handle: FileHandle | null = null
  let failure: string | null = null
  const closed = Promise.withResolvers<void>()

  function then(step: () => Promise<void>): void {
    work = work.then(step).catch((error: unknown) => {
      failure ??= error instanceof Error ? error.message : String(error)
      if (state === 'running') finish()
    })
  }

  then(async () => {
    handle = await open(file, 'w', 0o600)
    await handle.write(recordingHead(0), 0, WAV_HEAD, 0)
  })

  function flush(): void {
    const part = chunk.subarray(0, filled)
    if (part.length === 0) return
    chunk = Buffer.alloc(SECOND)
    filled = 0
    waiting += part.length
    if (waiting > MOST_WAITING) {
      failure ??= 'the disk is too slow'
      if (state === 'running') finish()
      return
    }
    then(async () => {
      if (failure !== null || !handle) return
      await handle.write(part, 0, part.length, WAV_HEAD + written)
      written += part.length
      waiting -= part.length
      await handle.write(recordingHead(written), 0, WAV_HEAD, 0)
    })
  }

  function finish(): void {
    if (state !== 'running') return
    state = 'ending'
    if (failure === null) flush()
    void work
      .then(async () => {
        await handle?.close()
        const [ms, bytes] = [(written / 2 / FRAME) * 20, written + WAV_HEAD]
        if (failure !== null) return ended({ state: 'failed', ms, bytes, reason: failure })
        const hash = createHash('sha256')
        for await (const part of createReadStream(file)) hash.update(part)
        ended({ state: 'finished', ms, bytes, sha256: hash.digest('hex') })
      })
      .catch((error: unknown) => ended({ state: 'failed', ms: frames * 20, bytes: written, reason: error instanceof Error ? error.message : String(error) }))
      .finally(() => {
        state = 'over'
        closed.resolve()
      })
  }

  return {
    get running() {
      return state === 'running'
    },
    /** One frame of each side. */
    write(left: Uint8Array, right: Uint8Array): void {
      if (state !== 'running') return
      for (let i = 0, at = filled; i < FRAME; i++, at += 2) {
        chunk[at] = left[i] ?? ALAW_SILENCE
        chunk[at + 1] = right[i] ?? ALAW_SILENCE
      }
      filled += FRAME * 2
      frames++
      if (filled >= SECOND) flush()
      if (limits.silenceMs !== undefined) {
        let level = 0
        for (let i = 0; i < FRAME; i += 4) level += Math.abs(ALAW[left[i] ?? ALAW_SILENCE] ?? 0)
        quiet = level / (FRAME / 4) < SILENT ? quiet + 20 : 0
        if (quiet >= limits.silenceMs) finish()
      }
      if (limits.maxMs !== undefined && frames * 20 >= limits.maxMs) finish()
    },
    finish,
    /** Resolves when the file is closed. */
    closed: closed.promise,
  }
}
