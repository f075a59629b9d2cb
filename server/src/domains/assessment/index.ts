// Assessment as later domains see it: results as published, and the days of periods.
export { periodHolding, type PeriodKind } from './periods.ts'
export { publishedWithin } from './published-within.ts'
export { listPeriods, showPeriod } from './read-periods.ts'
export { monthStartDay } from './settings.ts'
