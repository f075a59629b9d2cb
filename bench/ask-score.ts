// How many of the reference questions of ask-data are understood exactly: indicators, groups, filters, period, comparison, order and limit.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseQuestion, type Understood } from '../server/src/domains/analytics/ask/parse-question.ts'
import type { Vocabulary } from '../server/src/domains/analytics/ask/members.ts'

type Answer = { indicators: string[]; by: string[]; where: Record<string, string[]>; from: string; to: string; compare: string | null; order: string | null; limit: number | null }
export type Reference = { id: string; kind: string; after?: string; text: string; answer: Answer | { refuse: string } }
/** The day the questions were asked on. */
export const ASKED_ON = '2026-11-18'
const folder = join(import.meta.dirname, 'ask-data')
const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T

/** Names of the demo city. */
export const vocabulary = (): Vocabulary => read<Vocabulary>('vocabulary.json')

const plain = (q: Understood): Answer => ({ indicators: q.indicators, by: q.by, where: Object.fromEntries(q.where.map((w) => [w.dimension, w.members.map((m) => m.name)])), from: q.from, to: q.to, compare: q.compare, order: q.order, limit: q.limit })
const sorted = (a: Answer): string => JSON.stringify([a.indicators, a.by, Object.entries(a.where).toSorted().map(([k, v]) => [k, v.toSorted()]), a.from, a.to, a.compare, a.order, a.limit])

export type Scored = { reference: Reference; right: boolean; got: Answer | { refuse: string } }

/** Follow-ups go on from what the parser itself made of the question before. */
export function scoreAsk(half: 'work' | 'work2' | 'work3' | 'proof'): Scored[] {
  const names = vocabulary()
  const made = new Map<string, Understood>()
  return read<Reference[]>(`${half}.json`).map((reference) => {
    const parsed = parseQuestion(reference.text, names, ASKED_ON, reference.after ? (made.get(reference.after) ?? null) : null)
    if (parsed.kind === 'refused') return { reference, got: { refuse: parsed.reason }, right: 'refuse' in reference.answer }
    made.set(reference.id, parsed.query)
    const got = plain(parsed.query)
    return { reference, got, right: !('refuse' in reference.answer) && sorted(got) === sorted(reference.answer) }
  })
}

/** Shares right by kind and over all. */
export function sharesOf(scored: readonly Scored[]): Record<string, number> {
  const share = (list: readonly Scored[]): number => Math.round((list.filter((s) => s.right).length / Math.max(1, list.length)) * 1000) / 1000
  return { ...Object.fromEntries([...Map.groupBy(scored, (s) => s.reference.kind)].map(([kind, list]) => [kind, share(list)])), all: share(scored) }
}
