// Queues of task forces and seats: recognised orders wait for their sorters on duty, and fall back when nobody is.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addTaskForceDuty, changeTaskForce, createTaskForce, ensureTaskForces, listTaskForces, ownQueues, removeTaskForceDuty } from './manage-queues.ts'
import * as contract from './queue-contract.ts'
import { queueFail } from './queues.errors.ts'
import { taskForceFallback } from './queues.settings.ts'
import { sweepQueues } from './sweep-queues.ts'

export { ensureTaskForces } from './manage-queues.ts'
export { callingQueues, foreignQueue, queuesOnDuty, requireSorter } from './queue.ts'

const manager = { 'orders.manageTaskForces': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageTaskForces': '维护专班和值守' },
  roles: { shiftLeader: manager, businessAdmin: manager, tenantAdmin: manager },
  errors: queueFail,
  settings: [taskForceFallback],
  crons: [{ name: 'orders.queues', everySeconds: 30, run: sweepQueues }, { name: 'orders.shippedTaskForces', everySeconds: 30, run: ensureTaskForces }],
  routes: [
    bind(contract.ownQueuesRoute, ownQueues), bind(contract.listTaskForcesRoute, listTaskForces), bind(contract.createTaskForceRoute, createTaskForce), bind(contract.changeTaskForceRoute, changeTaskForce), bind(contract.addDutyRoute, addTaskForceDuty), bind(contract.removeDutyRoute, removeTaskForceDuty),
  ],
})
