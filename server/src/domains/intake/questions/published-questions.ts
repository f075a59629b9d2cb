// Publications of the kind 问答 as a source of public answers. Title: the question; summary: other wordings of it; body: the answer.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { db } from '../accounts/account.queries.ts'
import type { PublicationRow } from '../publications/edit-publications.ts'
import { shownPublications } from '../publications/read-publications.ts'
import type { Question, QuestionSource } from './question-sources.ts'

const SOURCE = 'post'
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const faqs = (ctx: Ctx) => shownPublications(ctx).where('kind', '=', 'faq')

const questionOf = (row: PublicationRow, fit: number): Question => ({ id: `${SOURCE}:${row.id}`, title: row.title, answer: row.body, category: row.category, matterId: row.matter_id, updatedAt: row.published_at ?? row.updated_at, validUntil: row.expires_at, fit })

/** Share of the asked words that occur in question and wordings, long words counting more; a word of the answer alone counts a third. */
export function fitOf(words: readonly string[], question: string, answer: string): number {
  const weight = (word: string): number => (word.length === 1 ? 0.3 : word.length)
  const all = words.reduce((sum, word) => sum + weight(word), 0)
  if (all === 0) return 0
  const [q, a] = [question.normalize('NFKC').toLowerCase(), answer.normalize('NFKC').toLowerCase()]
  return words.reduce((sum, word) => sum + (q.includes(word) ? weight(word) : a.includes(word) ? weight(word) / 3 : 0), 0) / all
}

const CANDIDATES = 200

export const publishedQuestions: QuestionSource = {
  code: SOURCE,
  async find(ctx, { words, category, limit }) {
    let query = faqs(ctx)
    if (category) query = query.where('category', '=', category)
    if (words) {
      if (words.length === 0) return []
      query = query.where(sql<boolean>`search_tokens @@ ${words.map((word) => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' | ')}::tsquery`)
    }
    const rows = await query.selectAll().orderBy('pinned', 'desc').orderBy('published_at', 'desc').orderBy('id').limit(words ? CANDIDATES : limit).execute()
    const found = rows.map((row) => questionOf(row, words ? fitOf(words, `${row.title} ${row.summary}`, row.body) : 1))
    return (words ? found.toSorted((a, b) => b.fit - a.fit) : found).slice(0, limit)
  },
  async open(ctx, id) {
    if (!uuid.test(id)) return null
    const row = await faqs(ctx).selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return null
    await db(ctx).updateTable('intake_publication').set({ reads: sql<number>`reads + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    return questionOf(row, 1)
  },
  async categories(ctx) {
    return faqs(ctx).select((eb) => ['category as name', eb.fn.countAll<number>().as('count')]).where('category', '<>', '').groupBy('category').execute()
  },
}
