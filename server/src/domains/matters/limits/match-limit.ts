// Which time-limit rule holds: the most specific one. Pure.
import type { Duration, LocalDate } from '../../../kernel/time/index.ts'
import type { LimitClock } from '../standard/content.ts'

export const limitScopes = ['matter', 'category', 'industry', 'appealType', 'tenant'] as const
export type LimitScope = (typeof limitScopes)[number]

export type LimitRule = {
  id: string
  origin: 'own' | 'upper' | 'shipped'
  /** 0 own tenant, 1 the one above …; shipped rules come last. */
  distance: number
  scopeKind: LimitScope
  scopeId: string | null
  level: number | null
  urgency: string | null
  unitKind: string | null
  enterpriseGrade: string | null
  clock: LimitClock
  duration: Duration
  yellowBefore: Duration | null
  receivers: { yellow?: string[]; red?: string[] }
  validFrom: LocalDate | null
  validTo: LocalDate | null
}

export type LimitCase = {
  clock: LimitClock
  matterId?: string | null | undefined
  /** Ids root → chosen node; a rule for an upper node holds below it. */
  categoryPath: readonly string[]
  industryPath: readonly string[]
  /** Type and, for a sub-type, its parent first. */
  appealTypePath: readonly string[]
  level?: number | null | undefined
  urgency: string
  unitKind?: string | null | undefined
  enterpriseGrade?: string | null | undefined
  today: LocalDate
}

/** Whether a rule speaks of a case at all. A condition that a rule names must be known of the case. */
export function limitApplies(rule: LimitRule, of: LimitCase): boolean {
  return (
    rule.clock === of.clock &&
    (rule.validFrom === null || rule.validFrom <= of.today) &&
    (rule.validTo === null || of.today <= rule.validTo) &&
    (rule.level === null || rule.level === of.level) &&
    (rule.urgency === null || rule.urgency === of.urgency) &&
    (rule.unitKind === null || rule.unitKind === of.unitKind) &&
    (rule.enterpriseGrade === null || rule.enterpriseGrade === of.enterpriseGrade) &&
    scopeDepth(rule, of) >= 0
  )
}

/** Rank by precedence, compared from left to right, larger wins: scope, depth in the tree, level, urgency, unit kind, grade, nearer tenant. */
export function limitRank(rule: LimitRule, of: LimitCase): number[] {
  return [
    limitScopes.length - limitScopes.indexOf(rule.scopeKind),
    scopeDepth(rule, of),
    Number(rule.level !== null),
    Number(rule.urgency !== null),
    Number(rule.unitKind !== null),
    Number(rule.enterpriseGrade !== null),
    -rule.distance,
  ]
}

/** Applicable rules, the winning one first. */
export function rankLimits(rules: readonly LimitRule[], of: LimitCase): LimitRule[] {
  return rules
    .filter((rule) => limitApplies(rule, of))
    .map((rule) => ({ rule, rank: limitRank(rule, of) }))
    .toSorted((a, b) => compareRanks(b.rank, a.rank))
    .map(({ rule }) => rule)
}

type LimitKey = Pick<LimitRule, 'scopeKind' | 'scopeId' | 'level' | 'urgency' | 'unitKind' | 'enterpriseGrade' | 'clock' | 'validFrom' | 'validTo'>

/** Two rules of one tenant that are equally specific for the same case on some day: neither could win. */
export function limitsConflict(a: LimitKey, b: LimitKey): boolean {
  const same =
    a.clock === b.clock && a.scopeKind === b.scopeKind && a.scopeId === b.scopeId && a.level === b.level && a.urgency === b.urgency &&
    a.unitKind === b.unitKind && a.enterpriseGrade === b.enterpriseGrade
  return same && periodsOverlap(a, b)
}

/** Days are inclusive; null is open. */
export function periodsOverlap(a: { validFrom: LocalDate | null; validTo: LocalDate | null }, b: { validFrom: LocalDate | null; validTo: LocalDate | null }): boolean {
  return (a.validFrom ?? '0000') <= (b.validTo ?? '9999') && (b.validFrom ?? '0000') <= (a.validTo ?? '9999')
}

/** Depth at which the scope is met, -1 when it is not; 0 outside trees. */
function scopeDepth(rule: LimitRule, of: LimitCase): number {
  const id = rule.scopeId ?? ''
  switch (rule.scopeKind) {
    case 'matter':
      return id === of.matterId ? 0 : -1
    case 'category':
      return of.categoryPath.indexOf(id)
    case 'industry':
      return of.industryPath.indexOf(id)
    case 'appealType':
      return of.appealTypePath.indexOf(id)
    case 'tenant':
      return 0
  }
}

function compareRanks(a: number[], b: number[]): number {
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0
    if (value !== other) return value - other
  }
  return 0
}
