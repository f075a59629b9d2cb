// Joint review: a proposal, several people, and a score that changes only when every one of them has confirmed it (QUA-09).
import { sql, type Selectable } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, type HomeSource, nextPage, notify, usersOf } from '../../platform/index.ts'
import { sheetById } from '../catalogue.ts'
import { conclude, readTask } from '../desk.ts'
import { qualityFail } from '../quality.errors.ts'
import { db } from '../quality.queries.ts'
import type { QualityTables } from '../tables.gen.ts'
import { concerns, lockTask, type TaskRow, type TaskState } from '../tasks.ts'
import { taskStateNames } from '../texts.zh-CN.ts'
import type * as contract from './joint-contract.ts'
import { jointRuns } from './joint-runs.ts'

type JointRow = Selectable<QualityTables['quality_joint']>
type MemberRow = Selectable<QualityTables['quality_joint_member']>
type View = Output<typeof contract.openJointRoute>

const stateNames = { open: '评审中', agreed: '全体确认', ended: '已终止' } as const
const roleNames = { leader: '组长', expert: '专家' } as const
const voiceNames = { confirm: '确认', object: '不同意' } as const
/** What is doubtful, or was settled and is doubted; a running appeal has its own chain. */
const reviewable: readonly string[] = ['second', 'final', 'concluded']

async function people(ctx: Ctx, task: TaskRow): Promise<{ id: string; name: string }[]> {
  return (await usersOf(ctx, { permission: 'quality.read' })).filter((one) => one.id !== task.agent_id).map((one) => ({ id: one.id, name: one.name })).toSorted((a, b) => a.name.localeCompare(b.name, 'zh'))
}

