// Lost points down to their evidence: each names its order or its line of the rules, and all of them add up.
import { expressionBuilder, sql } from 'kysely'
import Fraction from 'fraction.js'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { decimal, factOf } from '../data/index.ts'
import { clockNames, readOrder, stateNames, visible } from '../orders/index.ts'
import { unitsByIds } from '../platform/index.ts'
import { attribute, lostTotal, rowsOf, type Attribution, type FactRow } from './attribute.ts'
import { db, periodById, type Run } from './assessment.queries.ts'
import type * as contract from './contract.ts'
import { ratioOf } from './linear.ts'
import { EXTRA } from './losses.ts'
import { requireObject } from './policy.ts'
import { chosenRun } from './read-periods.ts'
import { assessmentFail } from './assessment.errors.ts'
import { answerNames, appealStateNames, directionNames, leftOutNames, ruleText } from './texts.zh-CN.ts'

type LossView = Output<typeof contract.lossesRoute>['items'][number]
type Head = { id: string; number: string | null; title: string | null }

/** Number and title of those orders that the reader may see. */
async function heads(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Head>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Head>`select o.id, o.number, o.title from orders_pub_fact_view o where o.tenant_id = ${ctx.tenantId} and o.id = any(${ids}::uuid[]) and ${visible(ctx, expressionBuilder() as never)}`.execute(db(ctx))
  return new Map(rows.map((r) => [r.id, r]))
}

async function needed(ctx: Ctx, input: { id: string; objectId: string; runId?: string | undefined }): Promise<Run> {
  await requireObject(ctx, input.objectId)
  const run = await chosenRun(ctx, await periodById(ctx, input.id), input.runId)
  if (!run) throw assessmentFail('notFound')
  return run
}

async function appealsOf(ctx: Ctx, objectId: string, periodId: string): Promise<Map<string, string>> {
  const rows = await db(ctx).selectFrom('assessment_appeal').select(['order_id', 'item', 'state']).where('tenant_id', '=', ctx.tenantId).where('period_id', '=', periodId).where('object_id', '=', objectId).orderBy('asked_at').execute()
  return new Map(rows.map((r) => [`${r.item}:${r.order_id}`, r.state]))
}

function views(a: Attribution, found: ReadonlyMap<string, Head>, appeals: ReadonlyMap<string, string>, part: Attribution['losses']): LossView[] {
  const scale = a.run.pins.definition.scale + EXTRA
  return part.map((l) => {
    const head = l.orderId === null ? undefined : found.get(l.orderId)
    const item = a.score.items.find((i) => i.code === l.item)
    const appeal = appeals.get(`${l.item}:${l.orderId}`) ?? null
    const among = a.losses.filter((x) => x.item === l.item && x.orderId !== null).length
    return {
      key: `${l.item}:${l.orderId ?? ''}`, item: l.item, itemName: l.rule.name, cause: l.rule.cause, basis: l.rule.basis, orderId: l.orderId, number: head?.number ?? null, title: head?.title ?? null, points: decimal(l.points, scale) ?? '0',
      calculation: l.orderId === null ? ruleText(l.rule, item?.rank ?? null) : `${item?.lost ?? '0'} 分由 ${among} 件分摊`, behind: l.behind.length, appeal, appealName: appeal === null ? null : appealStateNames[appeal as keyof typeof appealStateNames],
    }
  })
}

export async function listLosses(ctx: Ctx, input: Input<typeof contract.lossesRoute>): Promise<Output<typeof contract.lossesRoute>> {
  authorize(ctx, 'assessment.read')
  const run = await needed(ctx, input)
  const a = await attribute(ctx, run, input.objectId)
  const behind = input.behind ? a.losses.find((l) => l.item === input.behind && l.orderId === null) : undefined
  const all = behind ? behind.behind.map((orderId) => ({ ...behind, orderId, points: new Fraction(0), behind: [] as string[] })) : a.losses.filter((l) => !input.item || l.item === input.item)
  const sorted = all.toSorted((x, y) => Number(x.orderId !== null) - Number(y.orderId !== null) || y.points.compare(x.points) || ((x.orderId ?? '') < (y.orderId ?? '') ? -1 : 1))
  const from = Number(input.cursor ?? '0') || 0
  const page = sorted.slice(from, from + input.limit)
  const found = await heads(ctx, page.flatMap((l) => l.orderId ?? []))
  const lost = lostTotal(a.score)
  const sum = a.losses.reduce((total, l) => total.add(l.points), new Fraction(0))
  return {
    items: views(a, found, await appealsOf(ctx, input.objectId, input.id), page), next: from + input.limit < sorted.length ? String(from + input.limit) : null, count: sorted.length,
    lost: decimal(lost, run.pins.definition.scale) ?? '0', agrees: sum.equals(lost),
  }
}

