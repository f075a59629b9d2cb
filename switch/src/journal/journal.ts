// The journal: what happened, on disk before it is told. Frames of lines, encrypted (AES-256-GCM) under the key file, appended and synced in groups of at most 10 ms.
// A frame that was torn by a crash fails its tag and ends the reading: nothing of it had been told.
import { type FileHandle, mkdir, open, readFile, readdir, unlink } from 'node:fs/promises'
import path from 'node:path'
import { seal, unseal } from './seal.ts'

/** One line of the journal. `k`: kind of record, the rest is the writer's. */
export type JournalRecord = { k: string } & Record<string, unknown>
export type Journal = {
  /** Queues a record; durable when `after` callbacks given later run. Never throws. */
  append: (record: JournalRecord) => void
  /** Runs once everything appended so far is on disk; at once when nothing waits. */
  after: (run: () => void) => void
  /** Begins a new segment with a snapshot, then drops older segments that `droppable` allows (by the highest event in them). */
  rotate: (snapshot: () => Iterable<JournalRecord>, acknowledged: number) => Promise<void>
  /** Bytes in the running segment. */
  size: () => number
  /** Records of all segments from disk, for servers that are far behind. */
  readAll: (each: (record: JournalRecord) => void) => Promise<void>
  figures: () => { flushes: number, worstMs: number, bytes: number, failed: boolean }
  close: () => Promise<void>
}

const GROUP_MS = 4

const nameOf = (n: number): string => `journal-${String(n).padStart(8, '0')}`
const numberOf = (name: string): number => Number(/^journal-(\d{8})$/.exec(name)?.[1] ?? Number.NaN)
async function segmentsIn(folder: string): Promise<number[]> {
  return (await readdir(folder)).map(numberOf).filter((n) => !Number.isNaN(n)).sort((a, b) => a - b)
}

function eachRecord(texts: readonly string[], each: (record: JournalRecord) => void): void {
  for (const text of texts) for (const line of text.split('\n')) if (line !== '') each(JSON.parse(line) as JournalRecord)
}

/**
 * Opens the journal of a folder, reading what is there.
 * @param key 32 bytes of the key file.
 * @param each called with every record found, oldest first.
 * @param failed told when writing fails (disk full); calls go on, nothing is told until writing works again.
 */
export async function openJournal(folder: string, key: Buffer, each: (record: JournalRecord) => void, failed: (error: unknown) => void = () => {}): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  let current = 0
  for (const n of await segmentsIn(folder)) {
    current = Math.max(current, n)
    eachRecord(unseal(key, await readFile(path.join(folder, nameOf(n)))).texts, each)
  }
  // A new segment each start: nothing is appended behind a torn frame.
  current += 1
  let file: FileHandle = await open(path.join(folder, nameOf(current)), 'a', 0o600)
  const highest = new Map<number, number>([[current, 0]])
  let size = 0
  let lines: string[] = []
  let afters: (() => void)[] = []
  let timer: NodeJS.Timeout | null = null
  let flushing: Promise<void> | null = null
  let closed = false
  const figures = { flushes: 0, worstMs: 0, bytes: 0, failed: false }

  async function write(): Promise<void> {
    while (lines.length > 0 || afters.length > 0) {
      const [text, run, began] = [lines, afters, performance.now()]
      lines = []
      afters = []
      if (text.length > 0) {
        const frame = seal(key, text.join('\n'))
        try {
          await file.appendFile(frame)
          await file.datasync()
          figures.failed = false
        } catch (error) {
          figures.failed = true
          failed(error)
          lines = [...text, ...lines]
          afters = [...run, ...afters]
          await new Promise((resolve) => { setTimeout(resolve, 500) })
          if (closed) return
          // What was half written is behind a frame that does not open: go on in a new file.
          await next().catch(failed)
          continue
        }
        size += frame.length
        figures.bytes += frame.length
        figures.flushes += 1
        figures.worstMs = Math.max(figures.worstMs, performance.now() - began)
      }
      for (const one of run) one()
    }
  }
  async function next(): Promise<void> {
    current += 1
    const opened = await open(path.join(folder, nameOf(current)), 'a', 0o600)
    await file.close().catch(() => {})
    file = opened
    size = 0
    highest.set(current, 0)
  }
  /** Writes until nothing waits, whatever comes meanwhile. */
  async function flush(): Promise<void> {
    timer = null
    while (lines.length > 0 || afters.length > 0 || flushing !== null) {
      flushing ??= write().finally(() => { flushing = null })
      await flushing
      if (closed) return
    }
  }
  const soon = (): void => { if (timer === null && !closed) timer = setTimeout(() => void flush(), GROUP_MS) }

  return {
    append(record) {
      lines.push(JSON.stringify(record))
      if (typeof record.seq === 'number') highest.set(current, Math.max(highest.get(current) ?? 0, record.seq))
      soon()
    },
    after(run) {
      if (lines.length === 0 && flushing === null) return run()
      afters.push(run)
      soon()
    },
    async rotate(snapshot, acknowledged) {
      if (timer !== null) clearTimeout(timer)
      await flush()
      await next()
      lines = [...[...snapshot()].map((record) => JSON.stringify(record)), ...lines]
      await flush()
      for (const n of await segmentsIn(folder)) {
        // A segment of an earlier start has no known end: its events are acknowledged when the ones read from it were.
        if (n < current && (highest.get(n) ?? 0) <= acknowledged) { await unlink(path.join(folder, nameOf(n))); highest.delete(n) }
      }
    },
    size: () => size,
    async readAll(toEach) {
      await flush()
      for (const n of await segmentsIn(folder)) eachRecord(unseal(key, await readFile(path.join(folder, nameOf(n)))).texts, toEach)
    },
    figures: () => ({ ...figures }),
    async close() {
      if (timer !== null) clearTimeout(timer)
      await flush()
      closed = true
      await file.close()
    },
  }
}
