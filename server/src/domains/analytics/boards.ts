// Boards as readers and editors see them: the delivered ones overlaid with the tenant's own.
import type { Kysely } from 'kysely'
import { authorize, can } from '../../kernel/access.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { catalogueOf, dimensionOf, factOf, isBasic, partsOf, type Catalogue, type Entry } from '../data/index.ts'
import { schemeNodeById } from '../matters/index.ts'
import { tenantRoles } from '../platform/index.ts'
import { analyticsFail } from './analytics.errors.ts'
import { board, boardKinds, faultsOf, type Board } from './board.ts'
import type * as contract from './contract.ts'
import { shipped } from './shipped/index.ts'
import type { AnalyticsTables } from './tables.gen.ts'
import { kindNames, warningTexts } from './texts.zh-CN.ts'

export const db = (ctx: Ctx): Kysely<AnalyticsTables> => ctx.db<AnalyticsTables>()
type Row = { code: string; name: string; kind: string; state: string; shipped: boolean; draft: unknown; version: number; edit: number; changed_at: Instant; changed_by_name: string; published: unknown }
type Held = { code: string; state: 'draft' | 'published' | 'withdrawn'; shipped: boolean; shown: Board | null; draft: Board | null; version: number; edit: number; changedAt: Instant | null; changedByName: string | null }
type One = Output<typeof contract.boardRoute>
type Head = Output<typeof contract.boardsRoute>['items'][number]

async function rows(ctx: Ctx, code?: string): Promise<Row[]> {
  let query = db(ctx).selectFrom('analytics_board as b').leftJoin('analytics_board_version as v', (j) => j.onRef('v.tenant_id', '=', 'b.tenant_id').onRef('v.code', '=', 'b.code').onRef('v.version', '=', 'b.version'))
    .select(['b.code', 'b.name', 'b.kind', 'b.state', 'b.shipped', 'b.draft', 'b.version', 'b.edit', 'b.changed_at', 'b.changed_by_name', 'v.definition as published']).where('b.tenant_id', '=', ctx.tenantId)
  if (code !== undefined) query = query.where('b.code', '=', code)
  return query.orderBy('b.code').limit(500).execute()
}

function held(row: Row): Held {
  return {
    code: row.code, state: row.state === 'published' ? 'published' : row.state === 'withdrawn' ? 'withdrawn' : 'draft', shipped: row.shipped, version: row.version, edit: row.edit, changedAt: row.changed_at, changedByName: row.changed_by_name,
    shown: row.published === null ? (row.shipped ? (shipped.get(row.code) ?? null) : null) : board.parse(row.published), draft: row.draft === null ? null : board.parse(row.draft),
  }
}

const delivered = (definition: Board): Held => ({ code: definition.code, state: 'published', shipped: true, shown: definition, draft: null, version: 0, edit: 0, changedAt: null, changedByName: null })

async function one(ctx: Ctx, code: string): Promise<Held> {
  const own = (await rows(ctx, code))[0]
  const definition = shipped.get(code)
  if (own) return held(own)
  if (!definition) throw analyticsFail('unknownBoard')
  return delivered(definition)
}

/** All boards that are shown or being made, for those who ask what they are made of. */
export async function everyBoard(ctx: Ctx): Promise<Board[]> {
  const own = (await rows(ctx)).map(held)
  const all = [...[...shipped.values()].filter((d) => !own.some((b) => b.code === d.code)).map(delivered), ...own]
  return all.flatMap((b) => { const d = b.shown ?? b.draft; return d && b.state !== 'withdrawn' ? [d] : [] })
}

/** Who may see a board at all: its editors, and whoever holds one of its roles. */
const sees = (ctx: Ctx, b: Held, manages: boolean): boolean => manages || (b.state === 'published' && b.shown !== null && (b.shown.roles.length === 0 || (ctx.actor.roleCodes ?? []).some((role) => b.shown?.roles.includes(role))))

/** The published definition for a reader who is not a person at a desk: a wall, a report. Throws where there is none. */
export async function shownBoard(ctx: Ctx, code: string): Promise<Board> {
  const b = await one(ctx, code)
  if (b.state !== 'published' || !b.shown || !(ctx.actor.kind === 'system' || sees(ctx, b, can(ctx, 'analytics.manage')))) throw analyticsFail('unknownBoard')
  return b.shown
}

function head(b: Held): Head {
  const definition = b.draft ?? b.shown
  if (!definition) throw analyticsFail('unknownBoard')
  return { code: b.code, name: (b.shown ?? definition).name, kind: definition.kind, kindName: kindNames[definition.kind], description: (b.shown ?? definition).description, state: b.state, shipped: b.shipped, changed: b.shipped && b.version > 0, hasDraft: b.draft !== null, version: b.version, changedAt: b.changedAt, changedByName: b.changedByName }
}

