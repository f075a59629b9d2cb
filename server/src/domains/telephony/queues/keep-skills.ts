// Skills in three levels and who has them.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { userById } from '../../platform/index.ts'
import { policyChanged } from '../events.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import type * as contract from './queue-contract.ts'
import { seatUsers } from './queue.queries.ts'

type Skill = { id: string; parentId: string | null; code: string; name: string }

export async function skillRows(ctx: Ctx): Promise<(Skill & { path: string[] })[]> {
  const rows = await db(ctx).selectFrom('telephony_skill').select(['id', 'parent_id as parentId', 'code', 'name']).where('tenant_id', '=', ctx.tenantId).orderBy('code').execute()
  const byId = new Map(rows.map((r) => [r.id, r]))
  const pathOf = (row: Skill): string[] => { const above = row.parentId === null ? undefined : byId.get(row.parentId); return above ? [...pathOf(above), row.name] : [row.name] }
  return rows.map((row) => ({ ...row, path: pathOf(row) }))
}

export async function listSkills(ctx: Ctx) {
  authorize(ctx, 'telephony.queues')
  const held = await db(ctx).selectFrom('telephony_agent_skill').select(['skill_id', (eb) => eb.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).groupBy('skill_id').execute()
  const counts = new Map(held.map((h) => [h.skill_id, Number(h.n)]))
  return { items: (await skillRows(ctx)).map((row) => ({ ...row, agents: counts.get(row.id) ?? 0 })) }
}

export async function addSkill(ctx: Ctx, input: Input<typeof contract.addSkill>) {
  authorize(ctx, 'telephony.queues')
  const rows = await skillRows(ctx)
  const parent = input.parentId === null ? null : rows.find((r) => r.id === input.parentId)
  if (parent === undefined) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '上级技能不存在' }] })
  if ((parent?.path.length ?? 0) >= 3) throw kernelErrors('invalid', { fields: [{ path: 'parentId', message: '技能最多三级' }] })
  if (rows.some((r) => r.code === input.code)) throw telephonyFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  const id = newId()
  await db(ctx).insertInto('telephony_skill').values({ tenant_id: ctx.tenantId, id, parent_id: input.parentId, code: input.code, name: input.name }).execute()
  ctx.audit({ module: 'telephony', act: 'addSkill', objectType: 'key:skill', objectId: id, text: input.name })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'skills' }))
  return { id, ...input, path: [...(parent?.path ?? []), input.name], agents: 0 }
}

export async function removeSkill(ctx: Ctx, input: Input<typeof contract.removeSkill>) {
  authorize(ctx, 'telephony.queues')
  const rows = await skillRows(ctx)
  const row = rows.find((r) => r.id === input.id)
  if (!row) throw telephonyFail('notFound')
  const queues = await db(ctx).selectFrom('telephony_queue').select(['name', 'skills']).where('tenant_id', '=', ctx.tenantId).execute()
  const places = [...rows.filter((r) => r.parentId === row.id).map((r) => `下级技能“${r.name}”`), ...queues.filter((q) => JSON.stringify(q.skills).includes(row.id)).map((q) => `队列“${q.name}”`)]
  if (places.length > 0) throw telephonyFail('inUse', { params: { places: places.slice(0, 5).join('、') } })
  await db(ctx).deleteFrom('telephony_skill').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removeSkill', objectType: 'key:skill', objectId: row.id, text: row.name })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'skills' }))
  return {}
}

/** Everybody who may sit at a desk, with extension, queues and skills. */
export async function seatsOf(ctx: Ctx, only?: string) {
  const users = (await seatUsers(ctx)).filter((u) => only === undefined || u.id === only)
  const ids = users.map((u) => u.id)
  if (ids.length === 0) return []
  const [people, extensions, members, held, skills] = await Promise.all([
    Promise.all(ids.map((id) => userById(ctx, id))),
    db(ctx).selectFrom('telephony_extension').select(['user_id', 'extension']).where('tenant_id', '=', ctx.tenantId).where('user_id', 'in', ids).where('enabled', '=', true).execute(),
    db(ctx).selectFrom('telephony_queue_member').select(['user_id', 'queue_id']).where('tenant_id', '=', ctx.tenantId).where('user_id', 'in', ids).execute(),
    db(ctx).selectFrom('telephony_agent_skill').select(['user_id', 'skill_id', 'level']).where('tenant_id', '=', ctx.tenantId).where('user_id', 'in', ids).execute(),
    skillRows(ctx),
  ])
  const skillName = new Map(skills.map((s) => [s.id, s.path.join(' / ')]))
  return people.map((p) => ({
    userId: p.id, name: p.name, staffNo: p.staffNo, unitName: p.unitName, extension: extensions.find((e) => e.user_id === p.id)?.extension ?? null, queueIds: members.filter((m) => m.user_id === p.id).map((m) => m.queue_id),
    skills: held.filter((h) => h.user_id === p.id).map((h) => ({ skillId: h.skill_id, name: skillName.get(h.skill_id) ?? '', level: h.level })),
  }))
}

export async function listSeats(ctx: Ctx) {
  return { items: await seatsOf(ctx) }
}

export async function setSkills(ctx: Ctx, input: Input<typeof contract.setSkills>) {
  authorize(ctx, 'telephony.queues')
  const [seat] = await seatsOf(ctx, input.userId)
  if (!seat) throw telephonyFail('notFound')
  const known = new Set((await skillRows(ctx)).map((s) => s.id))
  if (input.skills.some((s) => !known.has(s.skillId))) throw kernelErrors('invalid', { fields: [{ path: 'skills', message: '技能不存在' }] })
  await db(ctx).deleteFrom('telephony_agent_skill').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', input.userId).execute()
  const unique = [...new Map(input.skills.map((s) => [s.skillId, s])).values()]
  if (unique.length > 0) await db(ctx).insertInto('telephony_agent_skill').values(unique.map((s) => ({ tenant_id: ctx.tenantId, user_id: input.userId, skill_id: s.skillId, level: s.level }))).execute()
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'skills' }))
  const [saved] = await seatsOf(ctx, input.userId)
  ctx.audit({ module: 'telephony', act: 'setAgentSkills', objectType: 'key:user', objectId: input.userId, changes: { skills: { old: seat.skills.map((s) => `${s.name} ${s.level}`), new: saved?.skills.map((s) => `${s.name} ${s.level}`) } } })
  return saved ?? seat
}
