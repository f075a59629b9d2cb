// Aids of the dispatch desk: rules that dispatch by themselves, words of dispatch.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { changeAssignRule, createAssignRule, deleteAssignRule, listAssignRules, tryAssignRule } from './assign-rules.ts'
import { judgeAutoAssignment, listAutoAssignments, sweepRules } from './auto-dispatch.ts'
import * as contract from './dispatching-contract.ts'
import { changeOpinion, createOpinion, deleteOpinion, listOpinions } from './opinions.ts'

export { listAutoAssignments } from './auto-dispatch.ts'
export { createAssignRule } from './assign-rules.ts'
export { proposeUnits } from './propose-units.ts'
export { createOpinion, opinionsFor } from './opinions.ts'

export const part = definePart({
  crons: [{ name: 'orders.assignRules', everySeconds: 5, run: sweepRules }],
  routes: [
    bind(contract.listAssignRulesRoute, listAssignRules), bind(contract.createAssignRuleRoute, createAssignRule), bind(contract.tryAssignRuleRoute, tryAssignRule), bind(contract.changeAssignRuleRoute, changeAssignRule), bind(contract.deleteAssignRuleRoute, deleteAssignRule),
    bind(contract.listAutoAssignmentsRoute, listAutoAssignments), bind(contract.judgeAutoAssignmentRoute, judgeAutoAssignment),
    bind(contract.listOpinionsRoute, listOpinions), bind(contract.createOpinionRoute, createOpinion), bind(contract.changeOpinionRoute, changeOpinion), bind(contract.deleteOpinionRoute, deleteOpinion),
  ],
})
