// Levels and objects: who is assessed, from when to when, among which peers.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import { areaExists, unitsByIds, userById } from '../platform/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import { db, type ObjectRow, type PinnedObject } from './assessment.queries.ts'
import type * as contract from './contract.ts'
import { objectKindNames } from './texts.zh-CN.ts'

type Level = Output<typeof contract.createLevelRoute>
type View = Output<typeof contract.createObjectRoute>

async function levels(ctx: Ctx, id?: string): Promise<Level[]> {
  let query = db(ctx).selectFrom('assessment_level as l').where('l.tenant_id', '=', ctx.tenantId)
  if (id) query = query.where('l.id', '=', id)
  const rows = await query.select(['l.id', 'l.code', 'l.name', 'l.goal', 'l.scope', 'l.standard'])
    .select((eb) => [eb.selectFrom('assessment_object as x').select((e) => e.fn.countAll<number>().as('n')).whereRef('x.tenant_id', '=', 'l.tenant_id').whereRef('x.level_id', '=', 'l.id').as('objects'), eb.selectFrom('assessment_model as m').select((e) => e.fn.countAll<number>().as('n')).whereRef('m.tenant_id', '=', 'l.tenant_id').whereRef('m.level_id', '=', 'l.id').as('models')])
    .orderBy('l.code').execute()
  return rows.map((r) => ({ ...r, objects: Number(r.objects ?? 0), models: Number(r.models ?? 0) }))
}
async function level(ctx: Ctx, id: string): Promise<Level> {
  const [found] = await levels(ctx, id)
  if (!found) throw assessmentFail('notFound')
  return found
}

export async function listLevels(ctx: Ctx): Promise<{ items: Level[] }> {
  authorize(ctx, 'assessment.read')
  return { items: await levels(ctx) }
}

export async function createLevel(ctx: Ctx, input: Input<typeof contract.createLevelRoute>): Promise<Level> {
  authorize(ctx, 'assessment.manage')
  if ((await levels(ctx)).some((l) => l.code === input.code)) throw assessmentFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  const id = newId()
  await db(ctx).insertInto('assessment_level').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, goal: input.goal, scope: input.scope, standard: input.standard }).execute()
  return level(ctx, id)
}

export async function changeLevel(ctx: Ctx, input: Input<typeof contract.changeLevelRoute>): Promise<Level> {
  authorize(ctx, 'assessment.manage')
  await level(ctx, input.id)
  await db(ctx).updateTable('assessment_level').set({ name: input.name, goal: input.goal, scope: input.scope, standard: input.standard }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return level(ctx, input.id)
}

export async function deleteLevel(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'assessment.manage')
  const found = await level(ctx, input.id)
  if (found.objects > 0 || found.models > 0) throw assessmentFail('levelInUse', { params: { name: found.name } })
  await db(ctx).deleteFrom('assessment_level').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).execute()
  return {}
}

const view = (r: ObjectRow): View => ({ id: r.id, levelId: r.level_id, kind: r.kind as PinnedObject['kind'], kindName: objectKindNames[r.kind as PinnedObject['kind']], refId: r.ref_id, areaCode: r.area_code, members: r.members, name: r.name, peer: r.peer, fromDay: r.from_day, toDay: r.to_day, goalRank: r.goal_rank, version: r.version })

async function objectById(ctx: Ctx, id: string): Promise<ObjectRow> {
  const row = await db(ctx).selectFrom('assessment_object').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw assessmentFail('notFound')
  return row
}

export async function listObjects(ctx: Ctx, input: { id: string }): Promise<{ items: View[] }> {
  authorize(ctx, 'assessment.manage')
  await level(ctx, input.id)
  const rows = await db(ctx).selectFrom('assessment_object').selectAll().where('tenant_id', '=', ctx.tenantId).where('level_id', '=', input.id).orderBy('peer').orderBy('name').orderBy('from_day').limit(5000).execute()
  return { items: rows.map(view) }
}

