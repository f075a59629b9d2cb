// Key cases of special periods and the upper platform's special marks.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './key-case-contract.ts'
import { keyCaseFail } from './key-cases.errors.ts'
import { changeKeyTopic, changeSpecialMark, createKeyTopic, createSpecialMark, listKeyCases } from './manage-key-cases.ts'
import { cancelKeyMark, markKeyCase, orderKeyMarks } from './mark-order.ts'

export { applySpecialMarks, marksOfOrder } from './mark-order.ts'

const manager = { 'orders.manageKeyCases': 'tenant' } as const
const marker = { 'orders.markKeyCase': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.manageKeyCases': '维护重点专题和特殊标记', 'orders.markKeyCase': '标记和取消重点案件' },
  roles: { businessAdmin: manager, tenantAdmin: manager, reviewer: marker, dispatcher: marker, shiftLeader: marker, supervisor: marker },
  errors: keyCaseFail,
  routes: [
    bind(contract.listKeyCasesRoute, listKeyCases), bind(contract.createKeyTopicRoute, createKeyTopic), bind(contract.changeKeyTopicRoute, changeKeyTopic), bind(contract.createSpecialMarkRoute, createSpecialMark), bind(contract.changeSpecialMarkRoute, changeSpecialMark),
    bind(contract.orderKeyMarksRoute, orderKeyMarks), bind(contract.markKeyCaseRoute, markKeyCase), bind(contract.cancelKeyMarkRoute, cancelKeyMark),
  ],
})
