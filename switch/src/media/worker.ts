// Entry of a media worker thread: carries orders to the engine and its news back.
import { parentPort, workerData } from 'node:worker_threads'
import { startEngine } from './engine.ts'
import type { FromWorker, ToWorker, WorkerOptions } from './worker-messages.ts'

const port = parentPort
if (!port) throw new Error('a media worker runs as a thread')
const engine = startEngine(workerData as WorkerOptions, (message: FromWorker) => port.postMessage(message))
port.on('message', (order: ToWorker) => {
  try {
    engine.order(order)
  } catch (error) {
    port.postMessage({ kind: 'log', level: 'error', text: 'media order failed', data: { kind: order.kind, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } } satisfies FromWorker)
  }
  if (order.kind === 'stop') port.unref()
})
// What a library throws behind our back must not take two hundred calls with it.
process.on('uncaughtException', (error) => port.postMessage({ kind: 'log', level: 'error', text: 'uncaught in a media worker', data: { error: error.stack ?? error.message } } satisfies FromWorker))
process.on('unhandledRejection', (error) => port.postMessage({ kind: 'log', level: 'error', text: 'unhandled in a media worker', data: { error: error instanceof Error ? (error.stack ?? error.message) : String(error) } } satisfies FromWorker))
