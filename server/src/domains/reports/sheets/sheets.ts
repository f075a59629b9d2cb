// Spreadsheet reports as their designers keep them: a draft until published, held against a second designer.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { catalogueOf, dimensionOf, filterKeys } from '../../data/index.ts'
import { readers } from '../contract.ts'
import { reportsFail } from '../reports.errors.ts'
import { db, readerUnits, type Readers } from '../reports.queries.ts'
import { cycleNames, templateStateNames } from '../texts.zh-CN.ts'
import type * as contract from './sheet-contract.ts'
import { keyOf, sheetDefinition, sheetFaults, type SheetDefinition } from './sheet.ts'
import { sheetWords } from './sheets.zh-CN.ts'

type Design = Output<typeof contract.designRoute>
type Head = Output<typeof contract.sheetsRoute>['items'][number]
const columns = ['id', 'state', 'draft', 'published', 'version', 'edit', 'readers', 'fillers', 'designers', 'changed_at', 'changed_by_name'] as const
const MOST_SHEETS = 500

const rows = (ctx: Ctx) => db(ctx).selectFrom('reports_sheet').select(columns).where('tenant_id', '=', ctx.tenantId)
export type Sheet = { id: string; state: Head['state']; draft: SheetDefinition | null; published: SheetDefinition | null; version: number; edit: number; readers: Readers; fillers: Readers; designers: Readers; changedAt: Head['changedAt']; changedByName: string }
type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>
const parsed = (r: Row): Sheet => ({ id: r.id, state: r.state as Head['state'], draft: r.draft === null ? null : sheetDefinition.parse(r.draft), published: r.published === null ? null : sheetDefinition.parse(r.published), version: r.version, edit: r.edit, readers: readers.parse(r.readers), fillers: readers.parse(r.fillers), designers: readers.parse(r.designers), changedAt: r.changed_at, changedByName: r.changed_by_name }) // states are held by a check of the table

/** Named himself, by a unit of his or one above, or everybody. */
export async function amongst(ctx: Ctx): Promise<(list: Readers) => boolean> {
  const units = await readerUnits(ctx)
  return (list) => list.all || (ctx.actor.id !== null && list.userIds.includes(ctx.actor.id)) || list.unitIds.some((id) => units.includes(id))
}

/** Who keeps reports and is among those named for this one; who keeps the users may always, so that no report is left without anybody. */
const mayDesign = (ctx: Ctx, among: (list: Readers) => boolean, designers: Readers): boolean => can(ctx, 'reports.manage') && (among(designers) || can(ctx, 'platform.manageUsers'))

/** A published sheet the reader may know of; its designers know it before. @throws reports.unknownSheet */
export async function sheetById(ctx: Ctx, id: string, lock = false): Promise<Sheet & { mayFill: boolean; mayDesign: boolean }> {
  const row = await (lock ? rows(ctx).forUpdate() : rows(ctx)).where('id', '=', id).executeTakeFirst()
  if (!row) throw reportsFail('unknownSheet')
  const sheet = parsed(row)
  const among = await amongst(ctx)
  const mayFill = sheet.state === 'published' && among(sheet.fillers)
  const designs = mayDesign(ctx, among, sheet.designers)
  if (!designs && (sheet.state !== 'published' || !(among(sheet.readers) || mayFill))) throw reportsFail('unknownSheet')
  return { ...sheet, mayFill, mayDesign: designs }
}

/** One the actor may change. @throws reports.unknownSheet, reports.mayDesign for a reader of it */
async function designedById(ctx: Ctx, id: string, lock = false): Promise<Sheet> {
  authorize(ctx, 'reports.manage')
  const s = await sheetById(ctx, id, lock)
  if (!s.mayDesign) throw reportsFail('mayDesign')
  return s
}

function head(s: Sheet, mayFill: boolean, mayDesign: boolean): Head {
  const d = s.state === 'published' ? (s.published ?? s.draft) : (s.draft ?? s.published)
  if (!d) throw reportsFail('unknownSheet')
  return { id: s.id, name: d.name, folder: d.folder, cycle: d.cycle, cycleName: cycleNames[d.cycle], description: d.description, state: s.state, stateName: templateStateNames[s.state], hasDraft: s.draft !== null && s.version > 0, version: s.version, entries: d.bindings.filter((b) => b.kind === 'entry').length, mayFill, mayDesign, changedAt: s.changedAt, changedByName: s.changedByName }
}

