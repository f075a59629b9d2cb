// Closing: composed opinions, declarations, exclusions.
import { on } from '../../../kernel/events/event.ts'
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { assignmentSigned, feedbackSubmitted } from '../events.ts'
import * as contract from './closing-contract.ts'
import { centreClosingForm, changeClosingTemplate, closingForm, composeClosing, createClosingTemplate, listClosingTemplates } from './closing-templates.ts'
import { closingRequired, declarationWindowed, exclusionItems, shelvingDays, shelvingExtensions, shelvingNotices } from './closing.settings.ts'
import { correctDeclaration, listDeclarations } from './declarations.ts'
import { discardExclusionDraft, listExclusionDrafts, prepareExclusion, reviewExclusionDraft, submitExclusionDrafts } from './exclusion-drafts.ts'
import { exclusionForm, exclusionHintShare, hintExclusions, listExclusionHints, rejectExclusionHint } from './exclusion-hints.ts'
import { declareExclusion, exclusion, liftExclusion, listExclusions, sweepShelvings } from './exclusions.ts'
import * as hinted from './hint-contract.ts'
import { declarationQuality, listDeclarationRepairs, listFaultyDeclarations, repairDeclarations, undoDeclarationRepairs } from './quality.ts'
import * as quality from './quality-contract.ts'
import { announceShelvings, extendShelving } from './shelvings.ts'
import * as windowed from './window-contract.ts'
import { changeDeclarationWindow, createDeclarationWindow, deleteDeclarationWindow, listDeclarationWindows, tellOpenWindows } from './windows.ts'

export { checkClosing, createClosingTemplate } from './closing-templates.ts'
export { declare } from './declarations.ts'
export { declarationNeedless } from './claim.ts'
export { exclusionActs, exclusionFlow } from './exclusions.ts'
export const closingKinds = [exclusion]

export const part = definePart({
  permissions: { 'orders.approveExclusion': '审核剔除与挂账' },
  roles: { reviewer: { 'orders.approveExclusion': 'tenant' } },
  settings: [closingRequired, exclusionItems, shelvingDays, shelvingNotices, shelvingExtensions, declarationWindowed],
  crons: [{ name: 'orders.shelvings', everySeconds: 300, run: sweepShelvings }, { name: 'orders.shelvingNotices', everySeconds: 3600, run: announceShelvings }, { name: 'orders.declarationWindows', everySeconds: 60, run: tellOpenWindows }],
  events: { handles: [on(assignmentSigned, 'orders.exclusionHints', hintExclusions), on(feedbackSubmitted, 'orders.exclusionHints', hintExclusions)] },
  routes: [
    bind(contract.listClosingTemplatesRoute, listClosingTemplates), bind(contract.createClosingTemplateRoute, createClosingTemplate), bind(contract.changeClosingTemplateRoute, changeClosingTemplate),
    bind(contract.closingFormRoute, closingForm), bind(contract.centreClosingFormRoute, centreClosingForm), bind(contract.composeClosingRoute, composeClosing),
    bind(contract.listDeclarationsRoute, listDeclarations), bind(contract.correctDeclarationRoute, correctDeclaration),
    bind(contract.declareExclusionRoute, declareExclusion), bind(contract.listExclusionsRoute, listExclusions), bind(contract.liftExclusionRoute, liftExclusion), bind(contract.extendShelvingRoute, extendShelving),
    bind(windowed.listDeclarationWindowsRoute, listDeclarationWindows), bind(windowed.createDeclarationWindowRoute, createDeclarationWindow), bind(windowed.changeDeclarationWindowRoute, changeDeclarationWindow), bind(windowed.deleteDeclarationWindowRoute, deleteDeclarationWindow),
    bind(windowed.prepareExclusionRoute, prepareExclusion), bind(windowed.listExclusionDraftsRoute, listExclusionDrafts), bind(windowed.reviewExclusionDraftRoute, reviewExclusionDraft), bind(windowed.discardExclusionDraftRoute, discardExclusionDraft), bind(windowed.submitExclusionDraftsRoute, submitExclusionDrafts),
    bind(quality.listFaultyDeclarationsRoute, listFaultyDeclarations), bind(quality.declarationQualityRoute, declarationQuality), bind(quality.repairDeclarationsRoute, repairDeclarations), bind(quality.listDeclarationRepairsRoute, listDeclarationRepairs), bind(quality.undoDeclarationRepairsRoute, undoDeclarationRepairs),
    bind(hinted.exclusionFormRoute, exclusionForm), bind(hinted.listExclusionHintsRoute, listExclusionHints), bind(hinted.exclusionHintShareRoute, exclusionHintShare), bind(hinted.rejectExclusionHintRoute, rejectExclusionHint),
  ],
})
