// Industry marks: set by the handling unit, objected to by the department, ruled by the centre.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './mark-contract.ts'
import { markConsentDays } from './mark.settings.ts'
import { consentMark, listMarkObjections, markIndustry, objectIndustry, ruleMark, sweepMarks } from './objections.ts'

export { listMarkObjections } from './objections.ts'
export { markActs } from './objections.ts'
export { declarationOf, markColumns, markWritten, readMark } from './set-mark.ts'
export { markFail } from './mark.errors.ts'

export const part = definePart({
  permissions: { 'orders.ruleMarks': '裁定行业归属' },
  roles: { reviewer: { 'orders.ruleMarks': 'tenant' }, leader: { 'orders.ruleMarks': 'tenant' } },
  settings: [markConsentDays],
  crons: [{ name: 'orders.marks', everySeconds: 300, run: sweepMarks }],
  routes: [bind(contract.markIndustryRoute, markIndustry), bind(contract.objectIndustryRoute, objectIndustry), bind(contract.consentMarkRoute, consentMark), bind(contract.ruleMarkRoute, ruleMark), bind(contract.listMarkObjectionsRoute, listMarkObjections)],
})
