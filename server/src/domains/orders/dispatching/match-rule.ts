// Whether an order meets the condition of an assignment rule. Pure: the same code dispatches and tries rules on past orders.
import type { Instant } from '../../../kernel/time/index.ts'

export type RuleCondition = {
  appealTypes?: string[] | undefined
  categoryIds?: string[] | undefined
  matterIds?: string[] | undefined
  /** An area and everything below it. */
  areaCode?: string | undefined
  channels?: string[] | undefined
  urgencies?: string[] | undefined
  flags?: string[] | undefined
  /** One of these labels is on the order. */
  labelIds?: string[] | undefined
  /** Codes of case profiles. */
  profiles?: string[] | undefined
  /** One of them in title, content or place. */
  anyWords?: string[] | undefined
  /** None of them. */
  noWords?: string[] | undefined
  /** Local hours of registration, from inclusive to exclusive; 22 to 6 spans midnight. */
  hours?: { from: number; to: number } | undefined
}
export type RuleSubject = {
  appealType: string; categoryPath: readonly string[]; matterId: string | null; areaCode: string | null; channel: string; urgency: string; flags: readonly string[]; labelIds: readonly string[]; profile: string | null; text: string; hour: number
}

/** An empty condition matches nothing: a rule for every order is written out. */
export function matches(condition: RuleCondition, order: RuleSubject): boolean {
  const list = (wanted: string[] | undefined, has: (value: string) => boolean): boolean => wanted === undefined || wanted.length === 0 || wanted.some(has)
  if (isEmpty(condition)) return false
  return (
    list(condition.appealTypes, (v) => v === order.appealType) && list(condition.categoryIds, (v) => order.categoryPath.includes(v)) && list(condition.matterIds, (v) => v === order.matterId) &&
    (!condition.areaCode || (order.areaCode ?? '').startsWith(prefix(condition.areaCode))) && list(condition.channels, (v) => v === order.channel) && list(condition.urgencies, (v) => v === order.urgency) &&
    list(condition.labelIds, (v) => order.labelIds.includes(v)) && list(condition.profiles, (v) => v === order.profile) &&
    (condition.flags ?? []).every((f) => order.flags.includes(f)) && list(condition.anyWords, (v) => order.text.includes(v)) && !(condition.noWords ?? []).some((v) => order.text.includes(v)) && inHours(condition.hours, order.hour)
  )
}

export const isEmpty = (c: RuleCondition): boolean => !c.areaCode && !c.hours && [c.appealTypes, c.categoryIds, c.matterIds, c.channels, c.urgencies, c.flags, c.labelIds, c.profiles, c.anyWords].every((list) => list === undefined || list.length === 0)

// 990100 names the whole of 9901.
const prefix = (code: string): string => code.replace(/(00)+$/, '')
const inHours = (hours: { from: number; to: number } | undefined, hour: number): boolean => !hours || (hours.from <= hours.to ? hour >= hours.from && hour < hours.to : hour >= hours.from || hour < hours.to)

/** A rule holds only within its validity. */
export const valid = (rule: { valid_from_at: Instant | null; valid_to_at: Instant | null }, now: Instant): boolean => (rule.valid_from_at === null || rule.valid_from_at <= now) && (rule.valid_to_at === null || now < rule.valid_to_at)

/** Same conditions whatever the order of their lists. */
export function sameCondition(a: RuleCondition, b: RuleCondition): boolean {
  const canonical = (c: RuleCondition): string => JSON.stringify(Object.entries(c).filter(([, v]) => v !== undefined && !(Array.isArray(v) && v.length === 0)).toSorted(([x], [y]) => (x < y ? -1 : 1)).map(([k, v]) => [k, Array.isArray(v) ? v.toSorted() : v]))
  return canonical(a) === canonical(b)
}
