// Service numbers: which called number leads where.
import { sql, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { policyChanged } from '../events.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import type * as contract from './line-contract.ts'
import { lineReach, requireLine } from './line-scope.ts'

type Row = Selectable<TelephonyTables['telephony_number']>

export async function listNumbers(ctx: Ctx) {
  const rows = await db(ctx).selectFrom('telephony_number').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('number').execute()
  return { items: await views(ctx, rows) }
}

async function views(ctx: Ctx, rows: Row[]) {
  const [may, flows, queues] = await Promise.all([
    lineReach(ctx, rows.map((r) => r.unit_id)),
    db(ctx).selectFrom('telephony_flow').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).execute(), db(ctx).selectFrom('telephony_queue').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  const nameOf = new Map([...flows.map((f) => [f.id, `流程“${f.name}”`] as const), ...queues.map((q) => [q.id, `队列“${q.name}”`] as const)])
  return rows.map((r) => ({ id: r.id, number: r.number, name: r.name, unitId: r.unit_id, flowId: r.flow_id, queueId: r.queue_id, shownNumber: r.shown_number, enabled: r.enabled, leadsTo: nameOf.get(r.flow_id ?? r.queue_id ?? '') ?? null, mayChange: may(r.unit_id), version: r.version, updatedAt: r.updated_at, changedByName: r.changed_by_name }))
}

type Target = { flowId?: string | null; queueId?: string | null }

async function checkTarget(ctx: Ctx, target: Target): Promise<void> {
  if (target.flowId && target.queueId) throw kernelErrors('invalid', { fields: [{ path: 'queueId', message: '流程和队列只能选一个' }] })
  if (!target.flowId && !target.queueId) throw kernelErrors('invalid', { fields: [{ path: 'flowId', message: '请选择号码进入的流程或队列' }] })
  if (target.flowId) {
    const flow = await db(ctx).selectFrom('telephony_flow').select('published').where('tenant_id', '=', ctx.tenantId).where('id', '=', target.flowId).executeTakeFirst()
    if (!flow?.published) throw kernelErrors('invalid', { fields: [{ path: 'flowId', message: flow ? '流程还没有发布' : '流程不存在' }] })
  }
  if (target.queueId && !(await db(ctx).selectFrom('telephony_queue').select('id').where('tenant_id', '=', ctx.tenantId).where('id', '=', target.queueId).executeTakeFirst())) throw kernelErrors('invalid', { fields: [{ path: 'queueId', message: '队列不存在' }] })
}

export async function addNumber(ctx: Ctx, input: Input<typeof contract.addNumber>) {
  authorize(ctx, 'telephony.lines')
  await requireLine(ctx, input.unitId)
  await checkTarget(ctx, input)
  // One called number leads to one tenant only, also where another tenant has it.
  const { rows } = await sql`select 1 from telephony_number where number = ${input.number}`.execute(ctx.acrossTenants('numbers are unique in the installation'))
  if (rows.length > 0) throw telephonyFail('numberTaken', { params: { number: input.number }, fields: [{ path: 'number', message: '号码已被使用' }] })
  const id = newId()
  await db(ctx).insertInto('telephony_number').values({ tenant_id: ctx.tenantId, id, unit_id: input.unitId, number: input.number, name: input.name, flow_id: input.flowId, queue_id: input.queueId, shown_number: input.shownNumber, enabled: input.enabled, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }).execute()
  return told(ctx, id, 'addServiceNumber', {})
}

export async function changeNumber(ctx: Ctx, input: Input<typeof contract.changeNumber>) {
  authorize(ctx, 'telephony.lines')
  const row = await lock(ctx, input.id)
  await requireLine(ctx, row.unit_id)
  if (input.unitId !== undefined) await requireLine(ctx, input.unitId)
  requireVersion(row, input.version)
  const next = { name: input.name ?? row.name, unit_id: input.unitId === undefined ? row.unit_id : input.unitId, flow_id: input.flowId === undefined ? row.flow_id : input.flowId, queue_id: input.queueId === undefined ? row.queue_id : input.queueId, shown_number: input.shownNumber === undefined ? row.shown_number : input.shownNumber, enabled: input.enabled ?? row.enabled }
  await checkTarget(ctx, { flowId: next.flow_id, queueId: next.queue_id })
  await db(ctx).updateTable('telephony_number').set((eb) => ({ ...next, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const before = row as Record<string, unknown>
  return told(ctx, row.id, 'changeServiceNumber', Object.fromEntries(Object.entries(next).filter(([k, v]) => before[k] !== v).map(([k, v]) => [k, { old: before[k] ?? null, new: v }])))
}

export async function removeNumber(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.lines')
  const row = await lock(ctx, input.id)
  await requireLine(ctx, row.unit_id)
  await db(ctx).deleteFrom('telephony_number').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removeServiceNumber', objectType: 'key:serviceNumber', objectId: row.id, text: row.number })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lines' }))
  return {}
}

async function lock(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('telephony_number').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

async function told(ctx: Ctx, id: string, act: string, changes: Record<string, { old: unknown; new: unknown }>) {
  ctx.audit({ module: 'telephony', act, objectType: 'key:serviceNumber', objectId: id, changes })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'lines' }))
  const [view] = await views(ctx, [await lock(ctx, id)])
  if (!view) throw telephonyFail('notFound')
  return view
}
