// The catalogue as people keep it: look, add, change from a day on, stop. Old periods keep their definitions.
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import { localDate } from '../../kernel/time/index.ts'
import { tenantById } from '../platform/index.ts'
import { catalogueOf, closure, db, kindOf, onDay, usedBy, type Catalogue, type Entry } from './catalogue.ts'
import { decideChange, propose, waitingCodes, type Change } from './changes.ts'
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

function view(entry: Entry, catalogue: Catalogue, today: string, waiting: ReadonlySet<string> = new Set()): View {
  const now = onDay(entry, today)
  const latest = entry.versions.at(-1)
  return {
    of: objectsOf(catalogue, now.definition), code: entry.code, name: entry.name, kind: kindOf(entry), kindName: kindNames[kindOf(entry)], state: entry.state, shipped: entry.shipped, owner: entry.owner, version: now.version, definition: now.definition,
    parts: partsOf(now.definition).map((code) => ({ code, name: catalogue.get(code)?.name ?? code })), usedBy: usedBy(catalogue, entry.code, today).map((e) => ({ code: e.code, name: e.name })),
    coming: latest && latest.version > now.version ? { version: latest.version, fromDay: latest.fromDay ?? '' } : null,
    waiting: waiting.has(entry.code),
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
  const [catalogue, today, waiting] = [await catalogueOf(ctx), await todayOf(ctx), await waitingCodes(ctx)]
  const fact = (key: string, f: Fact) => ({
    key, label: f.label, dates: Object.entries(f.dates).map(([k, d]) => ({ key: k, label: d.label })), measures: Object.entries(f.measures).map(([k, m]) => ({ key: k, label: m.label })),
    fields: Object.entries(f.fields).map(([k, field]) => ({ key: k, label: field.label, kind: field.kind, choices: Object.entries(field.choices ?? {}).map(([value, label]) => ({ value, label })) })),
  })
  return {
    items: [...catalogue.values()].map((entry) => view(entry, catalogue, today, waiting)), dimensions: [...dimensions, ...callDimensions].map((d) => ({ key: d.key, label: d.label, group: groupNames[d.group], of: d.group === 'time' ? 'all' as const : (d.own?.length === 1 ? d.own[0] : d.own ? 'call' as const : 'order' as const) ?? 'order', counted: !d.own ? 'received' : d.own.includes('call') ? 'callsAll' : 'seatSeconds' })),
    facts: Object.entries(facts).map(([key, f]) => fact(key, f)), functions: formulaFunctions,
  }
}

export async function showIndicator(ctx: Ctx, input: { code: string }): Promise<View> {
  authorize(ctx, 'data.read')
  const catalogue = await catalogueOf(ctx)
  return view(known(catalogue, input.code), catalogue, await todayOf(ctx), await waitingCodes(ctx))
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

/** A new indicator may look back: nothing was counted by it before. */
const ALWAYS = '2000-01-01'

export async function createIndicator(ctx: Ctx, input: Input<typeof contract.createIndicatorRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  const { code, name, owner, reason } = input
  const change: Change = { code, act: 'create', body: { name, owner, definition: input.definition, fromDay: ALWAYS }, before: null, reason }
  return asked(ctx, change)
}

/** What a change must be, when it is asked for and again when it is approved: days pass, and others change what it uses. */
async function trial(ctx: Ctx, { code, act, body }: Change): Promise<void> {
  const catalogue = await catalogueOf(ctx)
  if (act === 'create') {
    if (catalogue.has(code)) throw dataFail('codeTaken', { params: { code }, fields: [{ path: 'code', message: '编码已被使用' }] })
    return check(catalogue, code, body.name, body.definition)
  }
  const entry = known(catalogue, code)
  if (act === 'change') {
    const latest = entry.versions.at(-1)
    if (body.fromDay <= (await todayOf(ctx)) || (latest?.fromDay && body.fromDay <= latest.fromDay)) throw dataFail('fromDay', { fields: [{ path: 'fromDay', message: '请选择更晚的日期' }] })
    return check(catalogue, code, body.name, body.definition)
  }
  const users = usedBy(catalogue, code, await todayOf(ctx)).filter((e) => e.code !== code)
  if (act === 'stop' && users.length > 0) throw dataFail('inUse', { params: { by: users.map((e) => e.name).join('、') } })
}

/** Brings a change into the catalogue. */
async function apply(ctx: Ctx, change: Change): Promise<void> {
  const { code, act, body, reason } = change
  if (act !== 'create') await lock(ctx, known(await catalogueOf(ctx), code))
  await trial(ctx, change)
  const mine = db(ctx).updateTable('data_indicator').where('tenant_id', '=', ctx.tenantId).where('code', '=', code)
  const latest = (await catalogueOf(ctx)).get(code)?.versions.at(-1)
  if (act === 'create') await db(ctx).insertInto('data_indicator').values({ tenant_id: ctx.tenantId, code, name: body.name, state: 'active', shipped: false, owner: body.owner, ...head(ctx) }).execute()
  if (act === 'create' || act === 'change') await keep(ctx, code, (latest?.version ?? 0) + 1, body.fromDay, body.definition, reason)
  if (act === 'change') await mine.set({ name: body.name, owner: body.owner, ...head(ctx) }).execute()
  if (act === 'stop' || act === 'start') await mine.set({ state: act === 'stop' ? 'stopped' : 'active', ...head(ctx) }).execute()
  recorded(ctx, { create: 'createIndicator', change: 'changeIndicator', stop: 'stopIndicator', start: 'stopIndicator' }[act], code, act === 'stop' || act === 'start' ? { state: { old: act === 'stop' ? 'active' : 'stopped', new: act === 'stop' ? 'stopped' : 'active' } } : { definition: { old: latest?.definition ?? null, new: body.definition }, fromDay: { old: latest?.fromDay ?? null, new: body.fromDay } })
}

export const decideIndicatorChange = (ctx: Ctx, input: Input<typeof contract.decideChangeRoute>): ReturnType<typeof decideChange> => decideChange(ctx, input, (change) => apply(ctx, change))

/** As the catalogue has it now; of what is not in it yet, as it would be. */
const showAgain = async (ctx: Ctx, code: string, change: Change): Promise<View> => {
  const catalogue = await catalogueOf(ctx)
  const entry = catalogue.get(code) ?? { code, name: change.body.name, state: 'active', shipped: false, owner: change.body.owner, versions: [{ version: 1, fromDay: null, definition: change.body.definition, reason: change.reason, at: null, byName: null }] } satisfies Entry
  return view(entry, catalogue, await todayOf(ctx), await waitingCodes(ctx))
}

async function lock(ctx: Ctx, entry: Entry): Promise<void> {
  await db(ctx).insertInto('data_indicator').values({ tenant_id: ctx.tenantId, code: entry.code, name: entry.name, state: entry.state, shipped: entry.shipped, owner: entry.owner, ...head(ctx) }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).execute()
  await db(ctx).selectFrom('data_indicator').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', entry.code).forUpdate().executeTakeFirst()
}

/** A new definition from a coming day on; what was counted before stays as it was. */
export async function changeIndicator(ctx: Ctx, input: Input<typeof contract.changeIndicatorRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  const { code, name, owner, fromDay, reason } = input
  const entry = known(await catalogueOf(ctx), code)
  return asked(ctx, { code, act: 'change', body: { name, owner, definition: input.definition, fromDay }, before: bodyOf(entry), reason })
}

/** Stopped ones keep their past; one that others use cannot be stopped. */
export async function stopIndicator(ctx: Ctx, input: Input<typeof contract.stopIndicatorRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  const entry = known(await catalogueOf(ctx), input.code)
  return asked(ctx, { code: input.code, act: input.state === 'stopped' ? 'stop' : 'start', body: bodyOf(entry), before: bodyOf(entry), reason: '' })
}

const bodyOf = (entry: Entry): Change['body'] => {
  const latest = entry.versions.at(-1)
  if (!latest) throw new Error(`indicator ${entry.code} has no version`)
  return { name: entry.name, owner: entry.owner, definition: latest.definition, fromDay: latest.fromDay ?? ALWAYS }
}

async function asked(ctx: Ctx, change: Change): Promise<View> {
  await trial(ctx, change)
  if (await propose(ctx, change)) await apply(ctx, change)
  return showAgain(ctx, change.code, change)
}
