// What a decider may do besides deciding: ask a further person to sign, hand the step on. And what the applicant may: take it back.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { newId } from '../../kernel/runtime.ts'
import { userById, type UserSummary } from '../platform/index.ts'
import { compiledOf } from './definition-store.ts'
import { finish, stop } from './advance.ts'
import { turnOf } from './decide-flow.ts'
import { flowStepOpened } from './events.ts'
import { flowErrors } from './flow.errors.ts'
import { lockInstance, recordOf, type Instance } from './instance.ts'
import { isCentre } from './places.ts'
import type { Turn } from './return-step.ts'
import { writeMove, type TokenRow } from './write-step.ts'

type Ask = { id: string; userId: string; opinion: string; taskId?: string | undefined }

/** 加签: the person signs as well; the step goes on when all have approved. */
export async function addSigner(ctx: Ctx, input: Ask): Promise<Record<string, never>> {
  const turn = await turnOf(ctx, input.id, input.taskId)
  if (!turn.node.addSigner || turn.token.own) throw flowErrors('cannotAddSigner')
  const user = await fitUser(ctx, turn.instance, input.userId)
  if (turn.instance.tokens.some((one) => one.visitId === turn.token.visitId && one.assigneeId === user.id)) throw flowErrors('userUnfit', { fields: [{ path: 'userId', message: '此人已在会签' }] })
  const token: TokenRow = { ...seatFor(turn, user.id), due_at: null }
  await writeMove(ctx, turn.instance.id, { ...still(turn), records: [recordOf(ctx, turn.token, 'addSigner', `请${user.name}会签${input.opinion.trim() ? `：${input.opinion.trim()}` : ''}`)], open: [token] })
  ctx.publish(flowStepOpened({ instanceId: turn.instance.id, tokenIds: [token.id] }))
  return {}
}

/** 转办: the person decides instead. */
export async function forwardStep(ctx: Ctx, input: Ask): Promise<Record<string, never>> {
  const turn = await turnOf(ctx, input.id, input.taskId)
  if (!turn.node.forward || turn.token.own) throw flowErrors('cannotForward')
  const user = await fitUser(ctx, turn.instance, input.userId)
  if (user.id === ctx.actor.id) throw flowErrors('userUnfit', { fields: [{ path: 'userId', message: '不能转给自己' }] })
  await sql`update flow_token set assignee_id = ${user.id}, candidates = null where tenant_id = ${ctx.tenantId} and id = ${turn.token.id}`.execute(ctx.db())
  await writeMove(ctx, turn.instance.id, { ...still(turn), records: [recordOf(ctx, turn.token, 'forward', `转${user.name}办理${input.opinion.trim() ? `：${input.opinion.trim()}` : ''}`)] })
  ctx.publish(flowStepOpened({ instanceId: turn.instance.id, tokenIds: [turn.token.id] }))
  ctx.signal('home.counts')
  return {}
}

/** 撤回 by the applicant, as far as the process allows; the object's domain hears of a return with `withdrawn`. */
export async function withdrawFlow(ctx: Ctx, input: { instanceId: string; reason: string }): Promise<Record<string, never>> {
  const instance = await lockInstance(ctx, input.instanceId)
  if (instance.applicantId === null || instance.applicantId !== ctx.actor.id || instance.parentId !== null) throw kernelErrors('notFound')
  if (!(await mayWithdraw(ctx, instance))) throw flowErrors('cannotWithdraw')
  await stop(ctx, instance, 'withdraw', input.reason)
  ctx.signal('home.counts')
  await finish(ctx, instance, 'returned', { opinion: input.reason, endKey: null, variables: instance.variables, withdrawn: true })
  return {}
}

export async function mayWithdraw(ctx: Ctx, instance: Pick<Instance, 'id' | 'versionId'>): Promise<boolean> {
  const rule = (await compiledOf(ctx, instance.versionId)).graph.withdraw ?? 'always'
  if (rule !== 'undecided') return rule === 'always'
  const { rows } = await sql`select 1 from flow_record where tenant_id = ${ctx.tenantId} and instance_id = ${instance.id} and outcome in ('approve', 'return', 'passUp') limit 1`.execute(ctx.db())
  return rows.length === 0
}

/** An active person of the tenant who is not the applicant. */
export async function fitUser(ctx: Ctx, instance: Pick<Instance, 'applicantId'>, userId: string): Promise<UserSummary> {
  const user = await userById(ctx, userId)
  if (user.state !== 'active' || user.tenantId !== ctx.tenantId || user.id === instance.applicantId) throw flowErrors('userUnfit', { fields: [{ path: 'userId', message: '不能选此人' }] })
  return user
}

const still = ({ instance, place }: Turn) => ({
  close: {}, open: [], timers: null, state: 'running' as const, currentName: [...new Set(instance.tokens.filter((one) => one.kind !== 'join').map((one) => `${one.nodeName}（${place.line.fixed.get(one.unitId) ?? ''}）`))].join('、').slice(0, 200),
})

const seatFor = ({ place, token, node }: Turn, userId: string): TokenRow => ({
  id: newId(), kind: 'task', visit_id: token.visitId, node_key: node.key, node_name: token.nodeName, unit_id: token.unitId, at_centre: isCentre(place.line, token.unitId), permission: null, role: null, assignee_id: userId, candidates: null,
  must: true, own: false, resume_unit_id: null, edge: null, due_at: null,
})
