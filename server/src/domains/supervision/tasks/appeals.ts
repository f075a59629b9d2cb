// The unit may appeal once against a card or task, on one of two grounds; the supervisor decides in the approval engine (SUP-19).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { decideFlow, flowsOf, startFlow, type FinishedFlow } from '../../flow/index.ts'
import { lockOrder, readOrder, record } from '../../orders/index.ts'
import { afterCursor, attachFiles, boundCount, nextPage, notify } from '../../platform/index.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { answersFor, db, inUnit, listedTenants, ownLine, seesOrder } from '../supervision.queries.ts'
import { step } from './open-task.ts'
import { appealStateNames, groundNames } from './task-texts.zh-CN.ts'
import type * as contract from './task-contract.ts'

const APPEAL = 'supervisionAppeal'

const appeals = (ctx: Ctx, tenants: string[]) =>
  db(ctx)
    .selectFrom('supervision_appeal as p')
    .innerJoin('order_view as o', (join) => join.onRef('o.tenant_id', '=', 'p.tenant_id').onRef('o.id', '=', 'p.order_id'))
    .where('p.tenant_id', 'in', tenants)
    .where((eb) => seesOrder(ctx, eb as never) as never)
const select = (query: ReturnType<typeof appeals>) =>
  query.select(['p.id', 'p.object_kind as objectKind', 'p.object_id as objectId', 'p.order_id as orderId', 'o.number', 'o.title', 'p.unit_name as unitName', 'p.ground', 'p.content', 'p.state', 'p.created_by_name as createdByName', 'p.created_at as createdAt', 'p.decided_at as decidedAt', 'p.opinion', 'p.flow_instance_id as flowInstanceId'])
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

async function views(ctx: Ctx, rows: Row[]): Promise<Output<typeof contract.appealRoute>[]> {
  const flows = await flowsOf(ctx, rows.flatMap((r) => (r.flowInstanceId && r.state === 'pending' ? [r.flowInstanceId] : [])))
  return rows.map((r) => ({
    ...r, number: r.number ?? '', title: r.title ?? '', objectKind: r.objectKind as 'card' | 'task', ground: r.ground as 'concluded' | 'notDue', groundName: groundNames[r.ground] ?? r.ground, state: r.state as 'pending' | 'upheld' | 'refused', stateName: appealStateNames[r.state] ?? r.state,
    mayDecide: r.flowInstanceId !== null && flows.get(r.flowInstanceId)?.mayDecide === true,
  }))
}

