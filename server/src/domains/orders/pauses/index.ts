// Suspension and resumption of work at a unit, with a promised date where the condition asks for one.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { resumeByCentre } from './end-pause.ts'
import { listPauses } from './list-pauses.ts'
import { changePauseCondition, createPauseCondition, listPauseConditions } from './pause-conditions.ts'
import * as contract from './pause-contract.ts'
import { pauseSettings } from './pause.settings.ts'
import { confirmPromise, promise, requestPromise, requestResumption, requestSuspension, resumption, suspension } from './request-pause.ts'
import { sweepPauses } from './sweep-pauses.ts'

export { listPauses } from './list-pauses.ts'
export { dropPauses } from './end-pause.ts'
export { pauseActs } from './pause-acts.ts'
export { pauseFlow, promiseFlow, resumeFlow } from './pause-flows.ts'
export { activePause, requireRunning } from './pause.queries.ts'
export { pauseSms } from './pauses.zh-CN.ts'
export { createPauseCondition } from './pause-conditions.ts'

export const pauseKinds = [suspension, resumption, promise]

export const part = definePart({
  permissions: { 'orders.reviewPause': '审核挂起与续办' },
  roles: { reviewer: { 'orders.reviewPause': 'tenant' }, dispatcher: { 'orders.reviewPause': 'tenant' }, shiftLeader: { 'orders.reviewPause': 'tenant' } },
  settings: pauseSettings,
  crons: [{ name: 'orders.pauses', everySeconds: 60, run: sweepPauses }],
  routes: [
    bind(contract.requestSuspensionRoute, requestSuspension),
    bind(contract.requestResumptionRoute, requestResumption),
    bind(contract.confirmPromiseRoute, confirmPromise),
    bind(contract.requestPromiseRoute, requestPromise),
    bind(contract.resumePauseRoute, resumeByCentre),
    bind(contract.listPausesRoute, listPauses),
    bind(contract.listPauseConditionsRoute, listPauseConditions),
    bind(contract.createPauseConditionRoute, createPauseCondition),
    bind(contract.changePauseConditionRoute, changePauseCondition),
  ],
})
