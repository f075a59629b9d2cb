// Figures of a trial: shares with their intervals, F1 by class, confusion, coverage, ranking. Pure.

import { z } from 'zod'

const shareSchema = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number().int() })
type Share = z.infer<typeof shareSchema>

/** A share with its 95 % interval (Wilson). */
export function share(hits: number, n: number): Share {
  if (n === 0) return { value: 0, low: 0, high: 1, n }
  const [z, p] = [1.96, hits / n]
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return { value: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half), n }
}

export type Answer = { gold: string; given: readonly string[]; confidence: number }
/** The figures of a run as they are stored and told. */
export const qualitySchema = z.object({
  hit1: shareSchema, hitK: shareSchema, macroF1: z.number(), byClass: z.array(z.object({ label: z.string(), n: z.number().int(), precision: z.number(), recall: z.number(), f1: z.number() })),
  confusion: z.array(z.object({ gold: z.string(), given: z.string(), n: z.number().int() })), curve: z.array(z.object({ threshold: z.number(), covered: z.number(), precision: z.number() })),
})
export type Quality = z.infer<typeof qualitySchema>
type ByClass = Quality['byClass'][number]
export { shareSchema }

/** What candidates are worth against the right values; the confusion names only mistakes, the most frequent first. */
export function quality(answers: readonly Answer[]): Quality {
  const labels = [...new Set(answers.flatMap((a) => [a.gold, ...a.given.slice(0, 1)]))].toSorted()
  const byClass = labels.map((label): ByClass => {
    const hit = answers.filter((a) => a.gold === label && a.given[0] === label).length
    const [named, n] = [answers.filter((a) => a.given[0] === label).length, answers.filter((a) => a.gold === label).length]
    return { label, n, precision: named === 0 ? 0 : hit / named, recall: n === 0 ? 0 : hit / n, f1: (2 * hit) / (named + n || 1) }
  })
  const real = byClass.filter((c) => c.n > 0)
  const mistakes = new Map<string, number>()
  for (const a of answers) if (a.given[0] !== a.gold) mistakes.set(JSON.stringify([a.gold, a.given[0] ?? '']), (mistakes.get(JSON.stringify([a.gold, a.given[0] ?? ''])) ?? 0) + 1)
  const sorted = answers.toSorted((a, b) => b.confidence - a.confidence)
  const curve = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1].map((covered) => {
    const part = sorted.slice(0, Math.max(1, Math.round(sorted.length * covered)))
    return { threshold: part.at(-1)?.confidence ?? 0, covered, precision: part.filter((a) => a.given[0] === a.gold).length / (part.length || 1) }
  })
  return {
    hit1: share(answers.filter((a) => a.given[0] === a.gold).length, answers.length), hitK: share(answers.filter((a) => a.given.includes(a.gold)).length, answers.length),
    macroF1: real.reduce((sum, c) => sum + c.f1, 0) / (real.length || 1), byClass,
    confusion: [...mistakes].map(([key, n]) => { const [gold = '', given = ''] = JSON.parse(key) as string[]; return { gold, given, n } }).toSorted((a, b) => b.n - a.n).slice(0, 50), curve,
  }
}

/** Chance that a positive stands above a negative; ties count half. */
export function auc(scores: readonly { score: number; positive: boolean }[]): number {
  const sorted = scores.toSorted((a, b) => a.score - b.score)
  let [rankSum, positives, at] = [0, 0, 0]
  while (at < sorted.length) {
    let to = at
    while (to < sorted.length && sorted[to]!.score === sorted[at]!.score) to += 1
    for (let i = at; i < to; i++) if (sorted[i]!.positive) rankSum += (at + 1 + to) / 2
    at = to
  }
  for (const s of sorted) positives += s.positive ? 1 : 0
  const negatives = sorted.length - positives
  return positives === 0 || negatives === 0 ? 0.5 : (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}
