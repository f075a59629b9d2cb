import { keyedHash } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { askedWords } from '../../../kernel/text/index.ts'
import { findMatter } from '../../matters/index.ts'
import { wordsIn } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { keptPublications } from '../publications/read-publications.ts'
import { admit } from '../throttle.ts'
import type * as contract from './question-contract.ts'
import { findQuestions, openQuestion, questionCategories, type Question } from './question-sources.ts'

const EXCERPT = 80
/** Below this a found item says nothing to what was asked. */
export const LEAST_FIT = 0.34

const lineOf = (one: Question) => ({ id: one.id, title: one.title, excerpt: one.answer.replaceAll(/\s+/g, ' ').slice(0, EXCERPT), category: one.category })

export async function searchQuestions(ctx: Ctx, input: Input<typeof contract.findQuestionsRoute>): Promise<Output<typeof contract.findQuestionsRoute>> {
  if (input.query && (await wordsIn(ctx, input.query, ['filter'])).length > 0) return { items: [], categories: await questionCategories(ctx) }
  const found = await findQuestions(ctx, { ...(input.query ? { words: askedWords(input.query), least: LEAST_FIT } : {}), ...(input.category ? { category: input.category } : {}), limit: input.limit })
  const categories = await questionCategories(ctx)
  if (found.length > 0 || !input.query || input.category) return { items: found.map(lineOf), categories }
  // 社保 names a category though no question says the word: its questions are what was meant.
  const typed = input.query.trim()
  const named = typed.length < 2 ? [] : categories.filter((one) => one.name.includes(typed)).slice(0, 3)
  const ofThem = (await Promise.all(named.map((one) => findQuestions(ctx, { category: one.name, limit: input.limit })))).flat()
  return { items: ofThem.slice(0, input.limit).map(lineOf), categories }
}

async function votesOf(ctx: Ctx, id: string): Promise<{ useful: number; useless: number }> {
  const rows = await db(ctx).selectFrom('intake_question_vote').select((eb) => ['useful', eb.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).where('item_id', '=', id).groupBy('useful').execute()
  return { useful: rows.find((r) => r.useful)?.n ?? 0, useless: rows.find((r) => !r.useful)?.n ?? 0 }
}

export async function readQuestion(ctx: Ctx, input: Input<typeof contract.openQuestionRoute>): Promise<Output<typeof contract.openQuestionRoute>> {
  const one = await openQuestion(ctx, input.id)
  if (!one) throw kernelErrors('notFound')
  const matter = one.matterId ? await findMatter(ctx, one.matterId) : null
  const related = (await findQuestions(ctx, { words: askedWords(one.title), limit: 4, least: LEAST_FIT })).filter((other) => other.id !== one.id).slice(0, 3)
  const keepId = one.id.startsWith('post:') ? one.id.slice(5) : null
  return {
    ...lineOf(one), answer: one.answer, updatedAt: one.updatedAt, validUntil: one.validUntil, ...(await votesOf(ctx, one.id)), keepId, kept: keepId !== null && (await keptPublications(ctx, [keepId])).has(keepId),
    matter: matter?.status === 'effective' ? { id: matter.id, name: matter.name } : null, related: related.map(lineOf), body: one.body ?? null,
  }
}

/** Once a person, else once a device; a second vote replaces the first. */
export async function voteQuestion(ctx: Ctx, input: Input<typeof contract.voteQuestionRoute>): Promise<Output<typeof contract.voteQuestionRoute>> {
  if (!(await openQuestion(ctx, input.id))) throw kernelErrors('notFound')
  await admit(ctx, { kind: 'voteAddress', value: ctx.ip ?? '', max: 60, minutes: 60 })
  const voter_hash = keyedHash(ctx.keys, 'intake.voter', ctx.actor.kind === 'citizen' ? `account:${ctx.actor.id ?? ''}` : `device:${input.device}`)
  await db(ctx).insertInto('intake_question_vote').values({ tenant_id: ctx.tenantId, item_id: input.id, voter_hash, useful: input.useful, created_at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'item_id', 'voter_hash']).doUpdateSet({ useful: input.useful })).execute()
  return votesOf(ctx, input.id)
}
