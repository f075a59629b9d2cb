// One task as the agent works on it: the order's facts, the reply, earlier answers; the unit's own statement only afterwards (CBK-02).
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import type { ActState } from '../../kernel/http/codec.ts'
import type { Input } from '../../kernel/http/route.ts'
import { toIso } from '../../kernel/time/index.ts'
import { appealTypeNames, callbackTerms, callingQueues, publicReply, readOrder, shownName, stateNames } from '../orders/index.ts'
import { setting } from '../platform/index.ts'
import { isOpenTask } from './callback.ts'
import { db, readTask, selectTasks, tasks, taskView, type TaskView } from './callback.queries.ts'
import type * as contract from './contract.ts'
import { attemptsOf, attemptView, resultsOf, resultView, statementsOf } from './read-results.ts'
import { siblingsOf } from './outbound/dial-callback.ts'
import { notNow, type NotNow } from './outbound/may-contact.ts'
import { languageNames } from './outbound/outbound.zh-CN.ts'
import { strategyFor, type TaskStrategy } from './outbound/task-strategy.ts'
import { statementHidden } from './settings.ts'
import { wishNames } from './texts.zh-CN.ts'

export async function showCallback(ctx: Ctx, input: Input<typeof contract.showCallbackRoute>) {
  authorize(ctx, 'callback.read')
  const task = await readTask(ctx, input.id)
  const order = await readOrder(ctx, task.orderId)
  const results = await Promise.all((await resultsOf(ctx, order.tenant_id, order.id)).map((row) => resultView(ctx, row)))
  const terms = await callbackTerms(ctx, order)
  const hidden = isOpenTask(task.state) && (await setting(ctx, statementHidden))
  return {
    task,
    order: {
      id: order.id, number: order.number, title: order.title, content: order.content, state: order.state, stateName: stateNames[order.state], appealType: order.appeal_type, appealTypeName: appealTypeNames[order.appeal_type] ?? order.appeal_type,
      matterName: order.matter_name, areaCode: order.area_code, address: order.address, requesterName: shownName({ subject_kind: order.subject_kind, name: order.requester_name, anonymous: order.anonymous }), anonymous: order.anonymous,
      // In clear only by the reveal of the order, with its reason and its record.
      phoneMask: order.contact_phone_mask, callbackManner: order.callback_manner, callbackMannerName: wishNames[order.callback_manner] ?? order.callback_manner, reply: await publicReply(ctx, order), replyBasis: order.reply_basis, unitName: order.lead_unit_name, version: order.version,
    },
    history: {
      registeredAt: order.registered_at, dispatchedAt: order.dispatched_at, closedAt: order.closed_at, round: order.round, returnCount: order.return_count, urgeCount: order.urge_count, supplementCount: order.supplement_count, link: `/orders/${order.number}`,
    },
    unitStatements: hidden || order.tenant_id !== ctx.tenantId ? null : (await statementsOf(ctx, order.id, task.round)).map(({ unitName, contacted, solved, satisfied, at }) => ({ unitName, contacted, solved, satisfied, at })),
    unitStatementHidden: hidden,
    attempts: (await attemptsOf(ctx, order.tenant_id, order.id)).filter((a) => a.task_id === task.id).map(attemptView),
    result: results.find((r) => r.taskId === task.id) ?? null,
    earlier: results.filter((r) => r.taskId !== task.id),
    siblings: await siblingViews(ctx, task),
    terms: terms ? { profileName: terms.profileName, items: terms.items, script: terms.script } : null,
    strategy: order.tenant_id === ctx.tenantId && isOpenTask(task.state) ? strategyView(await strategyFor(ctx, { plan_id: task.planId, order_id: order.id })) : null,
    acts: order.tenant_id === ctx.tenantId ? callbackActs(ctx, task, await callingQueues(ctx), isOpenTask(task.state) ? await notNow(ctx, { id: task.id, order_id: order.id, plan_id: task.planId, phone_hash: order.contact_phone_hash }) : null) : [],
  }
}

const strategyView = ({ name, attempts, intervalHours, language }: TaskStrategy) => ({ name, attempts, intervalHours, language, languageName: languageNames[language] ?? language })

async function siblingViews(ctx: Ctx, task: TaskView) {
  const row = await db(ctx).selectFrom('callback_task').select(['id', 'phone_hash']).where('tenant_id', '=', ctx.tenantId).where('id', '=', task.id).executeTakeFirst()
  const ids = row && isOpenTask(task.state) ? (await siblingsOf(ctx, row)).map((one) => one.id) : []
  if (ids.length === 0) return []
  const view = await taskView(ctx)
  return (await selectTasks(tasks(ctx)).where('t.id', 'in', ids).execute()).map(view).map(({ id, orderId, number, title, stateName }) => ({ id, orderId, number, title, stateName }))
}

/** The same rules as the commands, told before the attempt. */
function callbackActs(ctx: Ctx, task: TaskView, seats: Awaited<ReturnType<typeof callingQueues>>, wait: NotNow | null): ActState[] {
  if (!can(ctx, 'callback.complete') && !can(ctx, 'callback.assign')) return []
  const open = isOpenTask(task.state)
  const held = open && task.state === 'claimed' && !task.mine
  const named = open && task.assigneeId !== null && !task.mine && !can(ctx, 'callback.assign')
  const seat = open && task.queue !== null && !can(ctx, 'callback.assign') && !seats.mine.has(task.queue) && !task.mine ? seats.staffed.get(task.queue) : undefined
  const refused = !open
    ? { rule: 'callback.open', reason: `任务${task.stateName}` }
    : held
      ? { rule: 'callback.claim', reason: `正由 ${task.assigneeName} 回访`, ...(task.claimedUntil === null ? {} : { until: toIso(task.claimedUntil) }) }
      : named
        ? { rule: 'callback.assign', reason: `已指派给 ${task.assigneeName}` }
        : seat !== undefined
          ? { rule: 'callback.seat', reason: `由“${seat}”的人员回访` }
          : null
  const state = (act: string, label: string, why: { rule: string; reason: string; until?: string } | null): ActState => ({ act, label, enabled: why === null, ...why })
  const waiting = task.attempts > 0 && task.dueAt > ctx.clock.now()
  const acts: ActState[] = []
  if (can(ctx, 'callback.complete')) {
    acts.push(state('claim', '领取', refused ?? (task.state === 'claimed' ? { rule: 'callback.claim', reason: '您已领取' } : null)))
    if (can(ctx, 'telephony.dial')) acts.push(state('dial', '拨打', refused ?? wait))
    acts.push(state('complete', '登记回访结果', refused))
    acts.push(state('attempt', '登记未接通', refused ?? (waiting ? { rule: 'callback.retryInterval', reason: '上次未接通，请到时间后再拨', until: toIso(task.dueAt) } : null)))
    acts.push(state('release', '释放', open && task.state === 'claimed' && (task.mine || can(ctx, 'callback.assign')) ? null : (refused ?? { rule: 'callback.claim', reason: '任务未被领取' })))
  }
  if (can(ctx, 'callback.assign')) acts.push(state('assign', '指派', open ? null : { rule: 'callback.open', reason: `任务${task.stateName}` }))
  return acts
}
