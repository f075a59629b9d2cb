// Queues and who serves them: changes reach the exchange with the next policy, running calls keep theirs.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { policyChanged } from '../events.ts'
import { setting } from '../../platform/index.ts'
import { callbackAfter, ringTimeout } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import type * as contract from './queue-contract.ts'
import { lockQueue, membersOf, queueRows, queueShape, queueViews, seatUsers, type QueueRow } from './queue.queries.ts'
import { defaultStrategies, defaultWeights } from './queue.ts'

type Change = Omit<Partial<Input<typeof contract.addQueue>>, 'code'>

export async function listQueues(ctx: Ctx) {
  return { items: await queueViews(ctx, await queueRows(ctx)) }
}

export async function addQueue(ctx: Ctx, input: Input<typeof contract.addQueue>) {
  authorize(ctx, 'telephony.queues')
  if ((await queueRows(ctx)).some((q) => q.code === input.code)) throw telephonyFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  const id = newId()
  const columns = columnsOf(input)
  await checkReferences(ctx, id, input)
  await db(ctx).insertInto('telephony_queue').values({
    name: input.name, service: input.service, strategies: json(defaultStrategies), ring_seconds: await setting(ctx, ringTimeout), capacity: 0, weights: json(defaultWeights), callback_after_seconds: (await setting(ctx, callbackAfter)) * 60, ...columns,
    tenant_id: ctx.tenantId, id, code: input.code, ...stamp(ctx),
  }).execute()
  ctx.audit({ module: 'telephony', act: 'addQueue', objectType: 'key:queue', objectId: id, text: input.name })
  return told(ctx, id)
}

export async function changeQueue(ctx: Ctx, input: Input<typeof contract.changeQueue>) {
  authorize(ctx, 'telephony.queues')
  const row = await lockQueue(ctx, input.id)
  requireVersion(row, input.version)
  await checkReferences(ctx, row.id, input)
  if (row.open && input.overflow) await requireServable(ctx, row, input.overflow.length)
  await save(ctx, row, columnsOf(input))
  const before = { name: row.name, service: row.service, ...queueShape(row) } as Record<string, unknown>
  ctx.audit({ module: 'telephony', act: 'changeQueue', objectType: 'key:queue', objectId: row.id, changes: Object.fromEntries(Object.entries(input).filter(([k, v]) => k in before && JSON.stringify(before[k]) !== JSON.stringify(v)).map(([k, v]) => [k, { old: before[k], new: v }])) })
  return told(ctx, row.id)
}

export async function openQueue(ctx: Ctx, input: Input<typeof contract.openQueue>) {
  authorize(ctx, 'telephony.queues')
  const row = await lockQueue(ctx, input.id)
  if (input.open) await requireServable(ctx, row, queueShape(row).overflow.length)
  await save(ctx, row, { open: input.open })
  ctx.audit({ module: 'telephony', act: 'openQueue', objectType: 'key:queue', objectId: row.id, changes: { open: { old: row.open, new: input.open } } })
  return told(ctx, row.id)
}

/** Who is left out gets no further call of the queue, but finishes the present one. */
export async function setMembers(ctx: Ctx, input: Input<typeof contract.setMembers>) {
  authorize(ctx, 'telephony.queues')
  const row = await lockQueue(ctx, input.id)
  const seats = new Map((await seatUsers(ctx)).map((u) => [u.id, u.name]))
  const stranger = input.members.find((m) => !seats.has(m.userId))
  if (stranger) throw kernelErrors('invalid', { fields: [{ path: 'members', message: '所选人员没有话务坐席权限' }] })
  const before = (await membersOf(ctx, [row.id])).get(row.id) ?? []
  if (row.open && input.members.length === 0 && queueShape(row).overflow.length === 0) throw telephonyFail('queueWithoutAgents', { rule: 'telephony.servableQueue' })
  await db(ctx).deleteFrom('telephony_queue_member').where('tenant_id', '=', ctx.tenantId).where('queue_id', '=', row.id).execute()
  const unique = [...new Map(input.members.map((m) => [m.userId, m])).values()]
  if (unique.length > 0) await db(ctx).insertInto('telephony_queue_member').values(unique.map((m) => ({ tenant_id: ctx.tenantId, queue_id: row.id, user_id: m.userId, tier: m.tier, added_at: ts(ctx.clock.now()), added_by_name: ctx.actor.name }))).execute()
  await save(ctx, row, {})
  ctx.audit({ module: 'telephony', act: 'setQueueMembers', objectType: 'key:queue', objectId: row.id, changes: { members: { old: before.map((m) => m.name), new: unique.map((m) => seats.get(m.userId)) } } })
  return told(ctx, row.id)
}

