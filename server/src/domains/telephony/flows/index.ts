// Voice flows: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './flow-contract.ts'
import { addFlow, checkFlow, listFlows, publishFlow, removeFlow, rollBack, saveFlow, showFlow, showVersion, tryFlow } from './keep-flows.ts'

const manage = { 'telephony.flows': 'tenant' } as const

export const part = definePart({
  permissions: { 'telephony.flows': '编排语音流程' },
  roles: { businessAdmin: manage, tenantAdmin: manage },
  routes: [
    bind(contract.listFlows, listFlows), bind(contract.showFlow, showFlow), bind(contract.addFlow, addFlow), bind(contract.saveFlow, saveFlow), bind(contract.removeFlow, removeFlow), bind(contract.checkFlow, checkFlow), bind(contract.publishFlow, publishFlow),
    bind(contract.showVersion, showVersion), bind(contract.rollBack, rollBack), bind(contract.tryFlow, tryFlow),
  ],
  realtime: { 'telephony.flows': { may: 'telephony.flows' } },
})
