// Closing: composed opinions, declarations, exclusions.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './closing-contract.ts'
import { centreClosingForm, changeClosingTemplate, closingForm, composeClosing, createClosingTemplate, listClosingTemplates } from './closing-templates.ts'
import { closingRequired, exclusionClasses, shelvingDays } from './closing.settings.ts'
import { correctDeclaration, listDeclarations } from './declarations.ts'
import { declareExclusion, exclusion, liftExclusion, listExclusions, sweepShelvings } from './exclusions.ts'

export { checkClosing, createClosingTemplate } from './closing-templates.ts'
export { declare } from './declarations.ts'
export { exclusionActs, exclusionFlow } from './exclusions.ts'
export const closingKinds = [exclusion]

export const part = definePart({
  permissions: { 'orders.approveExclusion': '审核剔除与挂账' },
  roles: { reviewer: { 'orders.approveExclusion': 'tenant' } },
  settings: [closingRequired, exclusionClasses, shelvingDays],
  crons: [{ name: 'orders.shelvings', everySeconds: 300, run: sweepShelvings }],
  routes: [
    bind(contract.listClosingTemplatesRoute, listClosingTemplates), bind(contract.createClosingTemplateRoute, createClosingTemplate), bind(contract.changeClosingTemplateRoute, changeClosingTemplate),
    bind(contract.closingFormRoute, closingForm), bind(contract.centreClosingFormRoute, centreClosingForm), bind(contract.composeClosingRoute, composeClosing),
    bind(contract.listDeclarationsRoute, listDeclarations), bind(contract.correctDeclarationRoute, correctDeclaration),
    bind(contract.declareExclusionRoute, declareExclusion), bind(contract.listExclusionsRoute, listExclusions), bind(contract.liftExclusionRoute, liftExclusion),
  ],
})
