// Rows of queues, with the shapes of their JSON columns checked.
import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { unitsByIds, usersOf } from '../../platform/index.ts'
import type { TelephonyTables } from '../tables.gen.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import type { queueView } from './queue-contract.ts'
import { opening, overflow, rules, skillNeeds, strategies, weights } from './queue.ts'

export type QueueRow = Selectable<TelephonyTables['telephony_queue']>

/** The row with its JSON read; what a later version wrote otherwise falls back to nothing said. */
export const queueShape = (row: QueueRow) => ({
  strategies: strategies.parse(row.strategies), opening: row.opening === null ? null : opening.parse(row.opening), skills: skillNeeds.parse(row.skills), overflow: overflow.parse(row.overflow), rules: rules.parse(row.rules), weights: weights.parse(row.weights),
})

export async function queueRows(ctx: Ctx): Promise<QueueRow[]> {
  return db(ctx).selectFrom('telephony_queue').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('code').execute()
}

export async function lockQueue(ctx: Ctx, id: string): Promise<QueueRow> {
  const row = await db(ctx).selectFrom('telephony_queue').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

/** Who can sit at a desk now. */
export const seatUsers = (ctx: Ctx) => usersOf(ctx, { permission: 'telephony.desk' })

export async function membersOf(ctx: Ctx, queueIds: string[]): Promise<Map<string, { userId: string; name: string; tier: number }[]>> {
  if (queueIds.length === 0) return new Map()
  const names = new Map((await seatUsers(ctx)).map((u) => [u.id, u.name]))
  const rows = await db(ctx).selectFrom('telephony_queue_member').select(['queue_id', 'user_id', 'tier']).where('tenant_id', '=', ctx.tenantId).where('queue_id', 'in', queueIds).orderBy('tier').orderBy('added_at').execute()
  // Who lost the right to sit at a desk is no member any more, whatever the row says.
  const seated = rows.flatMap((r) => { const name = names.get(r.user_id); return name === undefined ? [] : [{ queueId: r.queue_id, userId: r.user_id, name, tier: r.tier }] })
  return new Map([...Map.groupBy(seated, (r) => r.queueId)].map(([id, list]) => [id, list.map(({ userId, name, tier }) => ({ userId, name, tier }))]))
}

export async function queueViews(ctx: Ctx, rows: QueueRow[]): Promise<z.output<typeof queueView>[]> {
  const ids = rows.map((r) => r.id)
  const [members, units, numbers, flows, others] = await Promise.all([
    membersOf(ctx, ids), unitsByIds(ctx, rows.flatMap((r) => r.unit_id ?? [])),
    ids.length === 0 ? [] : db(ctx).selectFrom('telephony_number').select(['number', 'queue_id']).where('tenant_id', '=', ctx.tenantId).where('queue_id', 'in', ids).execute(),
    db(ctx).selectFrom('telephony_flow').select(['name', 'draft']).where('tenant_id', '=', ctx.tenantId).execute(), db(ctx).selectFrom('telephony_queue').select(['id', 'name', 'overflow']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  const places = (id: string): string[] => [...numbers.filter((n) => n.queue_id === id).map((n) => `号码 ${n.number}`), ...flows.filter((f) => JSON.stringify(f.draft).includes(id)).map((f) => `流程“${f.name}”`), ...others.filter((q) => q.id !== id && JSON.stringify(q.overflow).includes(id)).map((q) => `队列“${q.name}”溢出`)]
  return rows.map((row) => ({
    id: row.id, code: row.code, name: row.name, unitId: row.unit_id, unitName: units.get(row.unit_id ?? '')?.name ?? null, service: row.service, ...queueShape(row), ringSeconds: row.ring_seconds, capacity: row.capacity, wrapUpSeconds: row.wrap_up_seconds,
    closedOnHolidays: row.closed_on_holidays, musicPromptId: row.music_prompt_id, callbackAfterSeconds: row.callback_after_seconds, tellPositionSeconds: row.tell_position_seconds, sayStaffNumber: row.say_staff_number, recordNotice: row.record_notice, surveyFlowId: row.survey_flow_id, voicemail: row.voicemail, open: row.open,
    members: members.get(row.id) ?? [], usedBy: places(row.id), version: row.version, updatedAt: row.updated_at, changedByName: row.changed_by_name,
  }))
}