export async function listLeftOut(ctx: Ctx, input: Input<typeof contract.leftOutRoute>): Promise<Output<typeof contract.leftOutRoute>> {
  authorize(ctx, 'assessment.read')
  const run = await needed(ctx, input)
  const { snapshot, object } = await attribute(ctx, run, input.objectId)
  const apart = leftOutByOrder(await rowsOf(ctx, run, snapshot, object))
  const ids = [...apart.keys()].slice(0, 1000)
  const found = await heads(ctx, ids)
  const details = ids.length === 0 ? [] : await db(ctx).selectFrom('orders_pub_exclusion_view').select(['order_id', 'reason_class', 'reason']).where('tenant_id', '=', ctx.tenantId).where('order_id', 'in', ids).orderBy('approved_at').execute()
  const detail = new Map(details.map((d) => [d.order_id, `${d.reason_class ?? ''} ${d.reason ?? ''}`.trim()]))
  return { items: ids.map((orderId) => { const reason = apart.get(orderId) ?? 'type'; return { orderId, number: found.get(orderId)?.number ?? null, title: found.get(orderId)?.title ?? null, reason, reasonName: leftOutNames[reason], /* What was written of an order is for who may read it. */ detail: found.has(orderId) && (reason === 'excluded' || reason === 'shelved') ? (detail.get(orderId) ?? '') : '' } }) }
}

type LeftOut = keyof typeof leftOutNames
export function leftOutByOrder(rows: readonly FactRow[]): Map<string, LeftOut> {
  const found = new Map<string, LeftOut>()
  for (const r of rows) {
    const reason = r.corrected && r.gone ? 'appeal' : r.left_out !== null ? (r.left_out as LeftOut) : r.superseded ? 'superseded' : null // held by who writes the rows
    if (reason && !(found.has(r.order_id) && reason === 'superseded')) found.set(r.order_id, reason)
  }
  return found
}

/** One order's part: what it counted for and what not, the answers, the clocks, the calls. */
export async function showEvidence(ctx: Ctx, input: Input<typeof contract.evidenceRoute>): Promise<Output<typeof contract.evidenceRoute>> {
  authorize(ctx, 'assessment.read')
  const run = await needed(ctx, input)
  const order = await readOrder(ctx, input.orderId)
  const a = await attribute(ctx, run, input.objectId)
  const rows = await rowsOf(ctx, run, a.snapshot, a.object, input.orderId)
  if (rows.length === 0) throw assessmentFail('notFound')
  const names = new Map(a.snapshot.pins.indicators.map((i) => [i.code, i.name]))
  const by = <T extends 'callback_pub_result_view' | 'orders_pub_clock_view' | 'telephony_pub_call_view'>(view: T) => db(ctx).selectFrom(view)
  const callbacks = await by('callback_pub_result_view').select(['at', 'way', 'contacted', 'solved', 'satisfied', 'round']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).orderBy('at', 'desc').execute()
  const clocks = await by('orders_pub_clock_view').select(['kind', 'unit_id', 'due_at', 'met_at', 'rule_text', 'state']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).where('state', '<>', 'cancelled').orderBy('due_at').execute()
  const calls = await by('telephony_pub_call_view').select(['id', 'started_at', 'direction', 'talk_ms']).where('tenant_id', '=', ctx.tenantId).where('order_id', '=', order.id).orderBy('started_at').limit(50).execute()
  const units = await unitsByIds(ctx, [...new Set(clocks.flatMap((c) => c.unit_id ?? []))])
  const now = ctx.clock.now()
  const indicators = new Map(a.snapshot.pins.indicators.map((i) => [i.code, i]))
  const ratios = run.pins.definition.items.flatMap((i) => ratioOf(i.value, indicators) ?? [])
  return {
    orderId: order.id, number: order.number, title: order.title, stateName: stateNames[order.state], unitName: order.lead_unit_name, losses: views(a, new Map([[order.id, order]]), await appealsOf(ctx, input.objectId, input.id), a.losses.filter((l) => l.orderId === order.id)),
    rows: rows.map((r) => {
      const group = a.snapshot.pins.groups[r.grp]
      const codes = group?.codes ?? []
      const meets = (i: number): boolean => (r.hits & (1n << BigInt(i))) !== 0n
      const asked = (code: string): boolean => ratios.some((ratio) => ratio.top.has(code) && codes.some((c, i) => ratio.bottom.has(c) && meets(i)))
      const why = leftOutByOrder([r]).get(r.order_id)
      return { factName: factOf(group?.fact ?? '')?.label ?? '', at: r.at, meets: codes.filter((_, i) => meets(i)).map((c) => names.get(c) ?? c), lacks: codes.filter((code, i) => !meets(i) && asked(code)).map((c) => names.get(c) ?? c), leftOut: why ? leftOutNames[why] : null, corrected: r.corrected }
    }),
    callbacks: callbacks.flatMap((c) => (c.at === null ? [] : [{ at: c.at, way: c.way ?? '', contacted: answerNames[c.contacted ?? ''] ?? '–', solved: answerNames[c.solved ?? ''] ?? '–', satisfied: answerNames[c.satisfied ?? ''] ?? '–', round: c.round ?? 1 }])),
    clocks: clocks.flatMap((c) => (c.due_at === null ? [] : [{ kind: clockNames[c.kind as keyof typeof clockNames] ?? c.kind ?? '', unitName: units.get(c.unit_id ?? '')?.name ?? null, dueAt: c.due_at, metAt: c.met_at, late: (c.met_at ?? (now as Instant)) > c.due_at, ruleText: c.rule_text ?? '' }])),
    calls: calls.flatMap((c) => (c.started_at === null ? [] : [{ id: c.id, at: c.started_at, directionName: directionNames[c.direction ?? ''] ?? '', talkMs: c.talk_ms }])),
  }
}
