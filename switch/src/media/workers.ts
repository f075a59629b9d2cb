// The media thread as the signalling side sees it: orders in, news out, a new thread when one dies.
import { Worker } from 'node:worker_threads'
import type { MediaFigures } from '../media-port.ts'
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts'

const STOP_MS = 5000

export type MediaThread = Awaited<ReturnType<typeof startMediaThread>>

/** `died`: every leg of the thread is gone; a new one has been started. */
export async function startMediaThread(options: WorkerOptions, heard: (message: FromWorker) => void, died: (error: string) => void) {
  let figures: MediaFigures = {}
  let stopping = false
  let worker = spawn()
  let failure = ''

  function spawn(): Worker {
    const made = new Worker(new URL('./worker.ts', import.meta.url), { workerData: options, name: 'media' })
    made.on('message', (message: FromWorker) => {
      if (message.kind === 'figures') figures = message.figures
      else heard(message)
    })
    made.on('error', (error) => {
      failure = error.message
    })
    made.on('exit', (code) => {
      if (stopping || worker !== made) return
      worker = spawn()
      died(failure || `exit ${code}`)
    })
    return made
  }

  const ready = Promise.withResolvers<void>()
  worker.on('message', (message: FromWorker) => message.kind === 'ready' && ready.resolve())
  worker.once('error', ready.reject)
  await ready.promise

  return {
    post: (message: ToWorker): void => worker.postMessage(message),
    figures: () => figures,
    async stop(): Promise<void> {
      stopping = true
      const stopped = new Promise<void>((resolve) => worker.on('message', (message: FromWorker) => message.kind === 'stopped' && resolve()))
      worker.postMessage({ kind: 'stop' } satisfies ToWorker)
      await Promise.race([stopped, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())])
      await worker.terminate()
    },
  }
}
