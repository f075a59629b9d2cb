// Ask-data: a question in words, what was understood, and the answer from the semantic layer under the asker's own scope.
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { maskText } from '../../../kernel/crypto/index.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { catalogueOf, dimensionOf, figures, onDay, type Catalogue } from '../../data/index.ts'
import { tenantById } from '../../platform/index.ts'
import { db } from '../boards.ts'
import * as contract from './ask-contract.ts'
import { compareNames, examples, follows, orderText, partLabels, refusalTexts } from './ask.zh-CN.ts'
import { comparedWith, parseQuestion, type Parsed, type Understood } from './parse-question.ts'
import { sentenceOf } from './sentence.ts'
import { vocabularyOf } from './vocabulary.ts'

type Turn = Output<typeof contract.askRoute>
const NEAREST = 4
const LIMIT = 200

async function former(ctx: Ctx, conversationId: string): Promise<Understood | null> {
  const row = await db(ctx).selectFrom('analytics_ask').select('query').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('conversation_id', '=', conversationId).where('query', 'is not', null).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row ? contract.understood.parse(row.query) : null
}

export async function askData(ctx: Ctx, input: Input<typeof contract.askRoute>): Promise<Turn> {
  authorize(ctx, 'data.read')
  const catalogue = await catalogueOf(ctx)
  const today = localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
  const conversationId = input.conversationId ?? newId()
  const parsed: Parsed = input.understood ? { kind: 'query', query: input.understood } : parseQuestion(input.text, await vocabularyOf(ctx, catalogue), today, input.conversationId ? await former(ctx, input.conversationId) : null)
  const known = parsed.kind === 'query' && parsed.query.indicators.every((code) => catalogue.get(code)?.state === 'active')
  const tried = known ? parsed.query : null
  const asked = tried ? await answerTo(ctx, questionOf(tried)) : null
  const answer = asked?.answer ?? null
  const query = answer ? tried : null
  const question = query ? questionOf(query) : null
  const refused = query ? null : parsed.kind === 'refused' ? parsed.reason : (asked?.refused ?? 'unknownIndicator')
  const id = newId()
  await db(ctx).insertInto('analytics_ask').values({ tenant_id: ctx.tenantId, id, user_id: userId(ctx), conversation_id: conversationId, at: ts(ctx.clock.now()), text: maskText(input.text), query: query ? json(query as never) : null, refused }).execute()
  return {
    id, conversationId, text: input.text, at: ctx.clock.now(), understood: query, words: query ? wordsOf(query, catalogue) : [], question, sentence: query && answer ? sentenceOf(query, answer) : null, favourite: false, feedback: null,
    refused: refused ? { kind: refused, text: refusalTexts[refused], nearest: refused === 'unknownIndicator' ? nearest(input.text, catalogue) : [] } : null,
    follow: query ? followsOf(query) : [...examples].slice(0, 3),
  }
}

type Tried = { answer: Awaited<ReturnType<typeof figures>>; refused: null } | { answer: null; refused: 'notAllowed' | 'notDivided' }

/** Figures that the asker has no right to, and groups that an indicator cannot be divided by, are answered in words: the question was understood. */
async function answerTo(ctx: Ctx, question: NonNullable<Turn['question']>): Promise<Tried> {
  try {
    return { answer: await figures(ctx, { ...question, below: false }), refused: null }
  } catch (error) {
    const refused = error instanceof AppError ? (error.code === 'kernel.forbidden' ? 'notAllowed' : error.code === 'data.notOfFact' || error.code === 'data.noTime' ? 'notDivided' : null) : null
    if (refused === null) throw error
    return { answer: null, refused }
  }
}

function questionOf(q: Understood): NonNullable<Turn['question']> {
  return {
    indicators: q.indicators, dimensions: q.by, where: q.where.map((w) => ({ dimension: w.dimension, values: [...new Set(w.members.flatMap((m) => m.keys))].slice(0, LIMIT) })), from: q.from, to: q.to,
    ...(q.compare ? { compare: q.compare } : {}), ...(q.order ? { order: q.order } : {}), known: q.order !== null, limit: q.limit ?? LIMIT,
  }
}

const nameOf = (catalogue: Catalogue, code: string): string => catalogue.get(code)?.name ?? code

/** What was understood, part by part, for chips that can be corrected. */
function wordsOf(q: Understood, catalogue: Catalogue): Turn['words'] {
  const base = comparedWith(q)
  const one = (part: keyof typeof partLabels, text: string, hint: string | null = null) => ({ part, label: partLabels[part], text, hint })
  return [
    ...q.indicators.map((code) => { const entry = catalogue.get(code); return one('indicator', nameOf(catalogue, code), entry ? onDay(entry, q.to).definition.statement : null) }), ...q.by.map((key) => one('by', dimensionOf(key)?.label ?? key)),
    ...q.where.map((w) => one('where', `${dimensionOf(w.dimension)?.label ?? w.dimension} = ${w.members.map((m) => m.name).join('、')}`)), one('period', q.from === q.to ? q.from : `${q.from} 至 ${q.to}`),
    ...(q.compare ? [one('compare', compareNames[q.compare], base ? `${base.from} 至 ${base.to}` : null)] : []), ...(q.order ? [one('order', orderText(nameOf(catalogue, q.order.replace(/^-/, '')), q.order.startsWith('-'), q.limit))] : []),
  ]
}

function followsOf(q: Understood): string[] {
  return [...(q.compare ? [] : [follows.compare, follows.previous]), ...(q.by.length === 0 ? [follows.street, follows.unit, follows.trend] : q.order ? [follows.worst] : [follows.top])].slice(0, 4)
}

/** Indicators whose names share most signs with the question. */
function nearest(text: string, catalogue: Catalogue): { code: string; name: string }[] {
  const signs = new Set(text)
  return [...catalogue.values()].filter((e) => e.state === 'active').map((e) => ({ code: e.code, name: e.name, shared: [...new Set(e.name)].filter((c) => signs.has(c)).length / e.name.length })).toSorted((a, b) => b.shared - a.shared).slice(0, NEAREST).map(({ code, name }) => ({ code, name }))
}

export async function listAsks(ctx: Ctx, input: Input<typeof contract.asksRoute>): Promise<Output<typeof contract.asksRoute>> {
  authorize(ctx, 'data.read')
  let query = db(ctx).selectFrom('analytics_ask').select(['id', 'conversation_id as conversationId', 'text', 'at', 'refused', 'favourite']).where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx))
  if (input.favourite) query = query.where('favourite', '=', true)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(300).execute()
  return { items: rows.filter((r) => !input.text || r.text.includes(input.text)).slice(0, 50).map((r) => ({ ...r, refused: r.refused !== null })), examples: [...examples] }
}

/** Own questions only. @throws kernel.notFound */
export async function markAsk(ctx: Ctx, input: Input<typeof contract.markAskRoute>): Promise<Record<string, never>> {
  authorize(ctx, 'data.read')
  const set = { ...(input.favourite === undefined ? {} : { favourite: input.favourite }), ...(input.feedback === undefined ? {} : { feedback: input.feedback }) }
  const done = Object.keys(set).length === 0 ? undefined : await db(ctx).updateTable('analytics_ask').set(set).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('user_id', '=', userId(ctx)).returning('id').executeTakeFirst()
  if (!done) throw kernelErrors('notFound')
  return {}
}
