// What an appeal tells beside its matter: the feeling in its words (AI-26) and against whom it is directed (AI-24). People set it right.
import type { Selectable } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { applicationOf, elementsIn, emotionOf, type AiTables } from '../../ai/index.ts'
import { enterpriseNamed } from '../../matters/index.ts'
import { areaName, areaPrefix, tenantById, wordsIn } from '../../platform/index.ts'
import { readOrder } from '../orders.policy.ts'
import type { OrderRow } from '../orders.queries.ts'
import type * as contract from './learning-contract.ts'

type Row = Selectable<AiTables['ai_subject']>
type Subject = Output<typeof contract.readingRoute>['subjects'][number]
const MOST = 5

const table = (ctx: Ctx) => ctx.db<AiTables>()
const rowsOf = (ctx: Ctx, orderId: string): Promise<Row[]> => table(ctx).selectFrom('ai_subject').selectAll().where('tenant_id', '=', ctx.tenantId).where('order_id', '=', orderId).orderBy('at').orderBy('id').execute()

/** Own words of the site: of the kinds that speak of conduct, those filed under 情绪 or 正面. */
export async function ownFeelings(ctx: Ctx, text: string) {
  const hits = await wordsIn(ctx, text, ['quality', 'sensitive'])
  return hits.filter((hit) => /情绪|正面/.test(hit.category)).map((hit) => ({ word: hit.word, weight: hit.category.includes('正面') ? 2 : hit.grade === 'high' ? -3 : hit.grade === 'low' ? -1 : -2 }))
}

/** Names in the text that are no part of a sensitive word; a known name or alias is the registry's enterprise, an unknown one stays unlinked. */
export async function readSubjects(ctx: Ctx, order: OrderRow): Promise<void> {
  const text = `${order.title}。${order.content}`
  const held = new Set((await rowsOf(ctx, order.id)).flatMap((row) => [row.raw, row.name]))
  const barred = await wordsIn(ctx, text, ['sensitive'])
  const found = elementsIn(text).filter((one) => one.kind === 'enterprise' && !held.has(one.raw) && !barred.some((hit) => hit.from < one.at + one.raw.length && one.at < hit.to)).slice(0, MOST)
  const home = areaPrefix((await tenantById(ctx, ctx.tenantId)).areaCode)
  for (const one of found) {
    const known = await enterpriseNamed(ctx, one.value)
    await table(ctx).insertInto('ai_subject').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, raw: one.raw, name: known?.name ?? one.value, enterprise_id: known?.id ?? null, industry: known?.industry ?? null, area_code: known?.areaCode ?? null, out_of_area: known?.areaCode ? !known.areaCode.startsWith(home) : false, confidence: known ? Math.max(one.confidence, 0.9) : one.confidence, by: 'machine', at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  }
}

/** Two names of one enterprise are one subject. */
async function shown(ctx: Ctx, rows: readonly Row[]): Promise<Subject[]> {
  const seen = new Set<string>()
  const apart = rows.filter((row) => !row.dropped && !seen.has(row.enterprise_id ?? row.name) && seen.add(row.enterprise_id ?? row.name))
  return Promise.all(apart.map(async (row): Promise<Subject> => ({ id: row.id, raw: row.raw, name: row.name, enterpriseId: row.enterprise_id, industry: row.industry, areaName: row.area_code ? await areaName(ctx, row.area_code) : null, outOfArea: row.out_of_area, confidence: Number(row.confidence), by: row.by === 'person' ? 'person' : 'machine' })))
}

const mayChange = (ctx: Ctx, order: OrderRow): boolean => order.tenant_id === ctx.tenantId && (can(ctx, 'orders.review') || can(ctx, 'orders.register') || can(ctx, 'orders.handle'))

/** Read anew on each opening: what a person said of a name stays. */
export async function readOrderText(ctx: Ctx, input: Input<typeof contract.readingRoute>): Promise<Output<typeof contract.readingRoute>> {
  authorize(ctx, 'ai.use')
  const order = await readOrder(ctx, input.id)
  const [emotion, subject] = [await applicationOf(ctx, 'emotion'), await applicationOf(ctx, 'subject')]
  const text = `${order.title}。${order.content}`
  const own = order.tenant_id === ctx.tenantId
  if (subject.mode !== 'off' && own) await readSubjects(ctx, order)
  return { emotion: emotion.mode === 'off' ? null : emotionOf(text, await ownFeelings(ctx, text)), subjects: subject.mode === 'off' || !own ? [] : await shown(ctx, await rowsOf(ctx, order.id)), mayChange: mayChange(ctx, order) }
}

/** A name set right, a name added, or (null) none at all. */
export async function changeSubject(ctx: Ctx, input: Input<typeof contract.changeSubjectRoute>): Promise<Output<typeof contract.changeSubjectRoute>> {
  authorize(ctx, 'ai.use')
  const order = await readOrder(ctx, input.id)
  if (!mayChange(ctx, order)) authorize(ctx, 'orders.review')
  const known = input.name ? await enterpriseNamed(ctx, input.name) : null
  const home = areaPrefix((await tenantById(ctx, ctx.tenantId)).areaCode)
  const values = { name: known?.name ?? (input.name || input.raw), enterprise_id: known?.id ?? null, industry: known?.industry ?? null, area_code: known?.areaCode ?? null, out_of_area: known?.areaCode ? !known.areaCode.startsWith(home) : false, confidence: 1, by: 'person', dropped: input.name === null || input.name === '', at: ts(ctx.clock.now()), by_name: ctx.actor.name }
  await table(ctx).insertInto('ai_subject').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, raw: input.raw, ...values }).onConflict((c) => c.columns(['tenant_id', 'order_id', 'raw']).doUpdateSet(values)).execute()
  return { subjects: await shown(ctx, await rowsOf(ctx, order.id)) }
}
