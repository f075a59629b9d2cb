// The thread that learns: at the lowest priority, so that nobody waits for it.
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { classify, packClassifier, trainClassifier, type Sample } from '../engines/classifier.ts'
import { quality, type Answer, type Quality } from '../evaluation/metrics.ts'

export type TrainJob = { train: Sample[]; test: Sample[]; candidates: number }
export type Trained = { bytes: Uint8Array; classes: number; threshold: number; quality: Quality }

try {
  setPriority(19) // on Linux this thread only
} catch {
  // a system that does not allow it trains at the usual priority
}
const { train, test, candidates } = workerData as TrainJob // given by run-training.ts
const model = trainClassifier(train)
const answers = test.map((sample): Answer => {
  const given = classify(model, sample.fields, candidates)
  return { gold: sample.label, given: given.map((c) => c.value), confidence: given[0]?.confidence ?? 0 }
})
parentPort?.postMessage({ bytes: new Uint8Array(packClassifier(model)), classes: model.labels.length, threshold: model.threshold, quality: quality(answers) } satisfies Trained)
