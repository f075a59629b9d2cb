// Where public answers come from. Publications of the kind 问答 are the first source; the knowledge module adds its public items by this port.
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Doc } from '../../knowledge/index.ts'
import type { Instant } from '../../../kernel/time/index.ts'

export type Question = {
  /** `<source>:<id of the source>`. */
  id: string
  title: string
  answer: string
  category: string
  matterId: string | null
  updatedAt: Instant
  /** When it stops to hold, or null. */
  validUntil: Instant | null
  /** Of knowledge: the text with its form, and what stands beside it; the answer above is its plain text. */
  body?: { doc: Doc; summary: string; fields: { label: string; value: string }[]; basis: string; contact: string; source: string; version: number; files: { id: string; name: string; type: string; size: number }[] }
  /** How well it fits the words that were asked: 0 to 1. */
  fit: number
}
export type QuestionSource = {
  code: string
  /** Public and valid ones only: by words (best first), by category, or the newest; at most `limit`. */
  find(ctx: Ctx, which: { words?: readonly string[]; category?: string; limit: number }): Promise<Question[]>
  /** Null when it is not public, not valid any more, or unknown. Counts a read. */
  open(ctx: Ctx, id: string): Promise<Question | null>
  categories(ctx: Ctx): Promise<{ name: string; count: number }[]>
}

/** Sources of public answers, in module order. Nothing that is not public may ever come out of one. */
export const questionSources = definePort<() => QuestionSource>('intake.questionSources')

const sources = (): QuestionSource[] => questionSources.all().map((source) => source())

/** The best of all sources; a fit below `least` is left out. */
export async function findQuestions(ctx: Ctx, which: { words?: readonly string[]; category?: string; limit: number; least?: number }): Promise<Question[]> {
  const found = (await Promise.all(sources().map((source) => source.find(ctx, which)))).flat()
  const order = which.words ? (a: Question, b: Question) => b.fit - a.fit || b.updatedAt - a.updatedAt : (a: Question, b: Question) => b.updatedAt - a.updatedAt
  return found.filter((one) => one.fit >= (which.least ?? 0)).toSorted(order).slice(0, which.limit)
}

export async function openQuestion(ctx: Ctx, id: string): Promise<Question | null> {
  const [code, own] = [id.slice(0, id.indexOf(':')), id.slice(id.indexOf(':') + 1)]
  const source = sources().find((one) => one.code === code)
  return source ? source.open(ctx, own) : null
}

export async function questionCategories(ctx: Ctx): Promise<{ name: string; count: number }[]> {
  const sums = new Map<string, number>()
  for (const one of (await Promise.all(sources().map((source) => source.categories(ctx)))).flat()) sums.set(one.name, (sums.get(one.name) ?? 0) + one.count)
  return [...sums].map(([name, count]) => ({ name, count })).toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'zh'))
}
