// Templates as their editors see them: the delivered ones overlaid with the tenant's own; a draft until published, every version kept.
import { sql } from 'kysely'
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { catalogueOf, dimensionOf, factOf, isBasic, partsOf, type Catalogue, type Entry } from '../data/index.ts'
import { unitsByIds } from '../platform/index.ts'
import type * as contract from './contract.ts'
import { produce } from './produce.ts'
import { reportsFail } from './reports.errors.ts'
import { db } from './reports.queries.ts'
import { shipped } from './shipped/index.ts'
import { faultsOf, sectionKeys, sectionOf, template, type Template } from './template.ts'
import { cycleNames, kindNames, sectionNames, templateStateNames } from './texts.zh-CN.ts'

type One = Output<typeof contract.templateRoute>
type Head = Output<typeof contract.templatesRoute>['items'][number]
export type Held = { code: string; state: 'draft' | 'published' | 'withdrawn'; shipped: boolean; shown: Template | null; draft: Template | null; version: number; edit: number; departmentId: string | null; createdAt: Instant | null; createdByName: string | null; changedAt: Instant | null; changedByName: string | null }

const delivered = (one: Template): Held => ({ code: one.code, state: 'published', shipped: true, shown: one, draft: null, version: 0, edit: 0, departmentId: null, createdAt: null, createdByName: null, changedAt: null, changedByName: null })

/** All templates of the tenant by code, delivered ones first. */
export async function allTemplates(ctx: Ctx): Promise<Map<string, Held>> {
  const rows = await db(ctx).selectFrom('reports_template as t').leftJoin('reports_template_version as v', (j) => j.onRef('v.tenant_id', '=', 't.tenant_id').onRef('v.code', '=', 't.code').onRef('v.version', '=', 't.version'))
    .select(['t.code', 't.state', 't.shipped', 't.draft', 't.version', 't.edit', 't.department_id', 't.created_at', 't.created_by_name', 't.changed_at', 't.changed_by_name', 'v.definition']).where('t.tenant_id', '=', ctx.tenantId).orderBy('t.code').limit(1000).execute()
  const all = new Map([...shipped.values()].map((one) => [one.code, delivered(one)]))
  for (const r of rows) {
    all.set(r.code, {
      code: r.code, state: r.state as Held['state'], shipped: r.shipped, shown: r.definition === null ? (r.shipped ? (shipped.get(r.code) ?? null) : null) : template.parse(r.definition), draft: r.draft === null ? null : template.parse(r.draft), // states are held by a check of the table
      version: r.version, edit: r.edit, departmentId: r.department_id, createdAt: r.created_at, createdByName: r.created_by_name, changedAt: r.changed_at, changedByName: r.changed_by_name,
    })
  }
  return all
}

export const finder = (all: ReadonlyMap<string, Held>) => (code: string): Template | undefined => all.get(code)?.shown ?? undefined

function head(h: Held, reports: number, departmentName: string): Head {
  const one = h.shown ?? h.draft
  if (!one) throw reportsFail('unknownTemplate')
  return { code: h.code, name: one.name, kind: one.kind, kindName: kindNames[one.kind], category: one.category, cycle: one.cycle, cycleName: cycleNames[one.cycle], description: one.description, sort: one.sort, state: h.state, stateName: templateStateNames[h.state], shipped: h.shipped, changed: h.shipped && h.version > 0, hasDraft: h.draft !== null, version: h.version, departmentId: h.departmentId, departmentName, createdAt: h.createdAt, createdByName: h.createdByName, changedAt: h.changedAt, reports }
}

async function heads(ctx: Ctx, list: Held[]): Promise<Head[]> {
  const counts = new Map((await sql<{ code: string; n: number }>`select template_code as code, count(*)::int as n from reports_report where tenant_id = ${ctx.tenantId} and state <> 'withdrawn' group by 1`.execute(db(ctx))).rows.map((r) => [r.code, r.n]))
  const units = await unitsByIds(ctx, list.flatMap((h) => h.departmentId ?? []))
  return list.map((h) => head(h, counts.get(h.code) ?? 0, units.get(h.departmentId ?? '')?.name ?? ''))
}

