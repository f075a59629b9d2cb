// Windows in which the upper platform takes declarations of exclusion and shelving; between them they are only prepared (ASM-10).
import type { Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { notify, setting } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import type { OrdersTables } from '../tables.gen.ts'
import type * as contract from './window-contract.ts'
import { closingFail } from './closing.errors.ts'
import { declarationWindowed } from './closing.settings.ts'
import type { Kind } from './hint-rules.ts'

type Row = Selectable<OrdersTables['order_declaration_window']>
export type Opening = { open: boolean; /** When the open window closes, or the next one opens; null: not set. */ until: Instant | null }

const always: Opening = { open: true, until: null }

/** What may be declared now, each kind; always both where the tenant keeps no windows. One statement. */
export async function openings(ctx: Ctx): Promise<Record<Kind, Opening>> {
  if (!(await setting(ctx, declarationWindowed))) return { exclude: always, shelve: always }
  const now = ctx.clock.now()
  const rows = await db(ctx).selectFrom('order_declaration_window').selectAll().where('tenant_id', '=', ctx.tenantId).where('closes_at', '>', ts(now)).orderBy('opens_at').limit(200).execute()
  const of = (kind: Kind): Opening => {
    const mine = rows.filter((r) => r.kind === null || r.kind === kind)
    const open = mine.filter((r) => r.opens_at <= now)
    if (open.length > 0) return { open: true, until: open.reduce((last, r) => (r.closes_at > last ? r.closes_at : last), now) }
    return { open: false, until: mine[0]?.opens_at ?? null }
  }
  return { exclude: of('exclude'), shelve: of('shelve') }
}

const view = (r: Row) => ({ id: r.id, kind: r.kind as Kind | null, opensAt: r.opens_at, closesAt: r.closes_at, note: r.note, version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name })

/** The newest first; those over stay as a record. */
export async function listDeclarationWindows(ctx: Ctx) {
  const rows = await db(ctx).selectFrom('order_declaration_window').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('opens_at', 'desc').limit(100).execute()
  return { windowed: await setting(ctx, declarationWindowed), ...(await openings(ctx)), items: rows.map(view) }
}

const columns = (ctx: Ctx, body: Input<typeof contract.createDeclarationWindowRoute>) => {
  if (body.closesAt <= body.opensAt) throw closingFail('windowOrder', { rule: 'exclusion.window', fields: [{ path: 'closesAt', message: '须晚于开始时间' }] })
  return { kind: body.kind ?? null, opens_at: ts(body.opensAt), closes_at: ts(body.closesAt), note: body.note || null, told_at: null, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
}

export async function createDeclarationWindow(ctx: Ctx, input: Input<typeof contract.createDeclarationWindowRoute>) {
  authorize(ctx, 'orders.manageRules')
  const row = await db(ctx).insertInto('order_declaration_window').values({ tenant_id: ctx.tenantId, id: newId(), ...columns(ctx, input) }).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'orders', act: 'createDeclarationWindow', objectType: 'key:parameter', objectId: row.id, changes: { opensAt: { old: null, new: row.opens_at }, closesAt: { old: null, new: row.closes_at } } })
  return view(row)
}

export async function changeDeclarationWindow(ctx: Ctx, input: Input<typeof contract.changeDeclarationWindowRoute>) {
  authorize(ctx, 'orders.manageRules')
  const old = await lock(ctx, input.id)
  if (old.version !== input.version) throw closingFail('windowChanged', { params: { by: old.changed_by_name }, current: { version: old.version } })
  const row = await db(ctx).updateTable('order_declaration_window').set({ ...columns(ctx, input), version: old.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', old.id).returningAll().executeTakeFirstOrThrow()
  ctx.audit({ module: 'orders', act: 'changeDeclarationWindow', objectType: 'key:parameter', objectId: row.id, changes: { opensAt: { old: old.opens_at, new: row.opens_at }, closesAt: { old: old.closes_at, new: row.closes_at } } })
  return view(row)
}

export async function deleteDeclarationWindow(ctx: Ctx, input: Input<typeof contract.deleteDeclarationWindowRoute>): Promise<Record<string, never>> {
  authorize(ctx, 'orders.manageRules')
  const row = await lock(ctx, input.id)
  await db(ctx).deleteFrom('order_declaration_window').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'orders', act: 'deleteDeclarationWindow', objectType: 'key:parameter', objectId: row.id, changes: { opensAt: { old: row.opens_at, new: null }, closesAt: { old: row.closes_at, new: null } } })
  return {}
}

async function lock(ctx: Ctx, id: string): Promise<Row> {
  const row = await db(ctx).selectFrom('order_declaration_window').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw orderFail('notFound')
  return row
}

/** Once a window is open, the units that prepared something of its kind are told. */
export async function tellOpenWindows(ctx: Ctx): Promise<void> {
  if (!(await setting(ctx, declarationWindowed))) return
  const now = ts(ctx.clock.now())
  const opened = await db(ctx).updateTable('order_declaration_window').set({ told_at: now }).where('tenant_id', '=', ctx.tenantId).where('told_at', 'is', null).where('opens_at', '<=', now).where('closes_at', '>', now).returningAll().execute()
  for (const window of opened) {
    let waiting = db(ctx).selectFrom('order_exclusion_draft').select('unit_id').distinct().where('tenant_id', '=', ctx.tenantId).where('state', 'in', ['draft', 'passed', 'sentBack'])
    if (window.kind) waiting = waiting.where('kind', '=', window.kind)
    const unitIds = (await waiting.execute()).map((r) => r.unit_id)
    if (unitIds.length > 0) await notify(ctx, { type: 'order.declarationWindow', to: { unitIds }, title: '申报窗口期已开放，请提交暂存的申报', link: '/handling/exclusion-drafts', objectType: 'declarationWindow', objectId: window.id, level: 'P2' })
  }
}
