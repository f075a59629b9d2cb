// Engines and suggestions as other domains see them.
export { addressIn, areasIn, summaryOf, tidy, timeIn, type Area, type Found } from './engines/read-words.ts'
export { areasOfTenant } from './engines/tenant-areas.ts'
export { elementsIn, type FoundElement } from './engines/elements.ts'
export { summarise, titleFrom } from './engines/summary.ts'
export { candidatesFor, keepDecision, keepSuggestion, settleSuggestions, subjectOf } from './applications/suggest.ts'
export { applicationOf, isProven, liveModel } from './ai.queries.ts'
export { candidateNames, trainingSource, type TrainingSample } from './ports.ts'
export { backgroundOf, checkReply, replyFaults, type Background } from './engines/reply-check.ts'
