// Suggestions for improvement (PLA-36): written in every tenant, screened there, decided at the top, progress open to all.
import type { RoleCode } from '../../../kernel/module.ts'
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { fileAccess } from '../attachments/index.ts'
import { exportSources } from '../lists/index.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { getSuggestion, listSuggestions, mayOpenSuggestionFile, suggestionExport, suggestionStatistics } from './read-suggestions.ts'
import { decideSuggestions, reviewSuggestions } from './review-suggestions.ts'
import { suggestionErrors } from './suggestion.errors.ts'
import { changeSuggestion, createSuggestion, similarSuggestions, submitSuggestion } from './write-suggestion.ts'

const writers: RoleCode[] = ['agent', 'shiftLeader', 'reviewer', 'dispatcher', 'callbackAgent', 'inspector', 'supervisor', 'handler', 'unitLeader', 'leader', 'matterManager', 'businessAdmin', 'systemAdmin']

export const part = definePart({
  permissions: { 'platform.suggest': '提交改进意见', 'platform.reviewSuggestions': '初审改进意见', 'platform.decideSuggestions': '终审改进意见' },
  roles: {
    ...Object.fromEntries(writers.map((role) => [role, { 'platform.suggest': 'own' } as const])),
    tenantAdmin: { 'platform.suggest': 'own', 'platform.reviewSuggestions': 'tenant', 'platform.decideSuggestions': 'tenantsBelow' },
  },
  errors: suggestionErrors,
  routes: [
    bind(contract.listSuggestions, listSuggestions), bind(contract.suggestionStatistics, suggestionStatistics), bind(contract.similarSuggestions, similarSuggestions), bind(contract.reviewSuggestions, reviewSuggestions), bind(contract.decideSuggestions, decideSuggestions),
    bind(contract.getSuggestion, getSuggestion), bind(contract.createSuggestion, createSuggestion), bind(contract.changeSuggestion, changeSuggestion), bind(contract.submitSuggestion, submitSuggestion),
  ],
  implements: [implement(fileAccess, mayOpenSuggestionFile), implement(exportSources, () => [suggestionExport])],
})
