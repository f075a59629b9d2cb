// Bad ratings are not left alone: each becomes one task of a person, who hears the requester and answers him. Without an answer it stays open.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { askedWords } from '../../../kernel/text/index.ts'
import { channelNames, lockOrder, record } from '../../orders/index.ts'
import { afterCursor, boundCount, dayRange, nextPage, notify, setting, tenantById } from '../../platform/index.ts'
import { callbackFail } from '../callback.errors.ts'
import { db, readableTenants, seesOrder } from '../callback.queries.ts'
import { answerWays, ratedObjects } from './rating-contract.ts'
import type * as contract from './rating-contract.ts'
import { badStars, keyStars } from './rating.settings.ts'
import { careStateNames, objectNames, wayNames } from './rating.zh-CN.ts'

type RatedObject = (typeof ratedObjects)[number]
const isWay = (value: string | null): value is (typeof answerWays)[number] => value !== null && (answerWays as readonly string[]).includes(value)

/** Stars of a rating: of calls by the worth of the key; null where the key is worth nothing and the rating counts nowhere. */
async function worth(ctx: Ctx): Promise<RawBuilder<number>> {
  return sql<number>`case when r.object = 'call' then nullif((${await setting(ctx, keyStars)}::int[])[r.stars], 0) else r.stars end`
}

/** Each minute: ratings of the last days that are bad and have no task yet. A rating that sent its order back to the unit is answered by that. */
export async function takeBadRatings(ctx: Ctx): Promise<void> {
  const [most, stars] = [await setting(ctx, badStars), await worth(ctx)]
  const now = ctx.clock.now()
  const found = await db(ctx).selectFrom('callback_rating_view as r').select(['r.object', 'r.id', 'r.stars']).where('r.tenant_id', '=', ctx.tenantId).where('r.at', '>=', ts(plus(now, -7 * DAY))).where(stars, '<=', most).where(sql<boolean>`r.reopened is not true`)
    .where(sql<boolean>`not exists (select 1 from callback_care c where c.tenant_id = r.tenant_id and c.object = r.object and c.object_id = r.id)`).limit(200).execute()
  if (found.length === 0) return
  const made = await db(ctx).insertInto('callback_care').values(found.map((one) => ({ tenant_id: ctx.tenantId, id: newId(), object: one.object ?? '', object_id: one.id ?? '', state: 'open', created_at: ts(now) }))).onConflict((c) => c.columns(['tenant_id', 'object', 'object_id']).doNothing()).returning('id').execute()
  if (made.length === 0) return
  await notify(ctx, { type: 'callback.badRating', to: { permission: 'callback.assign' }, title: `${made.length} 条差评待处理`, link: '/callback/ratings?care=open', objectType: 'callbackCare', objectId: made[0]?.id ?? '', level: 'P3' })
  ctx.signal('callback.queue')
}

const PERIOD_FIELDS = ['r.id', 'r.object', 'r.at', 'r.text', 'r.agent_name as agentName', 'r.agent_id as agentId', 'r.order_id as orderId', 'r.phone_mask as phoneMask', 'r.service', 'o.number', 'o.lead_unit_name as unitName', 'c.id as careId', 'c.state as careState', 'c.opinion', 'c.answer', 'c.answer_way as way', 'c.done_at as doneAt', 'c.done_by_name as doneByName', 'r.tenant_id as tenantId'] as const

/** Ratings of a period; those of orders one may not see are left out. */
async function ratings(ctx: Ctx, input: { from?: string | undefined; to?: string | undefined; object?: RatedObject | undefined }) {
  const { from, before } = await dayRange(ctx, input.from, input.to)
  let query = db(ctx)
    .selectFrom('callback_rating_view as r')
    .leftJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'r.tenant_id').onRef('o.id', '=', 'r.order_id'))
    .leftJoin('callback_care as c', (join) => join.onRef('c.tenant_id', '=', 'r.tenant_id').onRef('c.object', '=', 'r.object').onRef('c.object_id', '=', 'r.id'))
    .where('r.tenant_id', 'in', readableTenants(ctx)).where(await worth(ctx), 'is not', null)
    .where((eb) => eb.or([eb('r.object', '<>', 'order'), seesOrder(ctx, eb as never) as never]))
  if (from) query = query.where('r.at', '>=', from)
  if (before) query = query.where('r.at', '<', before)
  return input.object ? query.where('r.object', '=', input.object) : query
}

