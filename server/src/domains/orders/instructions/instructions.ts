// Orders that go up for instruction, and finished ones that are sent for comment; the leaders' words come back to the desks (ORD-48).
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { centreUnit } from '../../platform/index.ts'
import { answerOf } from '../acts.ts'
import { isOpen } from '../order.ts'
import { assertVisible } from '../orders.policy.ts'
import { lockOrder } from '../orders.queries.ts'
import { actState, pendingOf, type HandlingActs } from '../requests/act-state.ts'
import { files, orderAct, required, version } from '../requests/ask-contract.ts'
import { ask, withFlag, type AskKind } from '../requests/ask.ts'
import { tellDesk } from '../requests/tell.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'

export const askInstructionRoute = orderAct('askInstruction', 'ask-instruction', '请领导批示', 'orders.askInstruction', z.object({ question: required(1000), fileIds: files, version }))

const instructionFail = defineErrors('orders', { instructionState: { status: 409, title: '工单当前为“{state}”，不能提请批示' } })
const over: readonly string[] = ['draft', 'withdrawn', 'merged']

export async function askInstruction(ctx: Ctx, input: Input<typeof askInstructionRoute>) {
  authorize(ctx, 'orders.askInstruction')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (over.includes(order.state)) throw instructionFail('instructionState', { rule: 'orders.instruction.state', params: { state: stateNames[order.state] } })
  const centre = await centreUnit(ctx)
  const asked = await ask(ctx, instruction, order, { unit: { id: centre.id, name: centre.name }, reason: input.question, reasonClass: isOpen(order.state) ? '请示' : '送阅', fileIds: input.fileIds })
  return answerOf(asked.order)
}

export const instruction: AskKind = {
  kind: 'instruction', name: '批示', flow: 'orders.instruction', visibility: 'internal',
  async decided(ctx, { order, approved, opinion }) {
    if (!approved) return
    await record(ctx, order, { act: 'instruct', text: opinion || null, visibility: 'internal' })
    const word = { type: 'order.instruction', level: 'P2' as const, title: `领导批示：${order.title}`, text: `工单 ${order.number}：${opinion.slice(0, 200)}` }
    await tellDesk(ctx, order, 'orders.dispatch', word)
    await tellDesk(ctx, order, 'supervision.manage', word)
    return { flags: withFlag(order, 'instructed') }
  },
}

export const instructionActs: HandlingActs = {
  order(ctx, { order, requests }) {
    if (!can(ctx, 'orders.askInstruction')) return []
    return [actState('askInstruction', over.includes(order.state) ? { rule: 'orders.instruction.state', reason: `工单当前为“${stateNames[order.state]}”` } : pendingOf(requests, 'instruction') ? { rule: 'orders.requestPending', reason: '批示正在进行' } : null)]
  },
}
