// The standard as other domains see it: matters, duty lists, classification, time limits. None of these functions
// checks permissions: the calling use-case has done so. Everything is read for the context's tenant, upper tenants included.
export { matterById, findMatter, mattersByIds, type Matter } from './matter/matter-by-id.ts'
export { offeredDirectories, offeredMatters, type OfferedDirectory, type OfferedMatter } from './matter/offered-matters.ts'
export { recommendUnits, negativeUnits, type RecommendedUnit, type UnitPath } from './duty/recommend-units.ts'
export { limitFor, type Limit, type LimitQuestion } from './limits/limit-for.ts'
export { appealTypes, appealTypeById, type AppealType } from './classes/appeal-types.ts'
export { categoryById, effectiveNodes, nodesUnder, schemeNodeById, type SchemeNode } from './classes/scheme-nodes.ts'
export { categoryMinLevel, industryRequired, urgencyLevels } from './matters.settings.ts'
export { schemes, type Scheme } from './classes/schemes.ts'
export { matterUsage, type MatterUsage } from './standard/usage.ts'
export { limitRuleChanged, standardPublished } from './matters.events.ts'
export { seedMatters, type MattersSeed, type SeededMatters } from './seed.ts'
export type { ClosingItem, LimitClock, MatterElement, StandardKind, StandardState } from './standard/content.ts'
