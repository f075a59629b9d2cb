// Enterprise orders: the flag and what belongs to it, the response grade, and the registry's view of them.
import { implement } from '../../../kernel/port.ts'
import { enterpriseOrders } from '../../matters/index.ts'
import { definePart } from '../../platform/index.ts'
import { enterpriseGrades } from './enterprise.settings.ts'
import { ordersOfEnterprise } from './enterprise-orders.ts'

export { enterpriseFacts, gradeOf, type EnterpriseFacts, type EnterpriseInput } from './enterprise-order.ts'

export const part = definePart({ settings: [enterpriseGrades], implements: [implement(enterpriseOrders, ordersOfEnterprise)] })