export async function listAppeals(ctx: Ctx, input: Input<typeof contract.listAppealsRoute>): Promise<Output<typeof contract.listAppealsRoute>> {
  authorize(ctx, 'supervision.read')
  let query = appeals(ctx, listedTenants(ctx, input)).where(ownLine(ctx, 'p.unit_id'))
  if (input.state) query = query.where('p.state', '=', input.state)
  if (input.objectKind) query = query.where('p.object_kind', '=', input.objectKind)
  if (input.unitId) query = query.where(inUnit(ctx, 'p.unit_id', input.unitId))
  const rows = await select(query).where(afterCursor(input.cursor, 'p.created_at', 'p.id')).orderBy('p.created_at', 'desc').orderBy('p.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.createdAt)
  return { items: await views(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

/** The appeal on an object; the caller has checked that the reader sees the object. */
export async function appealOf(ctx: Ctx, tenantId: string, kind: 'card' | 'task', objectId: string): Promise<Output<typeof contract.appealRoute> | null> {
  const rows = await select(appeals(ctx, [tenantId]).where('p.object_kind', '=', kind).where('p.object_id', '=', objectId)).execute()
  return (await views(ctx, rows))[0] ?? null
}

export async function appeal(ctx: Ctx, input: Input<typeof contract.appealRoute>): Promise<Output<typeof contract.appealRoute>> {
  authorize(ctx, 'supervision.answer')
  const object = input.objectKind === 'card'
    ? await db(ctx).selectFrom('supervision_card').select(['order_id', 'unit_id', 'unit_name', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.objectId).where(ownLine(ctx, 'unit_id')).executeTakeFirst()
    : await db(ctx).selectFrom('supervision_task').select(['order_id', 'unit_id', 'unit_name', 'close_kind as state']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.objectId).where(ownLine(ctx, 'unit_id')).executeTakeFirst()
  if (!object) throw supervisionFail(input.objectKind === 'card' ? 'cardNotFound' : 'taskNotFound')
  const seen = await readOrder(ctx, object.order_id)
  if (object.unit_id === null || !(await answersFor(ctx, [object.unit_id]))) throw supervisionFail('notYours', { rule: 'supervision.answer', params: { act: '申诉' } })
  if (object.state === 'void') throw supervisionFail('alreadyVoid', { rule: 'supervision.appeal.void' })
  const order = await lockOrder(ctx, seen.id)
  const id = newId()
  const made = await db(ctx).insertInto('supervision_appeal')
    .values({ tenant_id: ctx.tenantId, id, object_kind: input.objectKind, object_id: input.objectId, order_id: order.id, unit_id: object.unit_id, unit_name: object.unit_name ?? '', ground: input.ground, content: input.content, state: 'pending', flow_instance_id: null, created_by: userId(ctx), created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()), decided_at: null, opinion: null })
    .onConflict((c) => c.columns(['tenant_id', 'object_kind', 'object_id']).doNothing()).returning('id').executeTakeFirst()
  if (!made) throw supervisionFail('appealedOnce', { rule: 'supervision.appeal.once' })
  await attachFiles(ctx, { fileIds: input.fileIds, place: 'order', objectType: APPEAL, objectId: id, audience: 'staff' })
  const link = input.objectKind === 'task' ? `/supervision/tasks/${input.objectId}` : `/supervision/appeals?state=pending`
  const flow = await startFlow(ctx, { key: 'supervision.appeal', objectType: APPEAL, objectId: id, subjectUnitId: object.unit_id, applicantName: ctx.actor.name, title: `督办申诉：${order.title}`, link })
  await db(ctx).updateTable('supervision_appeal').set({ flow_instance_id: flow.instanceId }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
  if (input.objectKind === 'task') await step(ctx, input.objectId, 'appealed', `${groundNames[input.ground] ?? ''}：${input.content}`)
  await record(ctx, order, { act: 'superviseAppeal', text: input.content, data: { appealId: id, objectKind: input.objectKind, ground: input.ground } })
  ctx.signal('supervision.board')
  return one(ctx, id)
}

async function one(ctx: Ctx, id: string): Promise<Output<typeof contract.appealRoute>> {
  const [view] = await views(ctx, await select(appeals(ctx, [ctx.tenantId]).where('p.id', '=', id)).execute())
  if (!view) throw supervisionFail('appealNotFound')
  return view
}

export async function decideAppeal(ctx: Ctx, input: Input<typeof contract.decideAppealRoute>): Promise<Output<typeof contract.decideAppealRoute>> {
  authorize(ctx, 'supervision.manage')
  const found = await one(ctx, input.id)
  if (found.state !== 'pending' || found.flowInstanceId === null) throw supervisionFail('appealDecided', { rule: 'supervision.appeal.pending', params: { state: found.stateName } })
  await decideFlow(ctx, { instanceId: found.flowInstanceId, outcome: input.outcome === 'uphold' ? 'approve' : 'return', opinion: input.opinion })
  return one(ctx, input.id)
}

/** On the end of the approval: upheld, the object is void, stays visible and no longer counts; refused, it stands. */
export async function appealFinished(ctx: Ctx, finished: FinishedFlow): Promise<void> {
  if (finished.objectType !== APPEAL) return
  const found = await db(ctx).selectFrom('supervision_appeal').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', finished.objectId).forUpdate().executeTakeFirst()
  if (!found || found.state !== 'pending') return
  const upheld = finished.outcome === 'approved'
  const now = ts(ctx.clock.now())
  await db(ctx).updateTable('supervision_appeal').set({ state: upheld ? 'upheld' : 'refused', decided_at: now, opinion: finished.opinion }).where('tenant_id', '=', ctx.tenantId).where('id', '=', found.id).execute()
  if (upheld && found.object_kind === 'card') await db(ctx).updateTable('supervision_card').set({ state: 'void', ended_at: now, ended_reason: `申诉成立：${groundNames[found.ground] ?? ''}` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', found.object_id).execute()
  if (found.object_kind === 'task') {
    if (upheld) await db(ctx).updateTable('supervision_task').set({ state: 'closed', close_kind: 'void', closed_at: now, closed_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', found.object_id).execute()
    await step(ctx, found.object_id, 'ruled', `${appealStateNames[upheld ? 'upheld' : 'refused'] ?? ''}：${finished.opinion}`)
  }
  const order = await lockOrder(ctx, found.order_id)
  await record(ctx, order, { act: upheld ? 'superviseVoid' : 'superviseUphold', text: finished.opinion, data: { appealId: found.id, objectKind: found.object_kind } })
  await notify(ctx, { type: 'supervision.appeal', to: { userIds: [found.created_by] }, level: 'P2', title: `督办申诉${upheld ? '成立' : '不成立'}：${order.title}`, text: finished.opinion, link: found.object_kind === 'task' ? `/supervision/tasks/${found.object_id}` : `/orders/${order.number}`, objectType: APPEAL, objectId: found.id })
  ctx.signal('supervision.board')
}
