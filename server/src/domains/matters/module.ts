import { on } from '../../kernel/events/event.ts'
import { defineModule, type Module } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { messageTypes, exportSources, searchSources, todoSources, usageOf, unitsMerged } from '../platform/index.ts'
import { flowDefinitions, flowFinished } from '../flow/index.ts'
import { publishDue, reviewFinished } from './standard/decide-change.ts'
import { reviewFlow } from './standard/review-flow.ts'
import { standardExports } from './imports/export-sources.ts'
import { matterSearch } from './matter/search-source.ts'
import { mattersErrors } from './matters.errors.ts'
import { limitRuleChanged, standardPublished } from './matters.events.ts'
import { mattersSettings } from './matters.settings.ts'
import { askAgain, remindOverdue } from './issues/local.ts'
import { routes } from './routes.ts'
import { askSource } from './sync/sources.ts'
import { fetchClasses, upstreamClasses } from './sync/sync-classes.ts'
import { mergeDutiesOfUnit } from './standard/units-merged.ts'
import { reviewTodo, standardUsage } from './standard/platform-answers.ts'

type Roles = NonNullable<Module['roles']>
const reads = { 'matters.read': 'tenant' } as const
const edits = { ...reads, 'matters.edit': 'tenant', 'matters.review': 'tenant', 'matters.limits': 'tenant', 'matters.enterprises': 'tenant', 'matters.issue': 'tenant' } as const
const keeps = { ...reads, 'matters.enterprises': 'tenant' } as const

const roles: Roles = {
  agent: keeps, shiftLeader: reads, reviewer: reads, dispatcher: reads, callbackAgent: reads, inspector: reads, supervisor: reads, handler: keeps, unitLeader: keeps, leader: { ...reads, 'matters.approve': 'tenant' }, auditor: reads,
  systemAdmin: reads, matterManager: edits, businessAdmin: edits, tenantAdmin: { ...edits, 'matters.approve': 'tenant', 'matters.hardDelete': 'tenant' },
}

export const matters = defineModule({
  name: 'matters',
  tables: 'matter_',
  dependsOn: ['platform', 'flow'],
  permissions: { 'matters.read': '查看事项与分类标准', 'matters.edit': '维护事项与分类标准', 'matters.review': '审核事项与分类标准', 'matters.limits': '维护办理时限规则', 'matters.approve': '审批标准变更（分管领导）', 'matters.enterprises': '维护企业库', 'matters.hardDelete': '彻底删除标准对象', 'matters.issue': '向下级下发事项' },
  roles,
  routes,
  events: { publishes: [standardPublished, limitRuleChanged], handles: [on(standardPublished, 'matters.issues', askAgain)] },
  realtime: { 'matters.standard': { may: 'matters.read' }, 'matters.changes': { may: 'matters.read' } },
  crons: [{ name: 'matters.fetchClasses', everySeconds: 3600, run: fetchClasses }, { name: 'matters.remindIssues', everySeconds: 3600, run: remindOverdue }, { name: 'matters.publishDue', everySeconds: 15, run: publishDue }],
  settings: mattersSettings,
  errors: mattersErrors,
  implements: [implement(messageTypes, () => [{ code: 'matters.sync', name: '上级分类变化', module: 'matters', sample: { title: '上级分类有 3 处变化，待确认' } }]), implement(flowDefinitions, () => [reviewFlow]), implement(upstreamClasses, askSource), implement(flowFinished, reviewFinished), implement(exportSources, standardExports), implement(searchSources, matterSearch), implement(todoSources, reviewTodo), implement(usageOf, standardUsage), implement(unitsMerged, mergeDutiesOfUnit)],
})
