// The requester's page: who holds the link sees his own order and answers once.
import type { Ctx } from '../../../kernel/ctx.ts'
import { inTenant } from '../../../kernel/ctx.ts'
import { hashToken } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { lockOrder, publicReply, readOrderRow, type OrderRow } from '../../orders/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { isOpenTask } from '../callback.ts'
import { callbackFail } from '../callback.errors.ts'
import { db, lockTask, type TaskRow } from '../callback.queries.ts'
import { conclude } from '../conclude-callback.ts'
import { dissatisfactionReasons, satisfactionScale } from '../settings.ts'
import type { CallbackTables } from '../tables.gen.ts'
import type * as contract from './form-contract.ts'
import type { FormRow } from './form.queries.ts'
import { closedBecause } from './form.ts'
import { maxReasons } from './form.settings.ts'
import { closedTexts, thanks } from './form.zh-CN.ts'

/** Whose form it is: the centre that sent it, whichever centre's portal the link leads to. */
async function formOf(ctx: Ctx, token: string): Promise<{ there: Ctx; form: FormRow }> {
  const form = await ctx.acrossTenants<CallbackTables>('a personal link names its tenant itself').selectFrom('callback_form').selectAll().where('token_hash', '=', hashToken(token)).executeTakeFirst()
  if (!form) throw callbackFail('formUnknown')
  return { there: inTenant(ctx, form.tenant_id), form: form as FormRow }
}

const reasonClosed = (form: FormRow, task: Pick<TaskRow, 'state' | 'round'>, order: Pick<OrderRow, 'state' | 'round'>, now: number) =>
  closedBecause({ state: form.state, expiresAt: form.expires_at, taskOpen: isOpenTask(task.state), sameRound: order.round === task.round, pending: order.state === 'pendingCallback' }, now)

export async function openForm(ctx: Ctx, input: Input<typeof contract.openForm>): Promise<Output<typeof contract.openForm>> {
  const { there, form } = await formOf(ctx, input.token)
  const order = await readOrderRow(there, form.order_id)
  const task = (await db(there).selectFrom('callback_task').select(['state', 'round']).where('tenant_id', '=', there.tenantId).where('id', '=', form.task_id).executeTakeFirstOrThrow()) as Pick<TaskRow, 'state' | 'round'>
  const closed = reasonClosed(form, task, order, ctx.clock.now())
  if (closed === null && form.opened_at === null) await db(there).updateTable('callback_form').set({ opened_at: ts(ctx.clock.now()) }).where('tenant_id', '=', there.tenantId).where('id', '=', form.id).execute()
  return {
    closed, closedText: closed === null ? null : closedTexts[closed], centre: (await tenantById(there, there.tenantId)).name, number: order.number,
    // A link that is over tells nothing of the order any more.
    title: closed === null ? order.title : '', unitName: closed === null ? order.lead_unit_name : null, reply: closed === null ? await publicReply(there, order) : null, until: form.expires_at,
    grades: await setting(there, satisfactionScale), reasons: await setting(there, dissatisfactionReasons), maxReasons: await setting(there, maxReasons),
  }
}

export async function answerForm(ctx: Ctx, input: Input<typeof contract.answerForm>): Promise<Output<typeof contract.answerForm>> {
  const { there: system, form: seen } = await formOf(ctx, input.token)
  const there: Ctx = { ...system, actor: { ...system.actor, name: '诉求人' } }
  const order = await lockOrder(there, seen.order_id)
  const task = await lockTask(there, seen.task_id)
  const form = (await db(there).selectFrom('callback_form').selectAll().where('tenant_id', '=', there.tenantId).where('id', '=', seen.id).forUpdate().executeTakeFirstOrThrow()) as FormRow
  const closed = reasonClosed(form, task, order, ctx.clock.now())
  if (closed !== null) throw callbackFail('formClosed', { rule: 'callback.form', params: { why: closedTexts[closed] } })
  const grade = input.grade === null ? null : ((await setting(there, satisfactionScale)).find((g) => g.code === input.grade) ?? null)
  await check(there, input, input.grade !== null && grade === null)
  const said = { contacted: input.contacted, solved: input.solved, satisfied: grade?.satisfied ?? 'notStated', reasons: input.reasons, opinion: input.text || null, ...(grade ? { grade: grade.code } : {}), ...(input.stars === null ? {} : { stars: input.stars }) } as const
  const { outcome } = await conclude(there, order, task, said, { kind: 'sms', actorId: null, actorName: '诉求人', way: 'otherWay', wayNote: '短信表单' })
  ctx.audit({ module: 'callback', act: 'answerCallbackForm', objectType: 'order', objectId: order.id, tenantId: there.tenantId })
  return { thanks: outcome === 'dissatisfied' ? thanks.again : thanks.done, again: outcome === 'dissatisfied' }
}

async function check(there: Ctx, input: Input<typeof contract.answerForm>, unknownGrade: boolean): Promise<void> {
  const fields: { path: string; message: string }[] = []
  if (unknownGrade) fields.push({ path: 'grade', message: '请从列出的等级中选择' })
  if (input.contacted === 'notStated' && input.solved === 'notStated' && input.grade === null) fields.push({ path: 'solved', message: '请至少回答一个问题' })
  const known = await setting(there, dissatisfactionReasons)
  const most = await setting(there, maxReasons)
  if (input.reasons.some((r) => !known.includes(r)) || new Set(input.reasons).size < input.reasons.length) fields.push({ path: 'reasons', message: '请从列出的原因中选择' })
  else if (input.reasons.length > most) fields.push({ path: 'reasons', message: `最多选 ${most} 项原因` })
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
}

