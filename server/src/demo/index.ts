/**
 * The fictional demo city 澜川市: areas, tenants, units, people, the matter standard, duty lists, and generators for all
 * texts of an order's life. Pure data and functions of a seed: no clock, no database. Loaded by the seed only.
 */
export { createRng, type Rng } from './rng.ts'
export { addDays, isoDay, type CivilDate, type CivilHour } from './civil-date.ts'
export { areaOf, areaPath, areasUnder, demoAreas, demoCommunities, type DemoArea } from './areas.ts'
export { demoOutlines, type DemoOutline } from './outlines.ts'
export {
  demoTenants, demoUnits, tenantOfArea, unitForArea, unitForDepartment, unitOf, type DemoTenant, type DemoUnit, type DemoUnitKind,
} from './units.ts'
export { departmentKeys, type DepartmentKey } from './departments.ts'
export { demoUsers, generatePerson, type PersonRequest, type DemoPerson, type DemoRole, type DemoUser } from './people.ts'
export { appealTypeName, demoAppealTypes, type AppealTypeCode, type DemoAppealType } from './appeal-types.ts'
export type { DemoElement, ElementType } from './elements.ts'
export { demoDirectories, demoMatters, inMonths, matterOfCode, textsOf, type DemoDirectory, type DemoMatter, type HandlingLevel } from './matters/index.ts'
export { pickMatter } from './pick-matter.ts'
export { classesOf, demoCategories, mattersByCategory, type DemoCategory, type DemoScheme } from './categories.ts'
export { demoEnterprises, type DemoEnterprise } from './enterprises.ts'
export { demoKnowledge, demoKnowledgeDirectories, demoSynonyms, type DemoKnowledge } from './knowledge.ts'
export { demoRooms, type RoomAct } from './rooms.ts'
export { demoPublications, type DemoPublication } from './publications.ts'
export { demoDuties, type DemoDuty } from './duties.ts'
export { makePlace, pickCommunity, type DemoPlace } from './texts/place.ts'
export { generateAppeal, type AppealRequest, type DemoAppeal, type Voice } from './texts/appeal.ts'
export type { Tone } from './texts/appeal-phrases.ts'
export { generateFeedback, generateProgress, selfName, type DemoFeedback, type FeedbackRequest } from './texts/feedback.ts'
export {
  generateCallback, generateDispatchOpinion, generateExtensionReason, generateReturnReason, generateReviewOpinion, generateSupplement, generateUrge,
  generateWithdrawal, type DemoCallback, type ReturnKind, type WithdrawalReason,
} from './texts/office.ts'
