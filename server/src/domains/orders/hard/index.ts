// The post of difficult orders.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './hard-contract.ts'
import { doneHardStep, handleHard, listHards, markHard, returnHard, setHardProcess } from './hard-orders.ts'

export { listHards } from './hard-orders.ts'
export { hardActs } from './hard-orders.ts'

const post = { 'orders.markHard': 'tenant', 'orders.handleHard': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.markHard': '标记疑难工单', 'orders.handleHard': '疑难工单岗' },
  roles: { reviewer: post, shiftLeader: { 'orders.markHard': 'tenant' }, dispatcher: post },
  routes: [
    bind(contract.markHardRoute, markHard),
    bind(contract.listHardsRoute, listHards),
    bind(contract.handleHardRoute, handleHard),
    bind(contract.returnHardRoute, returnHard),
    bind(contract.setHardProcessRoute, setHardProcess),
    bind(contract.doneHardStepRoute, doneHardStep),
  ],
})
