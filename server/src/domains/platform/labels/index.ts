// The label library (PLA-17): classes, labels and their life, statistics over the marks of all modules.
import { bind } from '../../../kernel/http/route.ts'
import { on } from '../../../kernel/events/event.ts'
import { tenantCreated } from '../events.ts'
import { definePart } from '../part.ts'
import { changeLabel, createLabel, listLabelClasses, mergeLabel, saveLabelClass, setLabelState } from './change-labels.ts'
import * as contract from './contract.ts'
import { labelErrors } from './label.errors.ts'
import { getLabel, listLabels } from './label.queries.ts'
import { seedLabelClasses } from './seed-label-classes.ts'
import { labelStatistics, reviewLabels } from './label-statistics.ts'

export const part = definePart({
  permissions: { 'platform.manageLabels': '维护标签库', 'platform.proposeLabels': '建议标签', 'platform.readLabelStatistics': '查看标签统计' },
  roles: {
    businessAdmin: { 'platform.manageLabels': 'tenant', 'platform.readLabelStatistics': 'tenant' },
    tenantAdmin: { 'platform.manageLabels': 'tenant', 'platform.readLabelStatistics': 'tenant' },
    supervisor: { 'platform.readLabelStatistics': 'tenant', 'platform.proposeLabels': 'tenant' },
    shiftLeader: { 'platform.proposeLabels': 'tenant', 'platform.readLabelStatistics': 'tenant' },
    reviewer: { 'platform.proposeLabels': 'tenant' },
    matterManager: { 'platform.proposeLabels': 'tenant' },
    leader: { 'platform.readLabelStatistics': 'tenant' },
  },
  routes: [
    bind(contract.listLabelClasses, listLabelClasses),
    bind(contract.saveLabelClass, saveLabelClass),
    bind(contract.listLabels, listLabels),
    bind(contract.labelStatistics, labelStatistics),
    bind(contract.reviewLabels, reviewLabels),
    bind(contract.getLabel, getLabel),
    bind(contract.createLabel, createLabel),
    bind(contract.changeLabel, changeLabel),
    bind(contract.setLabelState, setLabelState),
    bind(contract.mergeLabel, mergeLabel),
  ],
  events: { handles: [on(tenantCreated, 'platform.labels', seedLabelClasses)] },
  errors: labelErrors,
})
