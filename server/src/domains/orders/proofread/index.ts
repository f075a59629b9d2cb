// Proofreading of key fields before submission: rules that ship, rules of the centre, and how well both do.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addProofreadExample, listProofreadExamples, measureProofreading, removeProofreadExample } from './measure-proofreading.ts'
import { proofreadAppeal } from './proofread-appeal.ts'
import { proofreadRoute } from './proofread-contract.ts'
import { changeProofreadRule, createProofreadRule, listProofreadRules, removeProofreadRule, switchProofreadRule, tryProofreadRule } from './proofread-rules.ts'
import { proofreadFail } from './proofread.errors.ts'
import * as contract from './rule-contract.ts'

export { keepProofreading, proofreadEngines } from './proofread-appeal.ts'

export const part = definePart({
  errors: proofreadFail,
  routes: [
    bind(proofreadRoute, proofreadAppeal),
    bind(contract.listProofreadRulesRoute, listProofreadRules), bind(contract.switchShippedRuleRoute, switchProofreadRule), bind(contract.createProofreadRuleRoute, createProofreadRule),
    bind(contract.changeProofreadRuleRoute, changeProofreadRule), bind(contract.removeProofreadRuleRoute, removeProofreadRule), bind(contract.tryProofreadRuleRoute, tryProofreadRule),
    bind(contract.listProofreadExamplesRoute, listProofreadExamples), bind(contract.addProofreadExampleRoute, addProofreadExample), bind(contract.removeProofreadExampleRoute, removeProofreadExample), bind(contract.measureProofreadRoute, measureProofreading),
  ],
})
