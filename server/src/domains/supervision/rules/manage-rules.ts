// Keeping rules: drafts are written, tested, made effective; an effective version never changes (SUP-14, SUP-15).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { definition as definitionSchema, type Condition, type Definition, type RuleEffect } from './definition.ts'
import { factOf, facts, operatorsOf } from './facts.ts'
import { conditionFaults, simulate, type SimulatedFacts } from './matching.ts'
import type * as contract from './rule-contract.ts'
import { ensureShippedRules, judgeVersion, latestVersion } from './rule-store.ts'
import { effectNames, ENDED_BY_RULE, ruleStateNames, versionStateNames } from './rule-texts.zh-CN.ts'
import { ruleTestRequired } from '../settings.ts'
import { supervisionFail } from '../supervision.errors.ts'
import { db } from '../supervision.queries.ts'
import { conditionText } from './condition-text.ts'

const KEEP = 'supervision.configure'
const conditionsText = (raw: unknown): string => definitionSchema.parse(raw).conditions.map(conditionText).join('，且')

export async function listFacts(ctx: Ctx): Promise<Output<typeof contract.factsRoute>> {
  authorize(ctx, KEEP)
  return { items: facts.map((f) => ({ key: f.key, name: f.name, kind: f.kind, operators: [...operatorsOf[f.kind]], options: f.options ?? [] })) }
}

const ruleQuery = (ctx: Ctx) =>
  db(ctx)
    .selectFrom('supervision_rule as r')
    .innerJoin('supervision_rule_version as v', (join) => join.onRef('v.tenant_id', '=', 'r.tenant_id').onRef('v.rule_id', '=', 'r.id'))
    .select(['r.id', 'r.key', 'r.effect', 'r.name', 'r.template', 'r.state', 'r.effective_number as effectiveNumber', 'r.version', 'r.updated_at as updatedAt', 'v.number', 'v.state as versionState', 'v.definition'])
    .where('r.tenant_id', '=', ctx.tenantId)
    .where('v.number', '=', sql<number>`(select max(w.number) from supervision_rule_version w where w.tenant_id = r.tenant_id and w.rule_id = r.id)`)
type Row = Awaited<ReturnType<ReturnType<typeof ruleQuery>['execute']>>[number]

const rowView = ({ definition, effect, state, ...r }: Row) => ({
  ...r, effect: effect as RuleEffect, effectName: effectNames[effect] ?? effect, state: state as 'draft' | 'effective' | 'stopped', stateName: ruleStateNames[state] ?? state, versionStateName: versionStateNames[r.versionState] ?? r.versionState,
  conditionsText: conditionsText(definition),
})

export async function listRules(ctx: Ctx, input: Input<typeof contract.listRulesRoute>): Promise<Output<typeof contract.listRulesRoute>> {
  authorize(ctx, KEEP)
  let query = ruleQuery(ctx)
  if (input.effect) query = query.where('r.effect', '=', input.effect)
  if (input.template !== undefined) query = query.where('r.template', '=', input.template)
  if (input.state) query = query.where('r.state', '=', input.state)
  return { items: (await query.orderBy('r.effect').orderBy('r.created_at').orderBy('r.id').execute()).map(rowView) }
}