export async function jointPeople(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.jointPeopleRoute>> {
  return { items: await people(ctx, await readTask(ctx, input.id)) }
}

/** Errors: quality.wrongState, appealRuns, jointRuns (409), ownWork (409), jointPeople (422). */
export async function openJoint(ctx: Ctx, input: Input<typeof contract.openJointRoute>): Promise<View> {
  await readTask(ctx, input.id)
  const task = await lockTask(ctx, input.id)
  if (concerns(ctx, task)) throw qualityFail('ownWork')
  if (!reviewable.includes(task.state)) throw qualityFail('wrongState', { params: { state: taskStateNames[task.state as TaskState] } })
  const appeal = await db(ctx).selectFrom('quality_appeal').select('id').where('tenant_id', '=', ctx.tenantId).where('task_id', '=', task.id).where('state', '=', 'running').executeTakeFirst()
  if (appeal) throw qualityFail('appealRuns')
  if (await jointRuns(ctx, task.id)) throw qualityFail('jointRuns')
  await requirePoints(ctx, task, input.points)
  const able = new Map((await people(ctx, task)).map((one) => [one.id, one.name]))
  const wanted = [...new Set([input.leaderId, ...input.expertIds])]
  const stranger = wanted.find((one) => !able.has(one))
  if (stranger) throw qualityFail('jointPeople', { fields: [{ path: stranger === input.leaderId ? 'leaderId' : 'expertIds', message: '只能选择可查看质检结果、且不是被检人的人员' }] })
  if (wanted.length < 2) throw qualityFail('jointPeople', { fields: [{ path: 'expertIds', message: '专家不能是组长本人' }] })
  const id = newId()
  await db(ctx).insertInto('quality_joint').values({ tenant_id: ctx.tenantId, id, task_id: task.id, state: 'open', points: input.points, reason: input.reason, opened_by: userId(ctx), opened_by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
  await db(ctx).insertInto('quality_joint_member').values(wanted.map((user) => ({ tenant_id: ctx.tenantId, joint_id: id, user_id: user, user_name: able.get(user) ?? '', role: user === input.leaderId ? 'leader' : 'expert' }))).execute()
  await ask(ctx, task, wanted, input)
  return showOne(ctx, id)
}

async function requirePoints(ctx: Ctx, task: TaskRow, points: number): Promise<void> {
  const { fullScore } = (await sheetById(ctx, task.sheet_id, task.sheet_version)).definition
  if (points > fullScore) throw kernelErrors('invalid', { fields: [{ path: 'points', message: `不能超过 ${fullScore} 分` }] })
}

const ask = (ctx: Ctx, task: TaskRow, userIds: string[], proposal: { points: number; reason: string }): Promise<unknown> =>
  notify(ctx, { type: 'quality.joint', to: { userIds }, title: `请参加联合评审：${task.object_label}`, text: `拟评 ${proposal.points} 分：${proposal.reason.slice(0, 120)}`, link: `/quality/inspect/${task.id}`, objectType: 'qualityTask', objectId: task.id, level: 'P3' })

async function held(ctx: Ctx, id: string): Promise<{ row: JointRow; members: MemberRow[]; task: TaskRow }> {
  const found = await db(ctx).selectFrom('quality_joint').select('task_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!found) throw qualityFail('notFound')
  await readTask(ctx, found.task_id)
  const task = await lockTask(ctx, found.task_id)
  const row = await db(ctx).selectFrom('quality_joint').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  if (row.state !== 'open') throw qualityFail('wrongState', { params: { state: stateNames[row.state as keyof typeof stateNames] } })
  return { row, members: await membersOf(ctx, [id]), task }
}

const membersOf = (ctx: Ctx, ids: readonly string[]): Promise<MemberRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : db(ctx).selectFrom('quality_joint_member').selectAll().where('tenant_id', '=', ctx.tenantId).where('joint_id', 'in', [...ids]).orderBy('role', 'desc').orderBy('user_name').execute()

/** The last confirmation makes the proposal count; an objection leaves everything as it was. Errors: quality.notYours (403), changed (409). */
export async function voiceJoint(ctx: Ctx, input: Input<typeof contract.voiceJointRoute>): Promise<View> {
  const { row, members, task } = await held(ctx, input.id)
  const me = userId(ctx)
  if (!members.some((one) => one.user_id === me)) throw qualityFail('notYours')
  if (row.round !== input.round) throw qualityFail('changed', { current: { round: row.round } })
  if (input.voice === 'object' && input.opinion === '') throw kernelErrors('invalid', { fields: [{ path: 'opinion', message: '请写明不同意的理由' }] })
  await db(ctx).updateTable('quality_joint_member').set({ voice: input.voice, opinion: input.opinion || null, at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('joint_id', '=', row.id).where('user_id', '=', me).execute()
  if (input.voice === 'object') {
    await notify(ctx, { type: 'quality.joint', to: { userIds: [row.opened_by] }, title: `联合评审有不同意见：${task.object_label}`, text: `${ctx.actor.name}：${input.opinion.slice(0, 120)}`, link: `/quality/inspect/${task.id}`, objectType: 'qualityTask', objectId: task.id, level: 'P3' })
    return showOne(ctx, row.id)
  }
  const all = members.every((one) => one.user_id === me || one.voice === 'confirm')
  if (all) {
    await db(ctx).updateTable('quality_joint').set({ state: 'agreed', ended_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    await conclude(ctx, task, await sheetById(ctx, task.sheet_id, task.sheet_version), { points: row.points, what: 'joint', reason: row.reason, fatal: task.violation })
  }
  return showOne(ctx, row.id)
}

/** Who opened it, or leads it, changes the proposal; everybody is asked again. */
export async function changeJoint(ctx: Ctx, input: Input<typeof contract.changeJointRoute>): Promise<View> {
  const { row, members, task } = await held(ctx, input.id)
  if (!leads(ctx, row, members)) throw qualityFail('notYours')
  if (row.round !== input.round) throw qualityFail('changed', { current: { round: row.round } })
  await requirePoints(ctx, task, input.points)
  await db(ctx).updateTable('quality_joint').set({ points: input.points, reason: input.reason, round: row.round + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  await db(ctx).updateTable('quality_joint_member').set({ voice: null, at: null }).where('tenant_id', '=', ctx.tenantId).where('joint_id', '=', row.id).execute()
  await ask(ctx, task, members.map((one) => one.user_id), input)
  return showOne(ctx, row.id)
}

export async function endJoint(ctx: Ctx, input: Input<typeof contract.endJointRoute>): Promise<View> {
  const { row, members } = await held(ctx, input.id)
  if (!leads(ctx, row, members)) throw qualityFail('notYours')
  await db(ctx).updateTable('quality_joint').set({ state: 'ended', ended_at: ts(ctx.clock.now()), end_reason: input.reason }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return showOne(ctx, row.id)
}

const leads = (ctx: Ctx, row: JointRow, members: MemberRow[]): boolean => row.opened_by === ctx.actor.id || members.some((one) => one.user_id === ctx.actor.id && one.role === 'leader')

async function views(ctx: Ctx, rows: JointRow[]): Promise<View[]> {
  if (rows.length === 0) return []
  const members = Map.groupBy(await membersOf(ctx, rows.map((one) => one.id)), (one) => one.joint_id)
  const tasks = new Map((await db(ctx).selectFrom('quality_task').select(['id', 'object_label', 'agent_name', 'points']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', [...new Set(rows.map((one) => one.task_id))]).execute()).map((one) => [one.id, one]))
  return rows.map((row) => {
    const of = members.get(row.id) ?? []
    const task = tasks.get(row.task_id)
    const open = row.state === 'open'
    return {
      id: row.id, taskId: row.task_id, label: task?.object_label ?? '', agentName: task?.agent_name ?? null, state: row.state as View['state'], stateName: stateNames[row.state as View['state']], round: row.round, points: row.points, oldPoints: task?.points ?? null, reason: row.reason, openedByName: row.opened_by_name, at: row.at, endedAt: row.ended_at, endReason: row.end_reason,
      members: of.map((one) => ({ userId: one.user_id, name: one.user_name, role: one.role as 'leader' | 'expert', roleName: roleNames[one.role as 'leader' | 'expert'], voice: one.voice as 'confirm' | 'object' | null, voiceName: one.voice ? voiceNames[one.voice as 'confirm' | 'object'] : '待表态', opinion: one.opinion, at: one.at, mine: one.user_id === ctx.actor.id })),
      confirmed: of.filter((one) => one.voice === 'confirm').length, mayVoice: open && of.some((one) => one.user_id === ctx.actor.id && one.voice !== 'confirm'), mayLead: open && leads(ctx, row, of),
    }
  })
}

async function showOne(ctx: Ctx, id: string): Promise<View> {
  const [view] = await views(ctx, await db(ctx).selectFrom('quality_joint').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute())
  if (!view) throw qualityFail('notFound')
  return view
}

/** Waiting for the reader's word. */
const waiting = (ctx: Ctx) => sql<boolean>`j.state = 'open' and exists (select 1 from quality_joint_member m where m.tenant_id = j.tenant_id and m.joint_id = j.id and m.user_id = ${ctx.actor.id} and m.voice is distinct from 'confirm')`

export async function listJoints(ctx: Ctx, input: Input<typeof contract.listJointsRoute>): Promise<Output<typeof contract.listJointsRoute>> {
  authorize(ctx, 'quality.read')
  // The inspected person hears the result, not the talk about it.
  let query = db(ctx).selectFrom('quality_joint as j').innerJoin('quality_task as t', (q) => q.onRef('t.tenant_id', '=', 'j.tenant_id').onRef('t.id', '=', 'j.task_id')).where('j.tenant_id', '=', ctx.tenantId).where((eb) => eb.or([eb('t.agent_id', 'is', null), eb('t.agent_id', '<>', ctx.actor.id)]))
  if (input.state) query = query.where('j.state', '=', input.state)
  if (input.taskId) query = query.where('j.task_id', '=', input.taskId)
  if (input.mine) query = query.where(waiting(ctx))
  const rows = await query.selectAll('j').where(afterCursor(input.cursor, 'j.at', 'j.id')).orderBy('j.at', 'desc').orderBy('j.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.at)
  return { items: await views(ctx, page.items), next: page.next, count: await boundCount(ctx, query) }
}

export const jointTodo: HomeSource = async (ctx) => {
  if (ctx.actor.kind !== 'user' || !can(ctx, 'quality.read')) return { cards: [], todo: [] }
  const rows = await db(ctx).selectFrom('quality_joint as j').selectAll('j').where('j.tenant_id', '=', ctx.tenantId).where(waiting(ctx)).orderBy('j.at').limit(10).execute()
  return { cards: [], todo: (await views(ctx, rows)).map((one) => ({ id: `joint:${one.id}`, kind: '联合评审', title: one.label, link: `/quality/inspect/${one.taskId}`, dueAt: one.at, tone: 'calm' as const, hint: `拟评 ${one.points} 分` })) }
}
