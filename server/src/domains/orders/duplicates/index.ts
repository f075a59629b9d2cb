// Duplicates: the check while a form is filled in, its stored result, the port of a learned engine.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { answerDuplicateCheck, checkDuplicates, dropOldChecks, duplicateUse, orderDuplicates } from './check-duplicates.ts'
import { bandHandlers } from './index-bands.ts'
import * as contract from './duplicate-contract.ts'
import { duplicateFail } from './duplicates.errors.ts'
import { duplicateDays, duplicateThreshold } from './duplicates.settings.ts'

export { duplicateAnswer } from './duplicate-contract.ts'
export { indexPlace, keepCheck } from './check-duplicates.ts'
export { duplicateEngine, findDuplicates } from './find-duplicates.ts'
export { duplicateThreshold } from './duplicates.settings.ts'

export const part = definePart({
  settings: [duplicateThreshold, duplicateDays],
  errors: duplicateFail,
  events: { handles: bandHandlers },
  crons: [{ name: 'orders.oldDuplicateChecks', everySeconds: 3600, run: dropOldChecks }],
  routes: [
    bind(contract.checkDuplicatesRoute, checkDuplicates),
    bind(contract.answerDuplicateCheckRoute, answerDuplicateCheck),
    bind(contract.duplicateUseRoute, duplicateUse),
    bind(contract.orderDuplicatesRoute, orderDuplicates),
  ],
})
