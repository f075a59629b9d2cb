// Sheets and rules as they stand: what ships, and over it the centre's own versions. Nothing is ever changed in place.
import type { Selectable } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { newId } from '../../kernel/runtime.ts'
import type { Instant } from '../../kernel/time/index.ts'
import type * as contract from './contract.ts'
import { withLexicons } from './lexicons.ts'
import { qualityFail } from './quality.errors.ts'
import { db } from './quality.queries.ts'
import { ruleDefinition, type Rule, type RuleDefinition } from './rule.ts'
import { shippedRules, shippedSheets } from './shipped.zh-CN.ts'
import { itemsOf, sheetDefinition, sheetFault, type ObjectKind, type SheetDefinition } from './sheet.ts'
import type { QualityTables } from './tables.gen.ts'
import { conditionNames, objectKindNames, severityNames } from './texts.zh-CN.ts'

export type Sheet = { id: string; number: number; name: string; kind: ObjectKind; state: 'active' | 'stopped'; definition: SheetDefinition; shipped: boolean; at: Instant | null; byName: string | null }
type SheetRow = Selectable<QualityTables['quality_sheet_version']>
const sheetOf = (row: SheetRow): Sheet => ({ id: row.sheet_id, number: row.number, name: row.name, kind: row.object_kind as ObjectKind, state: row.state as Sheet['state'], definition: sheetDefinition.parse(row.definition), shipped: shippedSheets.some((one) => one.id === row.sheet_id), at: row.at, byName: row.by_name })
const shippedSheet = (one: (typeof shippedSheets)[number]): Sheet => ({ id: one.id, number: 1, name: one.name, kind: one.kind, state: 'active', definition: one.definition, shipped: true, at: null, byName: null })

async function sheetRows(ctx: Ctx): Promise<Sheet[]> {
  const rows = await db(ctx).selectFrom('quality_sheet_version').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('sheet_id').orderBy('number').limit(2000).execute()
  return [...shippedSheets.map(shippedSheet), ...rows.map(sheetOf)]
}

/** What each indicator of each version is worth; items that decide alone have no worth of their own. */
export async function worths(ctx: Ctx): Promise<{ sheet: string; number: number; code: string; points: number }[]> {
  return (await sheetRows(ctx)).flatMap((one) => itemsOf(one.definition).filter((item) => !item.fatal).map((item) => ({ sheet: one.id, number: one.number, code: item.code, points: item.points })))
}

/** The newest version of each sheet. */
export async function sheets(ctx: Ctx): Promise<Sheet[]> {
  const all = await sheetRows(ctx)
  return [...new Map(all.map((one) => [one.id, one])).values()]
}

/** A version of a sheet; without a number the newest. 404 else. */
export async function sheetById(ctx: Ctx, id: string, number?: number): Promise<Sheet> {
  const found = (await sheetRows(ctx)).filter((one) => one.id === id && (number === undefined || one.number === number)).at(-1)
  if (!found) throw qualityFail('sheetNotFound')
  return found
}

const sheetView = (all: readonly Sheet[], sheet: Sheet): Output<typeof contract.sheetRoute> => ({
  ...sheet, kindName: objectKindNames[sheet.kind], versions: all.filter((one) => one.id === sheet.id).toReversed().map((one) => ({ number: one.number, name: one.name, at: one.at, byName: one.byName, definition: one.definition })),
})

export async function listSheets(ctx: Ctx): Promise<Output<typeof contract.sheetsRoute>> {
  authorize(ctx, 'quality.read')
  const all = await sheetRows(ctx)
  return { items: [...new Map(all.map((one) => [one.id, one])).values()].map((one) => sheetView(all, one)) }
}

