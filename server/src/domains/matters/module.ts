import { defineModule, type Module } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { exportSources, searchSources, todoSources, usageOf } from '../platform/index.ts'
import { standardExports } from './imports/export-sources.ts'
import { matterSearch } from './matter/search-source.ts'
import { mattersErrors } from './matters.errors.ts'
import { limitRuleChanged, standardPublished } from './matters.events.ts'
import { mattersSettings } from './matters.settings.ts'
import { routes } from './routes.ts'
import { reviewTodo, standardUsage } from './standard/platform-answers.ts'

type Roles = NonNullable<Module['roles']>
const reads = { 'matters.read': 'tenant' } as const
const edits = { ...reads, 'matters.edit': 'tenant', 'matters.review': 'tenant', 'matters.limits': 'tenant' } as const

const roles: Roles = {
  agent: reads, shiftLeader: reads, reviewer: reads, dispatcher: reads, callbackAgent: reads, inspector: reads, supervisor: reads, handler: reads, unitLeader: reads, leader: reads, auditor: reads,
  systemAdmin: reads, matterManager: edits, businessAdmin: edits, tenantAdmin: edits,
}

export const matters = defineModule({
  name: 'matters',
  tables: 'matter_',
  dependsOn: ['platform'],
  permissions: { 'matters.read': '查看事项与分类标准', 'matters.edit': '维护事项与分类标准', 'matters.review': '审核事项与分类标准', 'matters.limits': '维护办理时限规则' },
  roles,
  routes,
  events: { publishes: [standardPublished, limitRuleChanged] },
  realtime: { 'matters.standard': { may: 'matters.read' }, 'matters.changes': { may: 'matters.read' } },
  settings: mattersSettings,
  errors: mattersErrors,
  implements: [implement(exportSources, standardExports), implement(searchSources, matterSearch), implement(todoSources, reviewTodo), implement(usageOf, standardUsage)],
})
