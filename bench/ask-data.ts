// Ask-data on the reference questions: how many are understood exactly, and how long understanding takes.
import { ASKED_ON, scoreAsk, sharesOf, vocabulary, type Reference } from './ask-score.ts'
import { least, most, percentile, writeResult, type Metric } from './result.ts'
import { parseQuestion } from '../server/src/domains/analytics/ask/parse-question.ts'

const targets: Record<string, number> = { simple: 0.95, unanswerable: 1, all: 0.85 }

export function benchAskData(): void {
  const metrics: Record<string, Metric> = {}
  const proof = scoreAsk('proof')
  for (const [kind, share] of Object.entries(sharesOf(proof))) metrics[`proof half, ${kind}: right`] = least(share, 'share', targets[kind] ?? 0.85)
  for (const half of ['work', 'work2', 'work3'] as const) metrics[`${half} (used for the lexicon): right`] = least(sharesOf(scoreAsk(half))['all'] ?? 0, 'share', 0.85)
  const words = vocabulary()
  const times = proof.map(({ reference }: { reference: Reference }) => {
    const began = performance.now()
    parseQuestion(reference.text, words, ASKED_ON, null)
    return performance.now() - began
  })
  metrics['understanding a question: p95'] = most(percentile(times, 95), 'ms', 1000)
  writeResult('ask-data', { command: 'npm run bench -- ask-data', base: `${proof.length} proof questions, ${words.members.length} names of the demo city`, metrics, notes: ['Questions were written by people who saw only the catalogue; the proof half was fixed by hash before the parser and never looked at while it was made (bench/ask-data/SHA256SUMS)', 'right: indicators, groups, filters, period, comparison, order and limit all exactly as the reference; unanswerable: refused, for whatever reason'] })
}