/** A new sheet, or the next version of one. Errors: quality.sheetFault (422), quality.changed (409). */
export async function saveSheet(ctx: Ctx, input: Input<typeof contract.saveSheetRoute>): Promise<Output<typeof contract.sheetRoute>> {
  authorize(ctx, 'quality.manage')
  const fault = sheetFault(input.definition)
  if (fault) throw qualityFail('sheetFault', { params: { fault: fault.message }, fields: [fault] })
  const held = input.id === null ? null : await sheetById(ctx, input.id)
  if (held && held.number !== input.number) throw qualityFail('changed', { current: { number: held.number, byName: held.byName } })
  const id = held?.id ?? newId()
  const number = (held?.number ?? 0) + 1
  const stored = await db(ctx).insertInto('quality_sheet_version').values({ tenant_id: ctx.tenantId, sheet_id: id, number, name: input.name, object_kind: held?.kind ?? input.kind, state: input.state, definition: json(input.definition as never), at: ts(ctx.clock.now()), by_name: ctx.actor.name })
    .onConflict((c) => c.columns(['tenant_id', 'sheet_id', 'number']).doNothing()).returning('number').executeTakeFirst()
  if (!stored) throw qualityFail('changed')
  ctx.audit({ module: 'quality', act: 'saveSheet', objectType: 'key:parameter', objectId: id, changes: { sheet: { old: held?.definition ?? null, new: input.definition } } })
  const all = await sheetRows(ctx)
  return sheetView(all, all.filter((one) => one.id === id).at(-1) ?? (await sheetById(ctx, id)))
}

export type RuleVersion = Rule & { kind: ObjectKind; enabled: boolean; effectiveFrom: Instant | null; at: Instant | null; byName: string | null; reason: string }
type RuleRow = Selectable<QualityTables['quality_rule_version']>
const ruleOf = (row: RuleRow): RuleVersion => ({ id: row.rule_id, version: row.number, name: row.name, group: row.group_name, kind: row.object_kind as ObjectKind, enabled: row.enabled, definition: ruleDefinition.parse(row.definition), effectiveFrom: row.effective_from_at, at: row.at, byName: row.by_name, reason: row.reason })
const shippedRule = (one: (typeof shippedRules)[number]): RuleVersion => ({ id: one.id, version: 1, name: one.name, group: one.group, kind: one.kind, enabled: true, definition: ruleDefinition.parse(one.definition), effectiveFrom: null, at: null, byName: null, reason: '' })

async function ruleRows(ctx: Ctx): Promise<RuleVersion[]> {
  const rows = await db(ctx).selectFrom('quality_rule_version').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('rule_id').orderBy('number').limit(5000).execute()
  return [...shippedRules.map(shippedRule), ...rows.map(ruleOf)]
}

/** What holds at a moment: of each rule the newest version in effect, if it is switched on. */
export async function rulesAt(ctx: Ctx, which: { kind: ObjectKind; groups: readonly string[]; at: Instant }): Promise<Rule[]> {
  const inEffect = (await ruleRows(ctx)).filter((one) => one.effectiveFrom === null || one.effectiveFrom <= which.at)
  return withLexicons(ctx, [...new Map(inEffect.map((one) => [one.id, one])).values()].filter((one) => one.enabled && one.kind === which.kind && (which.groups.length === 0 || which.groups.includes(one.group))))
}

const versionView = (one: RuleVersion) => ({ number: one.version, name: one.name, group: one.group, enabled: one.enabled, definition: one.definition, effectiveFrom: one.effectiveFrom, at: one.at, byName: one.byName, reason: one.reason })
function ruleView(all: readonly RuleVersion[], id: string, now: Instant): Output<typeof contract.ruleRoute> {
  const versions = all.filter((one) => one.id === id)
  const newest = versions.at(-1)
  if (!newest) throw qualityFail('ruleNotFound')
  const live = versions.filter((one) => one.effectiveFrom === null || one.effectiveFrom <= now).at(-1) ?? null
  return {
    id, kind: newest.kind, kindName: objectKindNames[newest.kind], conditionName: conditionNames[newest.definition.condition.kind], severityName: severityNames[newest.definition.severity], shipped: shippedRules.some((one) => one.id === id),
    ...versionView(newest), live: live ? { number: live.version, enabled: live.enabled } : null, versions: versions.toReversed().map(versionView),
  }
}

