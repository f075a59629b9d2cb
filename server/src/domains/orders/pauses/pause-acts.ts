// Suspension among the acts of an assignment.
import { toIso } from '../../../kernel/time/index.ts'
import { isOpenAssignment } from '../assignment.ts'
import { actsFor } from '../orders.policy.ts'
import { actState, pendingOf, type HandlingActs } from '../requests/act-state.ts'
import { activePause } from './pause.queries.ts'

const waiting = (kind: string) => ({ rule: 'orders.requestPending', reason: `${kind}申请正在审批` })

export const pauseActs: HandlingActs = {
  async assignment(ctx, { order, assignment, requests, signFirst }) {
    if (!actsFor(ctx, assignment.unit_id, 'orders.handle') || !isOpenAssignment(assignment.state)) return []
    const pause = order.flags.includes('suspended') ? await activePause(ctx, assignment.id) : undefined
    if (!pause) {
      const late = assignment.due_at !== null && assignment.due_at <= ctx.clock.now() ? { rule: 'orders.suspension.beforeDeadline', reason: '已超过办理时限' } : null
      return [actState('requestSuspension', assignment.state !== 'handling' ? signFirst : pendingOf(requests, 'suspension', assignment.id) ? waiting('挂起') : late)]
    }
    const acts = [actState('requestResumption', pendingOf(requests, 'resumption', assignment.id) ? waiting('续办') : null)]
    if (pause.promised_at === null) return acts
    const promised = { until: toIso(pause.promised_at) }
    return [...acts, { ...actState('confirmPromise', null), ...promised }, { ...actState('requestPromise', pendingOf(requests, 'promise', assignment.id) ? waiting('承诺变更') : null), ...promised }]
  },
}