export async function listTemplates(ctx: Ctx): Promise<Output<typeof contract.templatesRoute>> {
  authorize(ctx, 'reports.write')
  const mayManage = can(ctx, 'reports.manage')
  const list = [...(await allTemplates(ctx)).values()].filter((h) => mayManage || (h.state === 'published' && h.shown !== null))
  return { items: (await heads(ctx, list)).toSorted((a, b) => a.sort - b.sort || a.name.localeCompare(b.name)), mayManage }
}

function timed(catalogue: Catalogue, entry: Entry, seen = new Set<string>()): boolean {
  const d = entry.versions.at(-1)?.definition
  if (!d || seen.has(entry.code)) return true
  if (isBasic(d)) return factOf(d.fact)?.dates[d.date]?.column !== null
  seen.add(entry.code)
  return partsOf(d).every((code) => { const part = catalogue.get(code); return part === undefined || timed(catalogue, part, seen) })
}

async function faults(ctx: Ctx, one: Template, all: ReadonlyMap<string, Held>): Promise<ReturnType<typeof faultsOf>> {
  const catalogue = await catalogueOf(ctx)
  return faultsOf(one, {
    indicator: (code) => { const e = catalogue.get(code); const d = e?.versions.at(-1)?.definition; return e ? { name: e.name, stopped: e.state === 'stopped', timed: timed(catalogue, e), counted: d !== undefined && isBasic(d) } : undefined },
    dimension: (key) => { const d = dimensionOf(key); return d ? { label: d.label, time: d.group === 'time' } : ['words', 'notWords'].includes(key) ? { label: key, time: false } : undefined },
    template: (code) => (code === one.code ? one : finder(all)(code)),
  })
}

async function check(ctx: Ctx, one: Template, all: ReadonlyMap<string, Held>): Promise<void> {
  const found = await faults(ctx, one, all)
  if (found.length > 0) throw reportsFail('fault', { params: { fault: found[0]?.message ?? '' }, fields: found.map((f) => ({ path: `definition.${f.path}`, message: f.message })) })
}

async function view(ctx: Ctx, code: string, draft: boolean): Promise<One> {
  const all = await allTemplates(ctx)
  const h = all.get(code)
  const mayManage = can(ctx, 'reports.manage')
  if (!h || (!mayManage && (h.state !== 'published' || !h.shown))) throw reportsFail('unknownTemplate')
  const definition = mayManage && (draft || !h.shown) ? (h.draft ?? h.shown) : h.shown
  const top = (await heads(ctx, [h]))[0]
  if (!definition || !top) throw reportsFail('unknownTemplate')
  const versions = mayManage ? await db(ctx).selectFrom('reports_template_version').select(['version', 'at', 'by_name as byName']).where('tenant_id', '=', ctx.tenantId).where('code', '=', code).orderBy('version', 'desc').limit(100).execute() : []
  const found = mayManage ? await faults(ctx, definition, all) : []
  const broken = found.some((f) => f.path === 'base')
  return { ...top, definition, edit: h.edit, versions, warnings: found.map((f) => f.message), sections: sectionKeys.map((key) => ({ key, name: sectionNames[key], inherited: broken ? 0 : sectionOf(definition, key, finder(all)).length - definition.sections[key].length })) }
}

export async function showTemplate(ctx: Ctx, input: Input<typeof contract.templateRoute>): Promise<One> {
  authorize(ctx, 'reports.write')
  return view(ctx, input.code, input.draft)
}

async function knownDepartment(ctx: Ctx, id: string | null | undefined): Promise<void> {
  if (id && !(await unitsByIds(ctx, [id])).has(id)) throw reportsFail('fault', { params: { fault: '没有这个归属部门' }, fields: [{ path: 'departmentId', message: '没有这个单位' }] })
}

const changed = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })
const created = (ctx: Ctx) => ({ created_at: ts(ctx.clock.now()), created_by_name: ctx.actor.name })

export async function createTemplate(ctx: Ctx, input: Input<typeof contract.createTemplateRoute>): Promise<One> {
  authorize(ctx, 'reports.manage')
  const { definition } = input
  await check(ctx, definition, await allTemplates(ctx))
  await knownDepartment(ctx, input.departmentId)
  const row = shipped.has(definition.code) ? undefined : await db(ctx).insertInto('reports_template').values({ tenant_id: ctx.tenantId, code: definition.code, name: definition.name, shipped: false, department_id: input.departmentId, draft: json(definition as never), ...created(ctx), ...changed(ctx) }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).returning('code').executeTakeFirst()
  if (!row) throw reportsFail('codeTaken', { params: { code: definition.code }, fields: [{ path: 'definition.code', message: '编码已被使用' }] })
  return view(ctx, definition.code, true)
}

