// A sheet as it is being filled in: pure steps, and what it is worth while it is not yet sent.
import type { InputOf, OutputOf } from '../../api/call.ts'

export type Shown = OutputOf<'showQualityTask'>
export type Definition = Shown['sheet']['definition']
export type Item = Definition['groups'][number]['items'][number]
export type Hit = Shown['scores'][number]['deductions'][number]
export type Choice = { choice: 'accepted' | 'rejected'; reason: string }
export type Own = { itemCode: string; points: number; note: string; sentenceId: string | null; speaker: 'agent' | 'citizen' | null; atMs: number | null; field: string | null; quote: string }
export type Filled = { scored: string[]; fatal: string[]; choices: Record<string, Choice>; deductions: Own[]; comment: string }

export const empty: Filled = { scored: [], fatal: [], choices: {}, deductions: [], comment: '' }
export const itemsOf = (sheet: Definition): Item[] => sheet.groups.flatMap((group) => group.items)

/** Continues a draft; proposals of the machine stand in the choices, not among the own deductions. */
export function fromDraft(draft: Shown['draft']): Filled {
  if (!draft) return empty
  const own = draft.deductions.filter((one) => one.origin === 'person').map((one): Own => ({ itemCode: one.itemCode, points: one.points, note: one.note ?? '', sentenceId: one.sentenceId, speaker: one.speaker === 'agent' || one.speaker === 'citizen' ? one.speaker : null, atMs: one.atMs, field: one.field, quote: one.quote ?? '' }))
  return { scored: draft.scored, fatal: draft.fatal, choices: draft.choices, deductions: own, comment: draft.comment ?? '' }
}

export const bodyOf = (filled: Filled): Omit<InputOf<'saveQualityScore'>, 'id'> => ({ ...filled, comment: filled.comment.trim() || null })

/** What an item loses: proposals that were accepted, and own deductions. */
export function lossOf(code: string, filled: Filled, hits: readonly Hit[]): number {
  return hits.filter((one) => one.itemCode === code && filled.choices[one.id]?.choice === 'accepted').reduce((sum, one) => sum + one.points, 0) + filled.deductions.filter((one) => one.itemCode === code).reduce((sum, one) => sum + one.points, 0)
}

export function pointsOf(sheet: Definition, filled: Filled, hits: readonly Hit[]): number {
  if (filled.fatal.length > 0 || hits.some((one) => one.severity === 'fatal' && filled.choices[one.id]?.choice === 'accepted')) return 0
  return itemsOf(sheet).filter((one) => !one.fatal && (sheet.counting === 'deduct' || filled.scored.includes(one.code))).reduce((sum, one) => sum + Math.max(0, one.points - lossOf(one.code, filled, hits)), 0)
}

const withItem = (list: string[], code: string): string[] => (list.includes(code) ? list : [...list, code])
/** An item counts as scored as soon as somebody has said something about it. */
export const chosen = (filled: Filled, hit: Hit, choice: Choice): Filled => ({ ...filled, choices: { ...filled.choices, [hit.id]: choice }, scored: withItem(filled.scored, hit.itemCode) })
export const deducted = (filled: Filled, own: Own): Filled => ({ ...filled, deductions: [...filled.deductions, own], scored: withItem(filled.scored, own.itemCode) })
export const scoredFull = (filled: Filled, code: string): Filled => ({ ...filled, scored: withItem(filled.scored, code) })
export const restFull = (filled: Filled, sheet: Definition): Filled => ({ ...filled, scored: itemsOf(sheet).map((one) => one.code) })
export const missing = (filled: Filled, sheet: Definition): Item[] => itemsOf(sheet).filter((one) => one.mandatory && !one.fatal && !filled.scored.includes(one.code))
