// Element labels of types of appeals.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './element-contract.ts'
import { listTypeElements, setTypeElements, typeElements } from './type-elements.ts'

export { elementsOfType } from './type-elements.ts'

const manager = { 'orders.manageRegistrationRules': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageRegistrationRules': '维护登记规则（要素标签、校对、选点）' },
  roles: { businessAdmin: manager, tenantAdmin: manager },
  routes: [bind(contract.typeElementsRoute, typeElements), bind(contract.listTypeElementsRoute, listTypeElements), bind(contract.setTypeElementsRoute, setTypeElements)],
})
