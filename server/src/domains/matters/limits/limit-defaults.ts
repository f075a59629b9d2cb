// Shipped time limits: they hold for every tenant until it saves a rule of the same key. Source: domain.md, Clocks; requirements MAT-19.
import type { Duration } from '../../../kernel/time/index.ts'
import type { LimitClock } from '../standard/content.ts'
import type { LimitRule } from './match-limit.ts'

type Shipped = { id: string; clock: LimitClock; duration: Duration } & Partial<Pick<LimitRule, 'scopeKind' | 'scopeId' | 'urgency' | 'enterpriseGrade' | 'yellowBefore'>>

const hours = (amount: number): Duration => ({ amount, unit: 'naturalHours' })
const workingDays = (amount: number): Duration => ({ amount, unit: 'workingDays' })

/** Ordinary orders by appeal type; urgent ones skip the type and fall to the tenant's urgent limit. */
const byType: Record<string, number> = { consultation: 1, help: 3, complaint: 5, report: 5, suggestion: 5 }

const shipped: Shipped[] = [
  { id: 'default-sign', clock: 'sign', duration: hours(12) },
  { id: 'default-first-contact', clock: 'firstContact', duration: hours(3) },
  { id: 'default-result-review', clock: 'resultReview', duration: workingDays(1) },
  { id: 'default-handling', clock: 'handling', duration: workingDays(5) },
  ...Object.entries(byType).map(([type, days]): Shipped => ({
    id: `default-handling-${type}`, clock: 'handling', scopeKind: 'appealType', scopeId: type, urgency: 'normal', duration: workingDays(days),
  })),
  ...([['A', 2], ['B', 4]] as const).map(([grade, amount]): Shipped => ({ id: `default-response-grade${grade}`, clock: 'response', enterpriseGrade: grade, duration: hours(amount), yellowBefore: hours(1) })),
  ...['urgent', 'major'].flatMap((urgency): Shipped[] => [
    { id: `default-response-${urgency}`, clock: 'response', urgency, duration: hours(2) },
    { id: `default-handling-${urgency}`, clock: 'handling', urgency, duration: hours(24) },
  ]),
]

export const shippedLimits: readonly LimitRule[] = shipped.map((rule) => ({
  origin: 'shipped',
  distance: Number.MAX_SAFE_INTEGER,
  scopeKind: 'tenant',
  scopeId: null,
  level: null,
  urgency: null,
  unitKind: null,
  enterpriseGrade: null,
  yellowBefore: null,
  receivers: {},
  validFrom: null,
  validTo: null,
  ...rule,
}))
