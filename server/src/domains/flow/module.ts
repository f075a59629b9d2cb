import { on } from '../../kernel/events/event.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { fileAccess, todoSources, unitsMerged } from '../platform/index.ts'
import { flowEnded, flowStepOpened } from './events.ts'
import { flowErrors } from './flow.errors.ts'
import { tellApplicant, tellDeciders } from './handlers.ts'
import { fireTimers } from './fire-timers.ts'
import { flowTodo, mayOpenFlowFile } from './list-flow-tasks.ts'
import { flowOperations } from './operations.ts'
import { ownOperations } from './own-operations.ts'
import { publishDue } from './publish-flows.ts'
import { routes } from './routes.ts'
import { flowSettings } from './settings.ts'
import { mergeStepsOfUnit } from './units-merged.ts'

export const flow = defineModule({
  name: 'flow',
  tables: 'flow_',
  dependsOn: ['platform'],
  permissions: {
    'flow.read': '查看流程与实例',
    'flow.manage': '维护流程',
    'flow.intervene': '改派、跳转、暂停、终止审批',
    'flow.approveInUnit': '审批本单位申请',
    'flow.reviewReturn': '退单审核',
    'flow.approveExtension': '延时审批（中心）',
    'flow.approveWithdrawal': '撤单审批',
  },
  roles: {
    unitLeader: { 'flow.approveInUnit': 'unit' },
    reviewer: { 'flow.reviewReturn': 'tenant', 'flow.approveExtension': 'tenant', 'flow.approveWithdrawal': 'tenant' },
    shiftLeader: { 'flow.approveWithdrawal': 'tenant' },
    matterManager: { 'flow.read': 'tenant' },
    businessAdmin: { 'flow.read': 'tenant', 'flow.manage': 'tenant', 'flow.intervene': 'tenant' },
    tenantAdmin: { 'flow.read': 'tenant', 'flow.manage': 'tenant', 'flow.intervene': 'tenant' },
    systemAdmin: { 'flow.read': 'tenant' },
    auditor: { 'flow.read': 'tenant' },
  },
  routes,
  events: { publishes: [flowStepOpened, flowEnded], handles: [on(flowStepOpened, 'flow', tellDeciders), on(flowEnded, 'flow', tellApplicant)] },
  implements: [implement(unitsMerged, mergeStepsOfUnit), implement(fileAccess, mayOpenFlowFile), implement(todoSources, flowTodo), implement(flowOperations, () => ownOperations)],
  crons: [
    { name: 'flow.timers', everySeconds: 5, run: fireTimers },
    { name: 'flow.publishDue', everySeconds: 15, run: publishDue, once: true },
  ],
  settings: flowSettings,
  errors: { domain: flowErrors.domain, specs: flowErrors.specs },
})