export async function listSheets(ctx: Ctx, input: Input<typeof contract.sheetsRoute>): Promise<Output<typeof contract.sheetsRoute>> {
  authorize(ctx, 'reports.read')
  const mayManage = can(ctx, 'reports.manage')
  let query = db(ctx).selectFrom('reports_sheet').where('tenant_id', '=', ctx.tenantId)
    // Of a list only the heads: books are large.
    .select(['id', 'state', 'version', 'edit', 'readers', 'fillers', 'designers', 'changed_at', 'changed_by_name', sql<Record<string, string | number> | null>`case when draft is not null then jsonb_build_object('name', draft->>'name', 'folder', draft->>'folder', 'cycle', draft->>'cycle', 'description', draft->>'description') end`.as('draft'), sql<Record<string, string> | null>`case when published is not null then jsonb_build_object('name', published->>'name', 'folder', published->>'folder', 'cycle', published->>'cycle', 'description', published->>'description') end`.as('published'), sql<number>`(select count(*)::int from jsonb_array_elements(coalesce(published, draft)->'bindings') b where b->>'kind' = 'entry')`.as('entries')])
  query = mayManage ? (input.withdrawn ? query : query.where('state', '<>', 'withdrawn')) : query.where('state', '=', 'published')
  if (input.q) query = query.where(sql<boolean>`(position(${input.q} in name) > 0 or position(${input.q} in folder) > 0)`)
  const among = await amongst(ctx)
  const heads = (await query.orderBy('folder').orderBy('name').orderBy('id').limit(MOST_SHEETS).execute()).flatMap((r): Head[] => {
    const [read, fill] = [among(readers.parse(r.readers)), r.state === 'published' && among(readers.parse(r.fillers))]
    const designs = mayDesign(ctx, among, readers.parse(r.designers))
    if (!designs && (r.state !== 'published' || (!read && !fill))) return []
    const state = r.state as Head['state'] // held by a check of the table
    const d = sheetDefinition.pick({ name: true, folder: true, cycle: true, description: true }).parse(state === 'published' ? (r.published ?? r.draft) : (r.draft ?? r.published))
    return [{ ...d, id: r.id, cycleName: cycleNames[d.cycle], state, stateName: templateStateNames[state], hasDraft: r.draft !== null && r.version > 0, version: r.version, entries: r.entries, mayFill: fill && r.entries > 0, mayDesign: designs, changedAt: r.changed_at, changedByName: r.changed_by_name }]
  })
  return { items: heads, mayManage }
}

async function faults(ctx: Ctx, d: SheetDefinition): Promise<ReturnType<typeof sheetFaults>> {
  const catalogue = await catalogueOf(ctx)
  return sheetFaults(d, { indicator: (code) => { const e = catalogue.get(code); return e ? { name: e.name, stopped: e.state === 'stopped' } : undefined }, dimension: (key) => dimensionOf(key) !== undefined || filterKeys.includes(key) })
}

/** @throws reports.sheetFault with every fault by its cell */
export async function checkSheet(ctx: Ctx, d: SheetDefinition): Promise<void> {
  const found = await faults(ctx, d)
  if (found.length > 0) throw reportsFail('sheetFault', { params: { fault: found[0]?.message ?? '' }, fields: found.map((f) => ({ path: `definition.${f.path}`, message: f.message })) })
}

async function view(ctx: Ctx, s: Sheet): Promise<Design> {
  const definition = s.draft ?? s.published
  if (!definition) throw reportsFail('unknownSheet')
  return { ...head(s, false, true), definition, edit: s.edit, readers: s.readers, fillers: s.fillers, designers: s.designers, warnings: (await faults(ctx, definition)).map((f) => f.message) }
}

export async function showDesign(ctx: Ctx, input: Input<typeof contract.designRoute>): Promise<Design> {
  return view(ctx, await designedById(ctx, input.id))
}

const changed = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

