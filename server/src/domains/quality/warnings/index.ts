// Warnings of sub-standard handling: a part of inspection.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, smsTemplateSources } from '../../platform/index.ts'
import { raiseWarnings } from './raise-warnings.ts'
import * as contract from './warning-contract.ts'
import { warningSms } from './warning.zh-CN.ts'
import { addWarning, changeWarning, closeWarning, listWarnings, pushWarning, showWarning } from './warnings.ts'

export const part = definePart({
  routes: [bind(contract.listWarnings, listWarnings), bind(contract.showWarning, showWarning), bind(contract.addWarning, addWarning), bind(contract.changeWarning, changeWarning), bind(contract.pushWarning, pushWarning), bind(contract.closeWarning, closeWarning)],
  crons: [{ name: 'quality.warnings', everySeconds: 3600, run: raiseWarnings }],
  realtime: { 'quality.warnings': { may: 'quality.read' } },
  implements: [implement(smsTemplateSources, () => warningSms)],
})
