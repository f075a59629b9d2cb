// Labels and internal notes of orders, and the rules that put labels by themselves.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, labelUses } from '../../platform/index.ts'
import { applyHourly, labelHandlers } from './apply-rules.ts'
import * as contract from './label-contract.ts'
import { changeLabelRule, createLabelRule, labelRuleHits, listLabelRules, tryLabelRule } from './label-rules.ts'
import { labelFail } from './labels.errors.ts'
import { usesBetween } from './label-uses.ts'
import { labelOrder, labelOrders, noteOrder, orderMarks } from './order-labels.ts'

const marker = { 'orders.label': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.label': '打标签和内部备注', 'orders.manageLabelRules': '维护标签规则' },
  roles: { agent: { 'orders.label': 'own' }, shiftLeader: marker, reviewer: marker, dispatcher: marker, callbackAgent: marker, supervisor: marker, businessAdmin: { 'orders.manageLabelRules': 'tenant' }, tenantAdmin: { 'orders.manageLabelRules': 'tenant' } },
  errors: labelFail,
  crons: [{ name: 'orders.labelRules', everySeconds: 3600, run: applyHourly }],
  events: { handles: labelHandlers },
  implements: [implement(labelUses, usesBetween)],
  routes: [
    bind(contract.labelOrdersRoute, labelOrders),
    bind(contract.orderMarksRoute, orderMarks),
    bind(contract.labelOrderRoute, labelOrder),
    bind(contract.noteOrderRoute, noteOrder),
    bind(contract.listLabelRulesRoute, listLabelRules),
    bind(contract.createLabelRuleRoute, createLabelRule),
    bind(contract.tryLabelRuleRoute, tryLabelRule),
    bind(contract.changeLabelRuleRoute, changeLabelRule),
    bind(contract.labelRuleHitsRoute, labelRuleHits),
  ],
})
