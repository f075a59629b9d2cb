// Callbacks as later domains see them.
export { causeOf } from './schedule-callback.ts'
export { latestRates } from './read-results.ts'
export { callbackCompleted } from './events.ts'
export { takeUpperResults } from './upper/import-upper.ts'
