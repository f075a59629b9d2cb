// Rules on the nodes of handling: what is permitted, demanded, limited and pushed there, as data with versions.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, smsTemplateSources } from '../../platform/index.ts'
import { changeNodeRule, createNodeRule, ensureNodeRules, listNodeRules, nodeRuleVersions, tryNodeRule } from './manage-node-rules.ts'
import * as contract from './node-rule-contract.ts'
import { nodeRuleFail } from './node-rules.errors.ts'
import { nodeHandlers, nodeSms } from './obey.ts'

export { nodeLimit, obey, underRules } from './obey.ts'
export { ensureNodeRules } from './manage-node-rules.ts'

const manager = { 'orders.manageNodeRules': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageNodeRules': '维护环节与办理规则' },
  roles: { businessAdmin: manager, tenantAdmin: manager },
  errors: nodeRuleFail,
  crons: [{ name: 'orders.shippedNodeRules', everySeconds: 30, run: ensureNodeRules }],
  events: { handles: nodeHandlers },
  implements: [implement(smsTemplateSources, () => nodeSms)],
  routes: [bind(contract.listNodeRulesRoute, listNodeRules), bind(contract.createNodeRuleRoute, createNodeRule), bind(contract.tryNodeRuleRoute, tryNodeRule), bind(contract.changeNodeRuleRoute, changeNodeRule), bind(contract.nodeRuleVersionsRoute, nodeRuleVersions)],
})