export async function listRatings(ctx: Ctx, input: Input<typeof contract.listRatings>): Promise<Output<typeof contract.listRatings>> {
  authorize(ctx, 'callback.read')
  const stars = await worth(ctx)
  let query = await ratings(ctx, input)
  if (input.stars?.length) query = query.where(stars, 'in', input.stars.map(Number))
  if (input.bad) query = query.where(stars, '<=', await setting(ctx, badStars))
  if (input.care) query = input.care === 'none' ? query.where('c.id', 'is', null) : query.where('c.state', '=', input.care)
  if (input.agent) query = query.where('r.agent_name', '=', input.agent)
  if (input.number) query = query.where('o.number', '=', input.number)
  if (input.service !== undefined) query = query.where('r.service', '=', input.service)
  if (input.word) query = query.where(sql<boolean>`strpos(r.text, ${input.word}) > 0`)
  const rows = (await query.select(PERIOD_FIELDS).select(stars.as('stars')).where(afterCursor(input.cursor, 'r.at', 'r.id')).orderBy('r.at', 'desc').orderBy('r.id', 'desc').limit(input.limit + 1).execute()).flatMap((row) => (row.id === null || row.at === null ? [] : [{ ...row, id: row.id, at: row.at }]))
  const page = nextPage(rows, input.limit, (row) => row.at)
  const items = page.items.map((row) => {
    const object = ratedObjects.find((one) => one === row.object) ?? 'order'
    const state = row.careState === 'done' ? ('done' as const) : ('open' as const)
    return {
      id: row.id, object, objectName: objectNames[object], at: row.at, stars: row.stars, text: row.text, agentName: row.agentName, unitName: object === 'order' ? row.unitName : null, number: row.number, phoneMask: row.phoneMask, service: serviceName(object, row.service ?? ''),
      care: row.careId === null ? null : { id: row.careId, state, stateName: careStateNames[state], opinion: row.opinion, answer: row.answer, answerWayName: isWay(row.way) ? wayNames[row.way] : null, doneAt: row.doneAt, doneByName: row.doneByName, mayAnswer: state === 'open' && row.tenantId === ctx.tenantId && row.agentId !== ctx.actor.id && can(ctx, 'callback.complete') },
    }
  })
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

const average = (sum: number, n: number): string | null => (n === 0 ? null : (Math.round((sum / n) * 100) / 100).toFixed(2))

export async function ratingSummary(ctx: Ctx, input: Input<typeof contract.ratingSummary>): Promise<Output<typeof contract.ratingSummary>> {
  authorize(ctx, 'callback.read')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const bad = await setting(ctx, badStars)
  const rows = await (await ratings(ctx, input))
    .select(['r.object', 'r.agent_name as agentName', 'r.service', (await worth(ctx)).as('worth'), sql<string>`to_char(r.at at time zone ${timeZone}, 'YYYY-MM-DD')`.as('day'), sql<number>`count(*)::int`.as('n'), sql<number>`count(*) filter (where c.state = 'open')::int`.as('open'), sql<number>`count(*) filter (where c.state = 'done')::int`.as('done')])
    .groupBy(['r.object', 'r.agent_name', 'r.service', 'worth', 'day']).execute()
  const of = (some: typeof rows) => ({ n: some.reduce((sum, row) => sum + row.n, 0), stars: some.reduce((sum, row) => sum + row.n * row.worth, 0), bad: some.reduce((sum, row) => sum + (row.worth <= bad ? row.n : 0), 0) })
  const spread = (some: typeof rows) => [1, 2, 3, 4, 5].map((stars) => some.reduce((sum, row) => sum + (row.worth === stars ? row.n : 0), 0))
  const all = of(rows)
  return {
    total: all.n, average: average(all.stars, all.n), open: rows.reduce((sum, row) => sum + row.open, 0), done: rows.reduce((sum, row) => sum + row.done, 0), bad: all.bad, badStars: bad, distribution: spread(rows).map((count, i) => ({ stars: i + 1, count })),
    objects: ratedObjects.map((object) => { const one = of(rows.filter((row) => row.object === object)); return { object, name: objectNames[object], count: one.n, average: average(one.stars, one.n) } }),
    days: [...Map.groupBy(rows, (row) => row.day)].map(([day, some]) => { const one = of(some); return { day, count: one.n, average: average(one.stars, one.n) } }).toSorted((a, b) => (a.day < b.day ? -1 : 1)),
    services: [...Map.groupBy(rows, (row) => `${row.object} ${row.service ?? ''}`).values()].map((some) => { const one = of(some); const object = ratedObjects.find((each) => each === some[0]?.object) ?? 'order'; const service = some[0]?.service ?? ''; return { object, service, name: serviceName(object, service), count: one.n, average: average(one.stars, one.n), bad: one.bad } }).toSorted((a, b) => b.count - a.count).slice(0, 30),
    words: await wordsOf(ctx, input, bad),
    agents: [...Map.groupBy(rows.filter((row) => row.agentName !== null), (row) => row.agentName ?? '')].map(([agentName, some]) => { const one = of(some); return { agentName, count: one.n, average: average(one.stars, one.n), bad: one.bad, spread: spread(some) } }).toSorted((a, b) => Number(a.average ?? 9) - Number(b.average ?? 9)).slice(0, 50),
  }
}

const serviceName = (object: RatedObject, service: string): string => (object === 'order' ? (channelNames[service] ?? service) : service) || '未注明'

const TEXTS = 2000
const WORDS = 40

/** What people wrote about, by words of two characters and more; a word opens the ratings whose text has it. */
async function wordsOf(ctx: Ctx, input: Input<typeof contract.ratingSummary>, bad: number): Promise<{ word: string; count: number; bad: number }[]> {
  const rows = await (await ratings(ctx, input)).select(['r.text', (await worth(ctx)).as('worth')]).where('r.text', 'is not', null).orderBy('r.at', 'desc').limit(TEXTS).execute()
  const found = new Map<string, { count: number; bad: number }>()
  for (const row of rows) {
    for (const word of new Set(askedWords(row.text ?? '').filter((one) => one.length > 1 && !/^\d/.test(one) && (row.text ?? '').includes(one)))) {
      const old = found.get(word) ?? { count: 0, bad: 0 }
      found.set(word, { count: old.count + 1, bad: old.bad + (row.worth <= bad ? 1 : 0) })
    }
  }
  return [...found].map(([word, n]) => ({ word, ...n })).toSorted((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)).slice(0, WORDS)
}

export async function answerRating(ctx: Ctx, input: Input<typeof contract.answerRating>): Promise<Output<typeof contract.answerRating>> {
  authorize(ctx, 'callback.complete')
  const seen = await (await ratings(ctx, {})).select(['c.id', 'r.agent_id as agentId', 'r.order_id as orderId']).where('c.tenant_id', '=', ctx.tenantId).where('c.id', '=', input.id).executeTakeFirst()
  if (!seen) throw callbackFail('careNotFound')
  if (seen.agentId !== null && seen.agentId === ctx.actor.id) throw callbackFail('careOwn')
  if (input.answer === '') throw callbackFail('careUnanswered', { rule: 'callback.care', fields: [{ path: 'answer', message: '请填写已告知诉求人的处理结果' }] })
  const order = seen.orderId === null ? null : await lockOrder(ctx, seen.orderId)
  const done = await db(ctx).updateTable('callback_care').set({ state: 'done', opinion: input.opinion || null, answer: input.answer, answer_way: input.way, done_at: ts(ctx.clock.now()), done_by: ctx.actor.id, done_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('state', '=', 'open').returning('id').executeTakeFirst()
  if (!done) throw callbackFail('careDone', { rule: 'callback.care' })
  if (order) await record(ctx, order, { act: 'ratingAnswered', text: `${wayNames[input.way]}告知：${input.answer}`, data: { careId: input.id, opinion: input.opinion || null }, visibility: 'staff' })
  ctx.signal('callback.queue')
  return { id: done.id, state: 'done' }
}
