// Gathering where nobody else waits for it: 5,000 titles take about a second, and a server thread serves everybody.
import { Worker } from 'node:worker_threads'
import type { ClusterJob } from './clusters-worker.ts'
import { clustersOf, type Cluster, type ClusterOptions, type Told } from './clusters.ts'

/** Fewer are gathered (some 30 ms) before a thread has begun. */
const FEW = 300
const TIMEOUT_MS = 5 * 60_000
const MEMORY_MB = 800

/** As `clustersOf`; many texts in a thread of their own. @throws when the thread fails or takes more than five minutes */
export function gatherClusters(list: readonly Told[], options: ClusterOptions = {}): Promise<Cluster[]> {
  if (list.length <= FEW) return Promise.resolve(clustersOf(list, options))
  return new Promise((done, fail) => {
    const worker = new Worker(new URL('./clusters-worker.ts', import.meta.url), { workerData: { list, options } satisfies ClusterJob, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } })
    const timer = setTimeout(() => {
      fail(new Error('归类超时'))
      void worker.terminate()
    }, TIMEOUT_MS)
    worker.once('message', (found: Cluster[]) => done(found))
    worker.once('error', fail)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      fail(new Error(`归类线程中止（${code}）`))
    })
  })
}
