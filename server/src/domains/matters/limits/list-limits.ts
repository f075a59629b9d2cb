import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDuration, formatDue, formatDuration, isUncertain, leadBefore } from '../../../kernel/time/index.ts'
import { calendarOf, setting, unitKinds } from '../../platform/index.ts'
import { appealTypeById } from '../classes/appeal-types.ts'
import { schemeNodeById } from '../classes/scheme-nodes.ts'
import { mattersByIds } from '../matter/matter-by-id.ts'
import { urgencyLevels } from '../matters.settings.ts'
import type { MattersTables } from '../tables.gen.ts'
import type * as contract from './limit-contract.ts'
import { limitCandidates, ruleTitle } from './limit-for.ts'
import { limitReceivers } from './limit-receivers.ts'
import { clockNames, scopeNames } from './limit-texts.zh-CN.ts'
import { limitRules } from './limit.queries.ts'
import { limitScopes, type LimitRule } from './match-limit.ts'

type Item = Output<typeof contract.listLimits>['items'][number]

/** All rules that hold here in the order of precedence: own ones, inherited ones, durations of matters, shipped ones. */
export async function listLimits(ctx: Ctx, input: Input<typeof contract.listLimits>): Promise<Output<typeof contract.listLimits>> {
  authorize(ctx, 'matters.read')
  const rules = (await limitRules(ctx)).filter(
    (rule) => (!input.clock?.length || input.clock.includes(rule.clock)) && (!input.scopeKind?.length || input.scopeKind.includes(rule.scopeKind)) && (!input.urgency || rule.urgency === input.urgency),
  )
  const stored = new Map(
    (await ctx.db<MattersTables>().selectFrom('matter_limit_rule').select(['id', 'version', 'note']).where('tenant_id', '=', ctx.tenantId).where('removed_at', 'is', null).execute()).map((row) => [row.id, row]),
  )
  const levels = new Map((await setting(ctx, urgencyLevels)).map((level) => [level.code, level.name]))
  const scopeTexts = await scopeTextsOf(ctx, rules)
  const items = rules.map((rule): Item => ({
    id: rule.id, origin: rule.origin, scopeKind: rule.scopeKind, scopeId: rule.scopeId, level: rule.level, urgency: rule.urgency, unitKind: unitKinds.find((kind) => kind === rule.unitKind) ?? null,
    enterpriseGrade: rule.enterpriseGrade, clock: rule.clock, duration: rule.duration, yellowBefore: rule.yellowBefore, receivers: limitReceivers.parse(rule.receivers), validFrom: rule.validFrom, validTo: rule.validTo,
    note: stored.get(rule.id)?.note ?? null, version: stored.get(rule.id)?.version ?? 0, scopeText: scopeTexts.get(rule) ?? '', durationText: formatDuration(rule.duration),
    urgencyName: rule.urgency === null ? null : (levels.get(rule.urgency) ?? rule.urgency), clockName: clockNames[rule.clock], editable: stored.has(rule.id),
  }))
  const wanted = items.filter((item) => !input.query || item.scopeText.includes(input.query))
  return { items: wanted.toSorted((a, b) => limitScopes.indexOf(a.scopeKind) - limitScopes.indexOf(b.scopeKind) || originOrder[a.origin] - originOrder[b.origin] || (a.id < b.id ? -1 : 1)) }
}

const originOrder = { own: 0, upper: 1, shipped: 2 }

/** For given values: which rule applies to each clock, until when, and which rules it passes over. */
export async function testLimits(ctx: Ctx, input: Input<typeof contract.testLimits>): Promise<Output<typeof contract.testLimits>> {
  authorize(ctx, 'matters.read')
  const calendar = await calendarOf(ctx)
  const now = ctx.clock.now()
  const startAt = input.startAt ?? now
  const items = []
  for (const clock of input.clocks) {
    const [winner, ...others] = await limitCandidates(ctx, { ...input, clock })
    const texts = await scopeTextsOf(ctx, [...(winner ? [winner] : []), ...others])
    const candidateOf = (rule: LimitRule) => ({ ruleId: rule.id, title: ruleTitle(rule), scopeText: texts.get(rule) ?? '', durationText: formatDuration(rule.duration), origin: rule.origin })
    const dueAt = winner ? addDuration(calendar, startAt, winner.duration) : null
    items.push({
      clock,
      clockName: clockNames[clock],
      limit: winner && dueAt !== null ? {
        ...candidateOf(winner), duration: winner.duration, dueAt, dueText: formatDue(dueAt, now, calendar.timeZone),
        yellowAt: winner.yellowBefore ? leadBefore(calendar, dueAt, winner.yellowBefore, winner.duration) : null, uncertain: isUncertain(calendar, dueAt),
      } : null,
      passedOver: others.map(candidateOf),
    })
  }
  return { startAt, items }
}

/** `事项：供热不热`, `归口：城市管理/供热`, `诉求类型：投诉`, `全局`. */
async function scopeTextsOf(ctx: Ctx, rules: readonly LimitRule[]): Promise<Map<LimitRule, string>> {
  const matters = await mattersByIds(ctx, rules.flatMap((rule) => (rule.scopeKind === 'matter' && rule.scopeId ? [rule.scopeId] : [])))
  const nameOf = async (rule: LimitRule): Promise<string> => {
    const id = rule.scopeId ?? ''
    if (rule.scopeKind === 'matter') return matters.get(id)?.name ?? id
    if (rule.scopeKind === 'appealType') return (await appealTypeById(ctx, id))?.name ?? id
    return (await schemeNodeById(ctx, id))?.pathNames.join('/') ?? id
  }
  const texts = new Map<LimitRule, string>()
  for (const rule of rules) texts.set(rule, rule.scopeKind === 'tenant' ? scopeNames.tenant : `${scopeNames[rule.scopeKind]}：${await nameOf(rule)}`)
  return texts
}
