import type { Ctx } from '../../../kernel/ctx.ts'
import { formatDuration, localDate, type Duration, type Instant } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { appealTypePath } from '../classes/appeal-types.ts'
import type { LimitClock } from '../standard/content.ts'
import { originNames, scopeNames } from './limit-texts.zh-CN.ts'
import { limitRules } from './limit.queries.ts'
import { rankLimits, type LimitCase, type LimitRule } from './match-limit.ts'
import { nodePath } from '../classes/scheme-nodes.ts'

export type LimitQuestion = {
  matterId?: string | null
  categoryId?: string | null
  industryId?: string | null
  /** Code of the appeal type. */
  appealType: string
  /** Administrative level of the handling unit, 1 region … 5 community. */
  level?: number | null
  urgency: string
  unitKind?: string | null
  enterpriseGrade?: string | null
  clock: LimitClock
  /** The moment the clock begins, where that is not now: rules that are not yet or no longer in force are read as of that day. */
  startAt?: Instant | undefined
}

export type Limit = { duration: Duration; yellowBefore: Duration | null; ruleId: string; ruleText: string; receivers: LimitRule['receivers'] }

/** The rules that apply to a case, the winning one first; for the tester and for explanations. */
export async function limitCandidates(ctx: Ctx, question: LimitQuestion): Promise<LimitRule[]> {
  const { timeZone } = await calendarOf(ctx)
  const of: LimitCase = {
    clock: question.clock,
    matterId: question.matterId,
    categoryPath: question.categoryId ? await nodePath(ctx, question.categoryId) : [],
    industryPath: question.industryId ? await nodePath(ctx, question.industryId) : [],
    appealTypePath: await appealTypePath(ctx, question.appealType),
    level: question.level,
    urgency: question.urgency,
    unitKind: question.unitKind,
    enterpriseGrade: question.enterpriseGrade,
    today: localDate(question.startAt ?? ctx.clock.now(), timeZone),
  }
  return rankLimits(await limitRules(ctx), of)
}

/**
 * How long a clock runs for an order: the most specific rule (matter > category > industry > appeal type > tenant, then
 * level, then urgency), or null when no rule speaks of this clock, e.g. `response` of an ordinary order. `yellowBefore`
 * null means the tenant's general lead. `ruleText` is what an order shows as the origin of its limit.
 */
export async function limitFor(ctx: Ctx, question: LimitQuestion): Promise<Limit | null> {
  const rule = (await limitCandidates(ctx, question))[0]
  if (!rule) return null
  return { duration: rule.duration, yellowBefore: rule.yellowBefore, ruleId: rule.id, ruleText: `${ruleTitle(rule)}：${formatDuration(rule.duration)}`, receivers: rule.receivers }
}

/** `时限规则（归口）`. */
export const ruleTitle = (rule: LimitRule): string => `${originNames[rule.origin]}（${scopeNames[rule.scopeKind]}）`
