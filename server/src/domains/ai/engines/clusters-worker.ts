// The thread that gathers many texts into events.
import { parentPort, workerData } from 'node:worker_threads'
import { clustersOf, type ClusterOptions, type Told } from './clusters.ts'

export type ClusterJob = { list: readonly Told[]; options: ClusterOptions }

const { list, options } = workerData as ClusterJob // given by gather-clusters.ts
parentPort?.postMessage(clustersOf(list, options))