export async function listBoards(ctx: Ctx, input: Input<typeof contract.boardsRoute>): Promise<Output<typeof contract.boardsRoute>> {
  authorize(ctx, 'data.read')
  const mayManage = can(ctx, 'analytics.manage')
  const own = (await rows(ctx)).map(held)
  const all = [...[...shipped.values()].map((d) => own.find((b) => b.code === d.code) ?? delivered(d)), ...own.filter((b) => !b.shipped)]
  const items = all.filter((b) => sees(ctx, b, mayManage)).map(head).filter((b) => input.kind === undefined || b.kind === input.kind)
  return { roles: mayManage ? await tenantRoles(ctx) : [], items: items.toSorted((a, b) => boardKinds.indexOf(a.kind) - boardKinds.indexOf(b.kind)), mayManage }
}

/** Whether a counted indicator has a date that time can be grouped by; a computed one if all its parts have. */
function timed(catalogue: Catalogue, entry: Entry, seen = new Set<string>()): boolean {
  const d = entry.versions.at(-1)?.definition
  if (!d || seen.has(entry.code)) return true
  if (isBasic(d)) return factOf(d.fact)?.dates[d.date]?.column !== null
  seen.add(entry.code)
  return partsOf(d).every((code) => { const part = catalogue.get(code); return part === undefined || timed(catalogue, part, seen) })
}

async function faults(ctx: Ctx, definition: Board): Promise<ReturnType<typeof faultsOf>> {
  const catalogue = await catalogueOf(ctx)
  const roles = new Set((await tenantRoles(ctx)).map((role) => role.code))
  return faultsOf(definition, {
    role: (code) => roles.has(code),
    indicator: (code) => { const entry = catalogue.get(code); return entry ? { name: entry.name, stopped: entry.state === 'stopped', timed: timed(catalogue, entry) } : undefined },
    dimension: (key) => { const d = dimensionOf(key); return d ? { label: d.label, time: d.group === 'time' } : undefined },
  })
}

/** Members a filter names that are no longer known: a stopped category shows an editor why the theme is empty. */
async function vanished(ctx: Ctx, definition: Board): Promise<string[]> {
  const filters = [...definition.where, ...definition.panels.flatMap((p) => p.where)]
  const gone = await Promise.all(filters.map(async (f) => {
    const d = dimensionOf(f.dimension)
    if (!d || !['category', 'industry', 'matter', 'unit', 'county', 'street', 'community'].includes(d.key)) return []
    const keys = f.values.filter((v) => v !== null)
    const names = await d.names(ctx, keys)
    const nodes = ['category', 'industry'].includes(d.key) ? await Promise.all(keys.map((key) => schemeNodeById(ctx, key))) : []
    const stopped = nodes.filter((n) => n !== null && n.state !== 'effective').map((n) => warningTexts.stopped(`${d.label} ${n?.name ?? ''}`))
    return [...stopped, ...keys.filter((key) => (names.get(key) ?? key) === key).map((key) => warningTexts.gone(`${d.label} ${key}`))]
  }))
  return [...new Set(gone.flat())]
}

async function view(ctx: Ctx, b: Held, definition: Board): Promise<One> {
  const mayEdit = can(ctx, 'analytics.manage')
  const versions = mayEdit ? await db(ctx).selectFrom('analytics_board_version').select(['version', 'at', 'by_name as byName']).where('tenant_id', '=', ctx.tenantId).where('code', '=', b.code).orderBy('version', 'desc').limit(100).execute() : []
  // Readers are told why a theme is empty; what is wrong in its drawing is for editors.
  const warnings = [...(mayEdit ? (await faults(ctx, definition)).map((f) => f.message) : []), ...(await vanished(ctx, definition))]
  return { ...head(b), name: definition.name, definition, edit: b.edit, mayEdit, warnings, versions, roles: mayEdit ? await tenantRoles(ctx) : [] }
}

export async function showBoard(ctx: Ctx, input: Input<typeof contract.boardRoute>): Promise<One> {
  authorize(ctx, 'data.read')
  const b = await one(ctx, input.code)
  const manages = can(ctx, 'analytics.manage')
  if (!sees(ctx, b, manages)) throw analyticsFail('unknownBoard')
  if (manages && input.version !== undefined) {
    const old = await db(ctx).selectFrom('analytics_board_version').select('definition').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).where('version', '=', input.version).executeTakeFirst()
    if (!old) throw analyticsFail('unknownBoard')
    return view(ctx, b, board.parse(old.definition))
  }
  const definition = manages && (input.draft || !b.shown) ? (b.draft ?? b.shown) : b.shown
  if (!definition) throw analyticsFail('unknownBoard')
  return view(ctx, b, definition)
}

