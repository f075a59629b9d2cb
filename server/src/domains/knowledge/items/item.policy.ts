// Who may see, use and keep which item: one condition for lists, counts, search, files and single reads.
import { sql, type RawBuilder } from 'kysely'
import { can, scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { calendarOf, unitsByIds } from '../../platform/index.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import { db, type ItemRow } from './item.queries.ts'

export type Watcher = {
  today: string
  /** Outside staff: only what is public. */
  outside: boolean
  inCentre: boolean
  /** Own units, and with them all that stand above: an item for a unit is for everybody below it. */
  unitIds: string[]
  unitPath: string[]
  /** How far the right to edit reaches. */
  keeps: 'all' | 'own' | 'none'
  /** Of staff. */
  userId?: string | null
  /** Groups of the public the outsider belongs to. */
  groups?: readonly string[]
  /** A guest of another tenant: only what is shared with it. */
  sharedTo?: string
}

export async function todayOf(ctx: Ctx): Promise<string> {
  return localDate(ctx.clock.now(), (await calendarOf(ctx)).timeZone)
}

export async function watcherOf(ctx: Ctx): Promise<Watcher> {
  const today = await todayOf(ctx)
  if (ctx.actor.kind === 'system') return { today, outside: false, inCentre: true, unitIds: [], unitPath: [], keeps: 'all' }
  if (ctx.actor.kind !== 'user') return { today, outside: true, inCentre: false, unitIds: [], unitPath: [], keeps: 'none' }
  const units = [...(await unitsByIds(ctx, ctx.actor.unitIds)).values()]
  const unitPath = [...new Set(units.flatMap((unit) => [...unit.path, unit.id]))]
  const scopes = [...scopesOf(ctx, 'knowledge.edit'), ...scopesOf(ctx, 'knowledge.review'), ...scopesOf(ctx, 'knowledge.publish')]
  return { today, outside: false, userId: ctx.actor.id, inCentre: units.some((unit) => unit.kind === 'centre'), unitIds: ctx.actor.unitIds, unitPath, keeps: scopes.includes('tenant') || scopes.includes('tenantsBelow') ? 'all' : scopes.length > 0 ? 'own' : 'none' }
}

/** Published and valid today, of items named `i`. */
export const standing = (today: string): RawBuilder<boolean> => sql<boolean>`(i.state = 'published' and coalesce(i.valid_from <= ${today}::date, true) and coalesce(i.valid_to >= ${today}::date, true))`

/** Within the item's audience, whatever its state. */
export const addressed = (w: Watcher): RawBuilder<boolean> => {
  if (w.sharedTo) return sql<boolean>`exists (select 1 from knowledge_share s where s.tenant_id = i.tenant_id and s.target_tenant_id = ${w.sharedTo} and s.state = 'active' and (s.item_id = i.id or s.directory_id = any(i.directory_ids)))`
  if (w.outside) return sql<boolean>`(i.audience = 'public' and (cardinality(i.groups) = 0 or i.groups && ${w.groups ?? []}::text[]))`
  return sql<boolean>`(i.audience in ('public', 'staff') or (i.audience = 'centre' and ${w.inCentre}) or i.owner_unit_id = any(${w.unitIds}::uuid[]) or (i.audience = 'units' and (i.audience_unit_ids && ${w.unitPath}::uuid[] or ${w.inCentre})))`
}

/** What may be quoted, recommended and shown as valid. */
export const usable = (w: Watcher): RawBuilder<boolean> => sql<boolean>`(${standing(w.today)} and ${addressed(w)})`

/** What those who keep knowledge work on, in any state. */
export const kept = (w: Watcher): RawBuilder<boolean> => (w.keeps === 'all' ? sql<boolean>`true` : w.keeps === 'own' ? sql<boolean>`i.owner_unit_id = any(${w.unitIds}::uuid[])` : sql<boolean>`false`)

export const keepsItem = (w: Watcher, item: Pick<ItemRow, 'owner_unit_id'>): boolean => w.keeps === 'all' || (w.keeps === 'own' && w.unitIds.includes(item.owner_unit_id))

/** An item of the actor's hand, locked; what he may not know of is unknown, what he may only read is refused. */
export async function lockKept(ctx: Ctx, id: string): Promise<ItemRow> {
  const watcher = await watcherOf(ctx)
  const row = await db(ctx).selectFrom('knowledge_item as i').selectAll().where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (!keepsItem(watcher, row)) {
    const seen = await db(ctx).selectFrom('knowledge_item as i').select('i.id').where('i.tenant_id', '=', ctx.tenantId).where('i.id', '=', id).where(usable(watcher)).executeTakeFirst()
    throw seen ? knowledgeFail('notYours', { rule: 'knowledge.edit' }) : kernelErrors('notFound')
  }
  return row
}

/** Whoever edits for the whole tenant names any owner; others only their own units. */
export async function requireOwner(ctx: Ctx, ownerUnitId: string): Promise<void> {
  if (ctx.actor.kind === 'system' || scopesOf(ctx, 'knowledge.edit').includes('tenant')) return
  if (!can(ctx, 'knowledge.edit') || !ctx.actor.unitIds.includes(ownerUnitId)) throw knowledgeFail('notYours', { rule: 'knowledge.edit', fields: [{ path: 'ownerUnitId', message: '责任单位须为本单位' }] })
}