export async function listRules(ctx: Ctx): Promise<Output<typeof contract.rulesRoute>> {
  authorize(ctx, 'quality.read')
  const all = await ruleRows(ctx)
  const now = ctx.clock.now()
  return { items: [...new Set(all.map((one) => one.id))].map((id) => ruleView(all, id, now)), groups: [...new Set(all.map((one) => one.group))], kinds: Object.entries(conditionNames).map(([value, label]) => ({ value, label })) }
}

async function addVersion(ctx: Ctx, version: Omit<RuleVersion, 'at' | 'byName' | 'effectiveFrom'> & { effectiveFrom: Instant }): Promise<void> {
  const stored = await db(ctx).insertInto('quality_rule_version').values({ tenant_id: ctx.tenantId, rule_id: version.id, number: version.version, name: version.name, group_name: version.group, object_kind: version.kind, enabled: version.enabled, definition: json(version.definition as never), effective_from_at: ts(version.effectiveFrom), at: ts(ctx.clock.now()), by_name: ctx.actor.name, reason: version.reason })
    .onConflict((c) => c.columns(['tenant_id', 'rule_id', 'number']).doNothing()).returning('number').executeTakeFirst()
  if (!stored) throw qualityFail('changed')
}

/** A new rule, or the next version of one, from a moment on; the version before holds until then. Errors: quality.changed (409). */
export async function saveRule(ctx: Ctx, input: Input<typeof contract.saveRuleRoute>): Promise<Output<typeof contract.ruleRoute>> {
  authorize(ctx, 'quality.manage')
  const { condition } = input.definition
  if ('words' in condition && condition.words.length === 0) throw kernelErrors('invalid', { fields: [{ path: 'definition.condition.words', message: '请至少填写一个词' }] })
  const held = input.id === null ? null : ruleView(await ruleRows(ctx), input.id, ctx.clock.now())
  if (held && held.number !== input.number) throw qualityFail('changed', { current: { number: held.number, byName: held.byName } })
  const id = held?.id ?? newId()
  const effectiveFrom = Math.max(input.effectiveFrom ?? 0, ctx.clock.now()) as Instant
  await addVersion(ctx, { id, version: (held?.number ?? 0) + 1, name: input.name, group: input.group, kind: held?.kind ?? input.kind, enabled: input.enabled, definition: input.definition, effectiveFrom, reason: input.reason })
  ctx.audit({ module: 'quality', act: 'saveRule', objectType: 'key:parameter', objectId: id, changes: { rule: { old: held ? { name: held.name, enabled: held.enabled, definition: held.definition } : null, new: { name: input.name, enabled: input.enabled, definition: input.definition } } } })
  return ruleView(await ruleRows(ctx), id, ctx.clock.now())
}

/** All rules of a group, on or off, from a moment on. */
export async function issueRuleGroup(ctx: Ctx, input: Input<typeof contract.issueRuleGroupRoute>): Promise<Output<typeof contract.issueRuleGroupRoute>> {
  authorize(ctx, 'quality.manage')
  const all = await ruleRows(ctx)
  const effectiveFrom = Math.max(input.effectiveFrom ?? 0, ctx.clock.now()) as Instant
  const rules = [...Map.groupBy(all, (one) => one.id).values()].filter((versions) => versions.at(-1)?.group === input.group)
  if (rules.length === 0) throw qualityFail('ruleNotFound')
  for (const versions of rules) {
    // What holds then goes on or off; what is planned for later follows it again, at its own time.
    const holding = versions.findLast((one) => one.effectiveFrom === null || one.effectiveFrom <= effectiveFrom) ?? versions.at(-1)
    const number = versions.at(-1)?.version ?? 0
    const planned = versions.filter((one) => holding && one.version > holding.version)
    const copies = holding ? [{ ...holding, effectiveFrom }, ...planned.map((one) => ({ ...one, effectiveFrom: one.effectiveFrom ?? effectiveFrom }))] : []
    for (const [i, one] of copies.entries()) await addVersion(ctx, { ...one, version: number + 1 + i, enabled: input.enabled, reason: input.reason })
  }
  ctx.audit({ module: 'quality', act: 'issueRuleGroup', objectType: 'key:parameter', objectId: input.group, changes: { enabled: { old: null, new: input.enabled } } })
  return { rules: rules.length }
}

export type { RuleDefinition }
