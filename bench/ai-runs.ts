// Keeps what a bench measured as an evaluation run that the console can show: figures only, never texts.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quality, type Answer } from '../server/src/domains/ai/evaluation/metrics.ts'

export function keepRun(run: { application: string; dataset: string; split: string; answers: readonly Answer[] }): void {
  const folder = join(import.meta.dirname, '..', 'server', 'src', 'domains', 'ai', 'evaluation', 'product-runs')
  mkdirSync(folder, { recursive: true })
  const { answers, ...about } = run
  writeFileSync(join(folder, `${run.application}.json`), `${JSON.stringify({ ...about, samples: answers.length, quality: quality(answers) }, null, 1)}\n`)
}