async function requireServable(ctx: Ctx, row: QueueRow, overflowSteps: number): Promise<void> {
  const members = (await membersOf(ctx, [row.id])).get(row.id) ?? []
  if (members.length === 0 && overflowSteps === 0 && !row.voicemail) throw telephonyFail('queueWithoutAgents', { rule: 'telephony.servableQueue' })
}

async function checkReferences(ctx: Ctx, own: string, change: Change): Promise<void> {
  const faults: { path: string; message: string }[] = []
  const queueIds = (change.overflow ?? []).flatMap((s) => ('queueId' in s.to ? [s.to.queueId] : []))
  if (queueIds.includes(own)) faults.push({ path: 'overflow', message: '不能溢出到自己' })
  const known = async (table: 'telephony_queue' | 'telephony_flow' | 'telephony_prompt' | 'telephony_skill', ids: string[], path: string, message: string): Promise<void> => {
    if (ids.length === 0) return
    const rows = await db(ctx).selectFrom(table).select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
    if (new Set(ids).size !== rows.length) faults.push({ path, message })
  }
  await known('telephony_queue', queueIds, 'overflow', '溢出去向的队列不存在')
  await known('telephony_flow', [...(change.overflow ?? []).flatMap((s) => ('flowId' in s.to ? [s.to.flowId] : [])), ...(change.surveyFlowId ? [change.surveyFlowId] : [])], 'surveyFlowId', '流程不存在')
  await known('telephony_prompt', change.musicPromptId ? [change.musicPromptId] : [], 'musicPromptId', '语音不存在')
  await known('telephony_skill', (change.skills ?? []).map((s) => s.skillId), 'skills', '技能不存在')
  await known('telephony_skill', [...new Set((change.rules ?? []).flatMap((rule) => rule.when.skills ?? []))], 'rules', '规则里的技能不存在')
  if (faults.length > 0) throw kernelErrors('invalid', { fields: faults })
}

function columnsOf(c: Change) {
  const set = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : { [key]: value } as Record<K, V>)
  return {
    ...set('name', c.name), ...set('unit_id', c.unitId), ...set('service', c.service), ...set('strategies', c.strategies && json(c.strategies)), ...set('ring_seconds', c.ringSeconds), ...set('capacity', c.capacity), ...set('wrap_up_seconds', c.wrapUpSeconds),
    ...(c.opening === undefined ? {} : { opening: c.opening === null ? null : json(c.opening) }), ...set('closed_on_holidays', c.closedOnHolidays), ...set('music_prompt_id', c.musicPromptId), ...set('skills', c.skills && json(c.skills)), ...set('overflow', c.overflow && json(c.overflow as never)), ...set('rules', c.rules && json(c.rules as never)), ...set('callback_after_seconds', c.callbackAfterSeconds),
    ...set('tell_position_seconds', c.tellPositionSeconds), ...set('say_staff_number', c.sayStaffNumber), ...set('record_notice', c.recordNotice), ...set('weights', c.weights && json(c.weights)), ...set('survey_flow_id', c.surveyFlowId), ...set('voicemail', c.voicemail),
  }
}

const stamp = (ctx: Ctx) => ({ updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

async function save(ctx: Ctx, row: QueueRow, change: object): Promise<void> {
  await db(ctx).updateTable('telephony_queue').set((eb) => ({ ...change, ...stamp(ctx), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
}

async function told(ctx: Ctx, id: string) {
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'queues' }))
  ctx.signal('telephony.queues', id)
  const [view] = await queueViews(ctx, [await lockQueue(ctx, id)])
  if (!view) throw telephonyFail('notFound')
  return view
}