/** The row of a template, held against other editors; a delivered one gets its row at its first change. */
async function lock(ctx: Ctx, code: string): Promise<Held> {
  const first = shipped.get(code)
  if (first) await db(ctx).insertInto('reports_template').values({ tenant_id: ctx.tenantId, code, name: first.name, state: 'published', shipped: true, draft: null, ...created(ctx), ...changed(ctx) }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).execute()
  await db(ctx).selectFrom('reports_template').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', code).forUpdate().executeTakeFirst()
  const h = (await allTemplates(ctx)).get(code)
  if (!h) throw reportsFail('unknownTemplate')
  return h
}

const update = (ctx: Ctx, code: string, set: Record<string, unknown>) => db(ctx).updateTable('reports_template').set({ ...set, ...changed(ctx) }).where('tenant_id', '=', ctx.tenantId).where('code', '=', code).execute()

export async function saveTemplate(ctx: Ctx, input: Input<typeof contract.saveTemplateRoute>): Promise<One> {
  authorize(ctx, 'reports.manage')
  const definition = { ...input.definition, code: input.code }
  const h = await lock(ctx, input.code)
  await check(ctx, definition, await allTemplates(ctx))
  await knownDepartment(ctx, input.departmentId)
  if (h.edit !== input.edit && !(h.edit === 1 && input.edit === 0)) throw reportsFail('changed', { params: { by: h.changedByName ?? '' } })
  await update(ctx, input.code, { draft: json(definition as never), edit: h.edit + 1, ...(input.departmentId === undefined ? {} : { department_id: input.departmentId }) })
  return view(ctx, input.code, true)
}

export async function publishTemplate(ctx: Ctx, input: Input<typeof contract.publishTemplateRoute>): Promise<One> {
  authorize(ctx, 'reports.manage')
  const h = await lock(ctx, input.code)
  if (!h.draft) throw reportsFail('noDraft')
  await check(ctx, h.draft, await allTemplates(ctx))
  const last = await db(ctx).selectFrom('reports_template_version').select('version').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).orderBy('version', 'desc').limit(1).executeTakeFirst()
  const version = (last?.version ?? 0) + 1
  await db(ctx).insertInto('reports_template_version').values({ tenant_id: ctx.tenantId, code: input.code, version, definition: json(h.draft as never), at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  await update(ctx, input.code, { state: 'published', name: h.draft.name, draft: null, version, edit: h.edit + 1 })
  return view(ctx, input.code, false)
}

/** A template withdrawn takes its reports along: nobody reads what its house no longer stands for. */
export async function changeTemplateState(ctx: Ctx, input: Input<typeof contract.templateStateRoute>): Promise<One> {
  authorize(ctx, 'reports.manage')
  const h = await lock(ctx, input.code)
  if (input.act === 'discard' && !h.draft) throw reportsFail('noDraft')
  if (input.act === 'delivered' && !h.shipped) throw reportsFail('notDelivered')
  if (input.act === 'withdraw') {
    const heir = [...(await allTemplates(ctx)).values()].find((o) => o.state === 'published' && o.shown?.base === input.code)
    if (heir) throw reportsFail('inherited', { params: { name: heir.shown?.name ?? heir.code } })
    await db(ctx).updateTable('reports_report').set({ state: 'withdrawn', ...changed(ctx) }).where('tenant_id', '=', ctx.tenantId).where('template_code', '=', input.code).where('state', '<>', 'withdrawn').execute()
    ctx.signal('reports')
  }
  const set = { withdraw: { state: 'withdrawn' }, restore: { state: h.shown ? 'published' : 'draft' }, discard: h.shown ? { draft: null } : { state: 'withdrawn' }, delivered: { version: 0, draft: null, state: 'published' } }[input.act]
  await update(ctx, input.code, { ...set, edit: h.edit + 1 })
  return view(ctx, input.code, true)
}

export async function previewReport(ctx: Ctx, input: Input<typeof contract.previewRoute>): Promise<Output<typeof contract.previewRoute>> {
  authorize(ctx, 'reports.write')
  const all = await allTemplates(ctx)
  await check(ctx, input.definition, all)
  return { content: await produce(ctx, input.definition, { from: input.from, to: input.to, name: `${input.from} 至 ${input.to}` }, finder(all)) }
}