const changed = (ctx: Ctx) => ({ changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name })

async function check(ctx: Ctx, definition: Board): Promise<void> {
  const found = await faults(ctx, definition)
  if (found.length > 0) throw analyticsFail('fault', { params: { fault: found[0]?.message ?? '' }, fields: found.map((f) => ({ path: `definition.${f.path}`, message: f.message })) })
}

export async function createBoard(ctx: Ctx, input: Input<typeof contract.createBoardRoute>): Promise<One> {
  authorize(ctx, 'analytics.manage')
  const { definition } = input
  await check(ctx, definition)
  const taken = shipped.has(definition.code) ? true : (await db(ctx).insertInto('analytics_board').values({ tenant_id: ctx.tenantId, code: definition.code, name: definition.name, kind: definition.kind, shipped: false, draft: json(definition as never), ...changed(ctx) }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).returning('code').executeTakeFirst()) === undefined
  if (taken) throw analyticsFail('codeTaken', { params: { code: definition.code }, fields: [{ path: 'definition.code', message: '编码已被使用' }] })
  return showBoard(ctx, { code: definition.code, draft: true })
}

/** Keeps what is being edited; readers go on with the published version. */
export async function saveBoard(ctx: Ctx, input: Input<typeof contract.saveBoardRoute>): Promise<One> {
  authorize(ctx, 'analytics.manage')
  const definition = { ...input.definition, code: input.code }
  await check(ctx, definition)
  const b = await lock(ctx, input.code, definition)
  if (b.edit !== input.edit && !(b.edit === 1 && input.edit === 0)) throw analyticsFail('changed', { params: { by: b.changedByName ?? '' } })
  await db(ctx).updateTable('analytics_board').set({ draft: json(definition as never), edit: b.edit + 1, ...(b.version === 0 && !b.shipped ? { name: definition.name, kind: definition.kind } : {}), ...changed(ctx) }).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).execute()
  return showBoard(ctx, { code: input.code, draft: true })
}

/** The row of a board, held against other editors; a delivered one gets its row at its first change. */
async function lock(ctx: Ctx, code: string, definition?: Board): Promise<Held> {
  const first = shipped.get(code)
  if (first && definition) await db(ctx).insertInto('analytics_board').values({ tenant_id: ctx.tenantId, code, name: first.name, kind: first.kind, state: 'published', shipped: true, draft: null, ...changed(ctx) }).onConflict((c) => c.columns(['tenant_id', 'code']).doNothing()).execute()
  await db(ctx).selectFrom('analytics_board').select('code').where('tenant_id', '=', ctx.tenantId).where('code', '=', code).forUpdate().executeTakeFirst()
  return one(ctx, code)
}

export async function publishBoard(ctx: Ctx, input: Input<typeof contract.publishBoardRoute>): Promise<One> {
  authorize(ctx, 'analytics.manage')
  const b = await lock(ctx, input.code)
  if (!b.draft) throw analyticsFail('noDraft')
  await check(ctx, b.draft)
  const version = (await lastVersion(ctx, input.code)) + 1
  await db(ctx).insertInto('analytics_board_version').values({ tenant_id: ctx.tenantId, code: input.code, version, definition: json(b.draft as never), at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  await db(ctx).updateTable('analytics_board').set({ state: 'published', name: b.draft.name, kind: b.draft.kind, draft: null, version, edit: b.edit + 1, ...changed(ctx) }).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).execute()
  return showBoard(ctx, { code: input.code, draft: false })
}

async function lastVersion(ctx: Ctx, code: string): Promise<number> {
  const row = await db(ctx).selectFrom('analytics_board_version').select('version').where('tenant_id', '=', ctx.tenantId).where('code', '=', code).orderBy('version', 'desc').limit(1).executeTakeFirst()
  return row?.version ?? 0
}

export async function changeBoardState(ctx: Ctx, input: Input<typeof contract.withdrawBoardRoute>): Promise<One> {
  authorize(ctx, 'analytics.manage')
  const b = await lock(ctx, input.code, shipped.get(input.code))
  if (input.act === 'discard' && !b.draft) throw analyticsFail('noDraft')
  if (input.act === 'delivered' && !b.shipped) throw analyticsFail('notDelivered')
  const set = { withdraw: { state: 'withdrawn' }, restore: { state: b.shown ? 'published' : 'draft' }, discard: b.shown ? { draft: null } : { state: 'withdrawn' }, delivered: { version: 0, draft: null, state: 'published' } }[input.act]
  await db(ctx).updateTable('analytics_board').set({ ...set, edit: b.edit + 1, ...changed(ctx) }).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).execute()
  return showBoard(ctx, { code: input.code, draft: true })
}
