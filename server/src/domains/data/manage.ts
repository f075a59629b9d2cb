// The catalogue as people keep it: look, add, change from a day on, stop. Old periods keep their definitions.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { localDate } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import { catalogueOf, closure, db, kindOf, onDay, usedBy, type Catalogue, type Entry } from './catalogue.ts'
import type * as contract from './contract.ts'
import { dataFail } from './data.errors.ts'
import { callDimensions } from './call-dimensions.ts'
import { dimensions } from './dimensions.ts'
import { facts } from './fact-catalogue.ts'
import type { Fact } from './facts.ts'
import { formulaFunctions } from './formula.ts'
import { checkDefinition, isBasic, partsOf, type Definition } from './indicator.ts'
import { groupNames, kindNames } from './texts.zh-CN.ts'

const todayOf = async (ctx: Ctx): Promise<string> => localDate(ctx.clock.now(), (await tenantById(ctx, ctx.tenantId)).timeZone)
type View = Output<typeof contract.indicatorRoute>

function view(entry: Entry, catalogue: Catalogue, today: string): View {
  const now = onDay(entry, today)
  const latest = entry.versions.at(-1)
  return {
    of: objectsOf(catalogue, now.definition), code: entry.code, name: entry.name, kind: kindOf(entry), kindName: kindNames[kindOf(entry)], state: entry.state, shipped: entry.shipped, owner: entry.owner, version: now.version, definition: now.definition,
    parts: partsOf(now.definition).map((code) => ({ code, name: catalogue.get(code)?.name ?? code })), usedBy: usedBy(catalogue, entry.code, today).map((e) => ({ code: e.code, name: e.name })),
    coming: latest && latest.version > now.version ? { version: latest.version, fromDay: latest.fromDay ?? '' } : null,
    versions: entry.versions.toReversed().map((v) => ({ version: v.version, fromDay: v.fromDay, definition: v.definition, reason: v.reason, at: v.at, byName: v.byName })),
  }
}

type Object = View['of'][number]
/** What is counted through all parts: orders, calls, states of seats. */
function objectsOf(catalogue: Catalogue, d: Definition, seen = new Set<string>()): Object[] {
  if (isBasic(d)) return [facts[d.fact]?.own?.object ?? 'order']
  return [...new Set(partsOf(d).flatMap((code) => {
    const part = seen.has(code) ? undefined : catalogue.get(code)?.versions.at(-1)?.definition
    seen.add(code)
    return part ? objectsOf(catalogue, part, seen) : []
  }))]
}

export async function listIndicators(ctx: Ctx): Promise<Output<typeof contract.indicatorsRoute>> {
  authorize(ctx, 'data.read')
  const [catalogue, today] = [await catalogueOf(ctx), await todayOf(ctx)]
  const fact = (key: string, f: Fact) => ({
    key, label: f.label, dates: Object.entries(f.dates).map(([k, d]) => ({ key: k, label: d.label })), measures: Object.entries(f.measures).map(([k, m]) => ({ key: k, label: m.label })),
    fields: Object.entries(f.fields).map(([k, field]) => ({ key: k, label: field.label, kind: field.kind, choices: Object.entries(field.choices ?? {}).map(([value, label]) => ({ value, label })) })),
  })
  return {
    items: [...catalogue.values()].map((entry) => view(entry, catalogue, today)), dimensions: [...dimensions, ...callDimensions].map((d) => ({ key: d.key, label: d.label, group: groupNames[d.group], of: d.group === 'time' ? 'all' as const : (d.own?.length === 1 ? d.own[0] : d.own ? 'call' as const : 'order' as const) ?? 'order', counted: !d.own ? 'received' : d.own.includes('call') ? 'callsAll' : 'seatSeconds' })),
    facts: Object.entries(facts).map(([key, f]) => fact(key, f)), functions: formulaFunctions,
  }
}

export async function showIndicator(ctx: Ctx, input: { code: string }): Promise<View> {
  authorize(ctx, 'data.read')
  const catalogue = await catalogueOf(ctx)
  return view(known(catalogue, input.code), catalogue, await todayOf(ctx))
}

function known(catalogue: Catalogue, code: string): Entry {
  const entry = catalogue.get(code)
  if (!entry) throw dataFail('unknownIndicator', { params: { code } })
  return entry
}