const fields = (ctx: Ctx, input: Pick<Input<typeof contract.changeObjectRoute>, 'name' | 'peer' | 'fromDay' | 'toDay' | 'goalRank' | 'members'>) => ({ name: input.name, peer: input.peer, from_day: input.fromDay, to_day: input.toDay, goal_rank: input.goalRank, members: input.members, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

/** What a kind of object names must exist in this tenant. @throws assessment.objectRef */
async function requireRef(ctx: Ctx, input: { kind: PinnedObject['kind']; refId?: string | undefined; areaCode?: string | undefined; members: string[] }): Promise<void> {
  const refuse = (path: string): Error => assessmentFail('objectRef', { fields: [{ path, message: '请选择' }] })
  const own = async (ids: string[]): Promise<boolean> => { const found = await unitsByIds(ctx, ids); return ids.every((id) => found.get(id)?.tenantId === ctx.tenantId) }
  if (input.kind === 'unit' && !(input.refId && (await own([input.refId])))) throw refuse('refId')
  if (input.kind === 'person') { if (!input.refId) throw refuse('refId'); await userById(ctx, input.refId) }
  if (input.kind === 'group' && !(input.members.length > 0 && (await own(input.members)))) throw refuse('members')
  if (input.kind === 'area' && !(input.areaCode && (await areaExists(ctx, input.areaCode)))) throw refuse('areaCode')
}

export async function createObject(ctx: Ctx, input: Input<typeof contract.createObjectRoute>): Promise<View> {
  authorize(ctx, 'assessment.manage')
  await level(ctx, input.id)
  await requireRef(ctx, input)
  const same = await db(ctx).selectFrom('assessment_object').select('id').where('tenant_id', '=', ctx.tenantId).where('level_id', '=', input.id).where('to_day', 'is', null).where((eb) => (input.refId ? eb('ref_id', '=', input.refId) : eb('name', '=', input.name))).executeTakeFirst()
  if (same) throw assessmentFail('objectTwice', { params: { name: input.name } })
  const id = newId()
  await db(ctx).insertInto('assessment_object').values({ tenant_id: ctx.tenantId, id, level_id: input.id, kind: input.kind, ref_id: input.refId ?? null, area_code: input.areaCode ?? null, ...fields(ctx, input) }).execute()
  return view(await objectById(ctx, id))
}

/** Many units at once; one already there, or foreign, is named and left out. */
export async function addUnits(ctx: Ctx, input: Input<typeof contract.addUnitsRoute>): Promise<Output<typeof contract.addUnitsRoute>> {
  authorize(ctx, 'assessment.manage')
  await level(ctx, input.id)
  const units = await unitsByIds(ctx, input.unitIds)
  const present = new Set((await db(ctx).selectFrom('assessment_object').select('ref_id').where('tenant_id', '=', ctx.tenantId).where('level_id', '=', input.id).where('to_day', 'is', null).execute()).map((r) => r.ref_id))
  const skipped: { unitId: string; reason: string }[] = []
  const rows = [...new Set(input.unitIds)].flatMap((unitId) => {
    const unit = units.get(unitId)
    const reason = !unit || unit.tenantId !== ctx.tenantId ? '没有这个机构' : present.has(unitId) ? '已是考核对象' : unit.state === 'disabled' ? '机构已停用' : null
    if (reason || !unit) { skipped.push({ unitId, reason: reason ?? '' }); return [] }
    return [{ tenant_id: ctx.tenantId, id: newId(), level_id: input.id, kind: 'unit', ref_id: unitId, area_code: null, ...fields(ctx, { name: unit.name, peer: input.peer, fromDay: input.fromDay, toDay: null, goalRank: null, members: [] }) }]
  })
  if (rows.length > 0) await db(ctx).insertInto('assessment_object').values(rows).execute()
  return { added: rows.length, skipped }
}

export async function changeObject(ctx: Ctx, input: Input<typeof contract.changeObjectRoute>): Promise<View> {
  authorize(ctx, 'assessment.manage')
  const row = await objectById(ctx, input.id)
  if (row.version !== input.version) throw assessmentFail('changed', { current: { version: row.version, changedBy: row.changed_by_name, changedAt: row.changed_at } })
  if (row.kind === 'group') await requireRef(ctx, { kind: 'group', members: input.members })
  await db(ctx).updateTable('assessment_object').set({ ...fields(ctx, input), version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return view(await objectById(ctx, row.id))
}