export async function showRule(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.showRuleRoute>> {
  authorize(ctx, KEEP)
  const row = await ruleQuery(ctx).where('r.id', '=', input.id).executeTakeFirst()
  if (!row) throw supervisionFail('ruleNotFound')
  const versions = await db(ctx).selectFrom('supervision_rule_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', row.id).orderBy('number', 'desc').execute()
  const tests = await db(ctx).selectFrom('supervision_rule_test').select(['id', 'number', 'kind', 'inputs', 'outcome', 'passed', 'by_name as byName', 'at']).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', row.id).orderBy('at', 'desc').orderBy('id', 'desc').limit(50).execute()
  const definition = definitionSchema.parse(row.definition)
  return {
    ...rowView(row), definition,
    versions: versions.map((v) => ({ number: v.number, state: v.state, stateName: versionStateNames[v.state] ?? v.state, conditionsText: conditionsText(v.definition), createdByName: v.created_by_name, createdAt: v.created_at, effectiveAt: v.effective_at, retiredAt: v.retired_at })),
    tests: tests.map((t) => ({ ...t, kind: t.kind as 'simulated' | 'past' })),
    suggested: suggestedCases(definition),
  }
}

/** One order that meets all conditions, and for each condition one that misses it by the least. */
export function suggestedCases({ conditions }: Pick<Definition, 'conditions'>) {
  const inside = Object.fromEntries(conditions.map((c) => [c.fact, meets(c)]))
  return [
    { name: '各项条件刚好满足', facts: inside, expected: true },
    ...conditions.map((c) => ({ name: `不满足：${conditionText(c)}`, facts: { ...inside, [c.fact]: misses(c) }, expected: false })),
  ]
}
const asHours = (c: Condition, amount: number): number => (c.unit === 'naturalDays' ? amount * 24 : c.unit === 'workingDays' ? amount * 24 * 3 : c.unit === 'workingHours' ? amount * 12 : amount)
function meets(c: Condition): number | string | boolean | string[] {
  const kind = factOf(c.fact)?.kind
  if (typeof c.value === 'number') return kind === 'since' ? asHours(c, c.value) + (c.unit === 'naturalHours' ? 0 : 24) : kind === 'until' ? Math.max(c.value * (c.unit === 'naturalDays' ? 24 : 1) - 0.5, 0.01) : c.value
  if (typeof c.value === 'boolean') return c.value
  const first = c.op === 'notIn' ? '—' : (c.value[0] ?? '')
  return kind === 'flags' ? [first] : first
}
function misses(c: Condition): number | string | boolean | string[] {
  const kind = factOf(c.fact)?.kind
  if (typeof c.value === 'number') {
    if (kind === 'since') return c.unit === 'naturalHours' || c.unit === 'naturalDays' ? asHours(c, c.value) - 1 : -1
    if (kind === 'until') return asHours(c, c.value) + 24
    return c.op === '<=' ? c.value + 1 : c.op === '=' ? c.value + 1 : c.value - 1
  }
  if (typeof c.value === 'boolean') return !c.value
  const other = c.op === 'notIn' ? (c.value[0] ?? '') : kind === 'unit' ? '00000000-0000-4000-8000-000000000000' : '0'
  return kind === 'flags' ? [other] : other
}

function check(definition: Definition, effect: RuleEffect): void {
  const faults = conditionFaults(definition.conditions)
  if (effect === 'alert' && definition.recipients.length === 0) faults.push({ path: 'definition.recipients', message: '请选择提醒对象' })
  if (effect === 'finding' && definition.kind === null) faults.push({ path: 'definition.kind', message: '请选择巡检类别' })
  if (faults.length > 0) throw kernelErrors('invalid', { fields: faults })
}

export async function createRule(ctx: Ctx, input: Input<typeof contract.createRuleRoute>): Promise<Output<typeof contract.createRuleRoute>> {
  authorize(ctx, KEEP)
  await ensureShippedRules(ctx)
  check(input.definition, input.effect)
  return showRule(ctx, { id: await insertRule(ctx, input) })
}

async function insertRule(ctx: Ctx, rule: { effect: RuleEffect; name: string; template: boolean; definition: Definition }): Promise<string> {
  const id = newId()
  const now = ts(ctx.clock.now())
  await db(ctx).insertInto('supervision_rule').values({ tenant_id: ctx.tenantId, id, key: null, effect: rule.effect, name: rule.name, template: rule.template, state: 'draft', effective_number: null, created_by_name: ctx.actor.name, created_at: now, updated_at: now }).execute()
  await insertVersion(ctx, id, 1, rule.definition)
  ctx.audit({ module: 'supervision', act: 'createRule', objectType: 'key:supervisionRule', objectId: id, changes: { name: { old: null, new: rule.name }, conditions: { old: null, new: conditionsText(rule.definition) } } })
  return id
}
const insertVersion = async (ctx: Ctx, ruleId: string, number: number, definition: Definition): Promise<void> =>
  void (await db(ctx).insertInto('supervision_rule_version').values({ tenant_id: ctx.tenantId, rule_id: ruleId, number, definition: json(definition), state: 'draft', created_by_name: ctx.actor.name, created_at: ts(ctx.clock.now()), effective_at: null, retired_at: null }).execute())

export async function copyRule(ctx: Ctx, input: Input<typeof contract.copyRuleRoute>): Promise<Output<typeof contract.copyRuleRoute>> {
  const from = await showRule(ctx, input)
  return showRule(ctx, { id: await insertRule(ctx, { effect: from.effect, name: input.name, template: input.template, definition: from.definition }) })
}

async function lockRule(ctx: Ctx, id: string, version?: number) {
  authorize(ctx, KEEP)
  const rule = await db(ctx).selectFrom('supervision_rule').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!rule) throw supervisionFail('ruleNotFound')
  if (version !== undefined && version !== rule.version) throw kernelErrors('conflict', { current: { version: rule.version, name: rule.name, state: rule.state } })
  return rule
}
const touch = async (ctx: Ctx, id: string, change: { name?: string; state?: string; effective_number?: number | null }): Promise<void> =>
  void (await db(ctx).updateTable('supervision_rule').set((eb) => ({ ...change, updated_at: ts(ctx.clock.now()), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute())

/** An effective version stays; the change becomes the next version, which has to be tested before it follows. */
export async function changeRule(ctx: Ctx, input: Input<typeof contract.changeRuleRoute>): Promise<Output<typeof contract.changeRuleRoute>> {
  const rule = await lockRule(ctx, input.id, input.version)
  check(input.definition, rule.effect as RuleEffect)
  const latest = await latestVersion(ctx, rule.id)
  // Tests speak of the text that was tested: a version that was tested or effective is followed by another.
  const tested = await db(ctx).selectFrom('supervision_rule_test').select('id').where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('number', '=', latest.number).executeTakeFirst()
  if (tested || latest.state === 'effective' || latest.state === 'retired') await insertVersion(ctx, rule.id, latest.number + 1, input.definition)
  else await db(ctx).updateTable('supervision_rule_version').set({ definition: json(input.definition), state: 'draft' }).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('number', '=', latest.number).execute()
  await touch(ctx, rule.id, { name: input.name })
  ctx.audit({ module: 'supervision', act: 'changeRule', objectType: 'key:supervisionRule', objectId: rule.id, changes: { conditions: { old: conditionsText(latest.definition), new: conditionsText(input.definition) } } })
  return showRule(ctx, input)
}

/** Templates and drafts that never were effective go; others are stopped, since tasks name them. */
export async function removeRule(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  const rule = await lockRule(ctx, input.id)
  if (rule.key !== null || (await db(ctx).selectFrom('supervision_rule_version').select('number').where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('effective_at', 'is not', null).executeTakeFirst())) throw supervisionFail('ruleUsed', { rule: 'supervision.rule.keep' })
  await db(ctx).deleteFrom('supervision_rule').where('tenant_id', '=', ctx.tenantId).where('id', '=', rule.id).execute()
  ctx.audit({ module: 'supervision', act: 'removeRule', objectType: 'key:supervisionRule', objectId: rule.id, changes: { name: { old: rule.name, new: null } } })
  return {}
}

/** Simulated orders against the latest version; nothing is sent to anyone. */
export async function simulateRule(ctx: Ctx, input: Input<typeof contract.simulateRuleRoute>): Promise<Output<typeof contract.simulateRuleRoute>> {
  const rule = await lockRule(ctx, input.id)
  const version = await latestVersion(ctx, rule.id)
  if (version.state === 'effective' || version.state === 'retired') throw supervisionFail('nothingToTest', { rule: 'supervision.rule.test' })
  const unknown = input.cases.flatMap((c, i) => Object.keys(c.facts).filter((key) => !factOf(key)).map((key) => ({ path: `cases.${i}.facts.${key}`, message: '没有这个条件项' })))
  if (unknown.length > 0) throw kernelErrors('invalid', { fields: unknown })
  const fired = await simulate(ctx, version.definition, input.cases.map((c) => c.facts as SimulatedFacts))
  const outcome = input.cases.map((c, i) => ({ name: c.name, expected: c.expected, fired: fired[i] ?? false }))
  // A test that only shows where the rule fires, or only where it does not, has not tried its border.
  const passed = outcome.every((o) => o.expected === o.fired) && outcome.some((o) => o.fired) && outcome.some((o) => !o.fired)
  await db(ctx).insertInto('supervision_rule_test').values({ tenant_id: ctx.tenantId, id: newId(), rule_id: rule.id, number: version.number, kind: 'simulated', inputs: json(input.cases), outcome: json({ cases: outcome }), passed, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
  await judgeVersion(ctx, rule.id, version.number)
  return showRule(ctx, input)
}

export async function enableRule(ctx: Ctx, input: Input<typeof contract.enableRuleRoute>): Promise<Output<typeof contract.enableRuleRoute>> {
  const rule = await lockRule(ctx, input.id, input.version)
  if (rule.template) throw supervisionFail('isTemplate', { rule: 'supervision.rule.template' })
  const version = await latestVersion(ctx, rule.id)
  const again = version.state === 'effective'
  // A list only shows; everything that acts on orders has to be tried first.
  if (!again && version.state !== 'passed' && rule.effect !== 'list' && (await setting(ctx, ruleTestRequired))) throw supervisionFail('notTested', { rule: 'supervision.rule.tested', params: { state: versionStateNames[version.state] ?? version.state } })
  const now = ts(ctx.clock.now())
  if (!again) {
    await db(ctx).updateTable('supervision_rule_version').set({ state: 'retired', retired_at: now }).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('state', '=', 'effective').execute()
    await db(ctx).updateTable('supervision_rule_version').set({ state: 'effective', effective_at: now }).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('number', '=', version.number).execute()
  }
  await touch(ctx, rule.id, { state: 'effective', effective_number: version.number })
  ctx.audit({ module: 'supervision', act: 'enableRule', objectType: 'key:supervisionRule', objectId: rule.id, changes: { effective: { old: rule.effective_number, new: version.number } } })
  return showRule(ctx, input)
}

export async function stopRule(ctx: Ctx, input: Input<typeof contract.stopRuleRoute>): Promise<Output<typeof contract.stopRuleRoute>> {
  const rule = await lockRule(ctx, input.id, input.version)
  if (rule.state !== 'effective') throw supervisionFail('notEffective', { rule: 'supervision.rule.effective' })
  await touch(ctx, rule.id, { state: 'stopped' })
  await db(ctx).updateTable('supervision_hit').set({ state: 'closed', ended_at: ts(ctx.clock.now()), ended_reason: ENDED_BY_RULE }).where('tenant_id', '=', ctx.tenantId).where('rule_id', '=', rule.id).where('ended_at', 'is', null).execute()
  ctx.audit({ module: 'supervision', act: 'stopRule', objectType: 'key:supervisionRule', objectId: rule.id, changes: { state: { old: '生效', new: '停用' } } })
  return showRule(ctx, input)
}