/** One name in one folder, so that people can tell them apart. */
async function freeName(ctx: Ctx, d: SheetDefinition, id: string): Promise<void> {
  const other = await db(ctx).selectFrom('reports_sheet').select('id').where('tenant_id', '=', ctx.tenantId).where('folder', '=', d.folder).where('name', '=', d.name).where('state', '<>', 'withdrawn').where('id', '<>', id).executeTakeFirst()
  if (other) throw reportsFail('sheetName', { params: { name: d.name, folder: d.folder }, fields: [{ path: 'definition.name', message: '名称已被使用' }] })
}

/** Nobody locks himself out by the way. */
async function keepsDesigner(ctx: Ctx, designers: Readers): Promise<void> {
  if (!mayDesign(ctx, await amongst(ctx), designers)) throw kernelErrors('invalid', { fields: [{ path: 'designers', message: sheetWords.designers }] })
}

export async function createSheet(ctx: Ctx, input: Input<typeof contract.createSheetRoute>): Promise<Design> {
  authorize(ctx, 'reports.manage')
  const { definition: d } = input
  await checkSheet(ctx, d)
  const id = newId()
  await freeName(ctx, d, id)
  await keepsDesigner(ctx, input.designers)
  await db(ctx).insertInto('reports_sheet').values({ tenant_id: ctx.tenantId, id, name: d.name, folder: d.folder, draft: json(d as never), readers: json(input.readers), fillers: json(input.fillers), designers: json(input.designers), created_at: ts(ctx.clock.now()), created_by_name: ctx.actor.name, ...changed(ctx) }).execute()
  return view(ctx, await sheetById(ctx, id))
}

/** @throws reports.changed when another has saved since it was read */
async function lockedAs(ctx: Ctx, id: string, edit: number): Promise<Sheet> {
  const s = await designedById(ctx, id, true)
  if (s.edit !== edit) throw reportsFail('changed', { params: { by: s.changedByName } })
  return s
}

const update = (ctx: Ctx, s: Sheet, set: Record<string, unknown>) => db(ctx).updateTable('reports_sheet').set({ ...set, edit: s.edit + 1, ...changed(ctx) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', s.id).execute()

export async function saveSheet(ctx: Ctx, input: Input<typeof contract.saveSheetRoute>): Promise<Design> {
  authorize(ctx, 'reports.manage')
  const s = await lockedAs(ctx, input.id, input.edit)
  await checkSheet(ctx, input.definition)
  await freeName(ctx, input.definition, s.id)
  if (input.designers) await keepsDesigner(ctx, input.designers)
  await update(ctx, s, { name: input.definition.name, folder: input.definition.folder, draft: json(input.definition as never), readers: json(input.readers), fillers: json(input.fillers), ...(input.designers ? { designers: json(input.designers) } : {}) })
  return view(ctx, await sheetById(ctx, s.id))
}

/** From its first publication on a cell to fill in keeps its values wherever it moves to. */
const pinned = (d: SheetDefinition): SheetDefinition => ({ ...d, bindings: d.bindings.map((b) => (b.kind === 'entry' ? { ...b, key: keyOf(b, d.book) } : b)) })

export async function publishSheet(ctx: Ctx, input: Input<typeof contract.publishSheetRoute>): Promise<Design> {
  authorize(ctx, 'reports.manage')
  const s = await lockedAs(ctx, input.id, input.edit)
  if (!s.draft) throw reportsFail('noDraft')
  await checkSheet(ctx, s.draft)
  await update(ctx, s, { state: 'published', published: json(pinned(s.draft) as never), draft: null, version: s.version + 1 })
  return view(ctx, await sheetById(ctx, s.id))
}

export async function changeSheetState(ctx: Ctx, input: Input<typeof contract.sheetStateRoute>): Promise<Design> {
  authorize(ctx, 'reports.manage')
  const s = await designedById(ctx, input.id, true)
  if (input.act === 'discard' && (!s.draft || !s.published)) throw reportsFail('noDraft')
  const shown = s.draft ?? s.published
  if (input.act === 'restore' && shown) await freeName(ctx, shown, s.id)
  await update(ctx, s, input.act === 'withdraw' ? { state: 'withdrawn' } : input.act === 'restore' ? { state: s.published ? 'published' : 'draft' } : { draft: null, name: s.published?.name, folder: s.published?.folder })
  return view(ctx, await sheetById(ctx, s.id))
}
