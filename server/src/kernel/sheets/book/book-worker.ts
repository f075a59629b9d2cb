// The thread that reads, computes and writes books: a hostile file or an endless formula ends this thread, not the service.
import { parentPort, workerData } from 'node:worker_threads'
import type { Book, Given } from './book.ts'

export type BookJob = { act: 'read'; bytes: Uint8Array } | { act: 'calculate' | 'write'; book: Book; given: Given }

async function run(job: BookJob): Promise<unknown> {
  if (job.act === 'read') return (await import('./read-book.ts')).readBook(job.bytes)
  if (job.act === 'write') return (await import('./write-book.ts')).writeBook(job.book, job.given)
  return (await import('./calculate.ts')).calculate(job.book, job.given)
}

/** Faults of libraries say nothing to who chose the file. */
const told = (error: unknown): string => (error instanceof Error && /[\u4E00-\u9FFF]/.test(error.message) ? error.message : '文件的写法不认识，请用办公软件另存为 xlsx 再试')

// `workerData` is what index.ts gave.
await run(workerData as BookJob).then((answer) => parentPort?.postMessage({ answer }), (error: unknown) => parentPort?.postMessage({ fault: told(error) }))