/** With the new definition in place: every part exists, and no formula leads back to itself. */
function check(catalogue: Catalogue, code: string, name: string, d: Definition): void {
  checkDefinition(d, (part) => part === code || catalogue.has(part))
  const held = catalogue.get(code)
  const trial = new Map(catalogue).set(code, { code, name, state: 'active', shipped: held?.shipped ?? false, owner: '', versions: [{ version: 1, fromDay: null, definition: d, reason: '', at: null, byName: null }] })
  closure(trial, [code], '9999-12-31')
}

async function keep(ctx: Ctx, code: string, version: number, fromDay: string, d: Definition, reason: string): Promise<void> {
  await db(ctx).insertInto('data_indicator_version').values({ tenant_id: ctx.tenantId, code, version, from_day: fromDay, definition: json(d as never), reason, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
}

const head = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })
const recorded = (ctx: Ctx, act: string, code: string, changes: Record<string, { old: unknown; new: unknown }>): void => ctx.audit({ module: 'data', act, objectType: 'key:parameter', objectId: code, changes })

export async function createIndicator(ctx: Ctx, input: Input<typeof contract.createIndicatorRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  const catalogue = await catalogueOf(ctx)
  if (catalogue.has(input.code)) throw dataFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已被使用' }] })
  check(catalogue, input.code, input.name, input.definition)
  await db(ctx).insertInto('data_indicator').values({ tenant_id: ctx.tenantId, code: input.code, name: input.name, state: 'active', shipped: false, owner: input.owner, ...head(ctx) }).execute()
  // A new indicator may look back: nothing was counted by it before.
  await keep(ctx, input.code, 1, '2000-01-01', input.definition, input.reason)
  recorded(ctx, 'createIndicator', input.code, { definition: { old: null, new: input.definition } })
  return showAgain(ctx, input.code)
}

const showAgain = async (ctx: Ctx, code: string): Promise<View> => {
  const catalogue = await catalogueOf(ctx)
  return view(known(catalogue, code), catalogue, await todayOf(ctx))
}

async function lock(ctx: Ctx, entry: Entry): Promise<void> {
  await db(ctx).insertInto('data_indicator').values({ tenant_id: ctx.tenantId, code: entry.code, name: entry.name, state: entry.state, shipped: entry.shipped, owner: entry.owner, ...head(ctx) }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).execute()
  await db(ctx).selectFrom('data_indicator').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', entry.code).forUpdate().executeTakeFirst()
}

/** A new definition from a coming day on; what was counted before stays as it was. */
export async function changeIndicator(ctx: Ctx, input: Input<typeof contract.changeIndicatorRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  await lock(ctx, known(await catalogueOf(ctx), input.code))
  const catalogue = await catalogueOf(ctx)
  const entry = known(catalogue, input.code)
  const latest = entry.versions.at(-1)
  if (input.fromDay <= (await todayOf(ctx)) || (latest?.fromDay && input.fromDay <= latest.fromDay)) throw dataFail('fromDay', { fields: [{ path: 'fromDay', message: '请选择更晚的日期' }] })
  check(catalogue, input.code, input.name, input.definition)
  await keep(ctx, input.code, (latest?.version ?? 0) + 1, input.fromDay, input.definition, input.reason)
  await db(ctx).updateTable('data_indicator').set({ name: input.name, owner: input.owner, ...head(ctx) }).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).execute()
  recorded(ctx, 'changeIndicator', input.code, { definition: { old: latest?.definition ?? null, new: input.definition }, fromDay: { old: latest?.fromDay ?? null, new: input.fromDay } })
  return showAgain(ctx, input.code)
}

/** Stopped ones keep their past; one that others use cannot be stopped. */
export async function stopIndicator(ctx: Ctx, input: Input<typeof contract.stopIndicatorRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  const catalogue = await catalogueOf(ctx)
  const entry = known(catalogue, input.code)
  await lock(ctx, entry)
  const users = usedBy(catalogue, input.code, await todayOf(ctx)).filter((e) => e.code !== input.code)
  if (input.state === 'stopped' && users.length > 0) throw dataFail('inUse', { params: { by: users.map((e) => e.name).join('、') } })
  await db(ctx).updateTable('data_indicator').set({ state: input.state, ...head(ctx) }).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).execute()
  recorded(ctx, 'stopIndicator', input.code, { state: { old: entry.state, new: input.state } })
  return showAgain(ctx, input.code)
}

