import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { can } from '../../../kernel/access.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import type { Audience } from '../content.ts'
import { directoryPaths } from '../directory/directories.ts'
import { audienceNames, itemStateNames, ticketStateNames } from '../texts.zh-CN.ts'
import { typesOf } from '../types/types.ts'
import type { ItemState, TicketState } from './item.ts'
import type * as contract from './item-contract.ts'
import { kept, watcherOf } from './item.policy.ts'
import { db, type ItemRow } from './item.queries.ts'

type Line = Output<typeof contract.listItems>['items'][number]
export type Names = { types: Map<string, string>; directories: Awaited<ReturnType<typeof directoryPaths>> }

export const namesOf = async (ctx: Ctx): Promise<Names> => ({ types: new Map((await typesOf(ctx)).map((type) => [type.code, type.name])), directories: await directoryPaths(ctx) })

/** State and audience are held to their values by check constraints. */
export function lineOf(row: ItemRow, names: Names, ticketState: string | null): Line {
  return {
    id: row.id, code: row.code, title: row.title, typeCode: row.type_code, typeName: names.types.get(row.type_code) ?? row.type_code, directoryPath: names.directories.get(row.directory_id)?.path ?? [], ownerUnitName: row.owner_unit_name, audience: row.audience as Audience, audienceName: audienceNames[row.audience as Audience], state: row.state as ItemState,
    stateName: itemStateNames[row.state as ItemState], version: row.version_number, validFrom: row.valid_from, validTo: row.valid_to, publishedAt: row.published_at, changedAt: row.changed_at, reads: row.reads, cites: row.cites, useful: row.useful, useless: row.useless, confirmedAt: row.confirmed_at,
    ticketState: ticketState && row.version_number !== null ? ticketStateNames[ticketState as TicketState] : null,
  }
}

/** The stock, for those who keep it: every state. */
export async function listItems(ctx: Ctx, input: Input<typeof contract.listItems>): Promise<Output<typeof contract.listItems>> {
  if (!can(ctx, 'knowledge.edit') && !can(ctx, 'knowledge.review') && !can(ctx, 'knowledge.publish')) throw kernelErrors('forbidden', { rule: 'knowledge.edit', params: { permission: '维护知识' } })
  const watcher = await watcherOf(ctx)
  let query = db(ctx).selectFrom('knowledge_item as i').where('i.tenant_id', '=', ctx.tenantId).where(kept(watcher))
  query = input.state && input.state.length > 0 ? query.where('i.state', 'in', input.state) : query.where('i.state', '<>', 'discarded')
  if (input.typeCode) query = query.where('i.type_code', '=', input.typeCode)
  if (input.directoryId) query = query.where(sql<boolean>`i.directory_ids @> array[${input.directoryId}]::uuid[]`)
  if (input.ownerUnitId) query = query.where('i.owner_unit_id', '=', input.ownerUnitId)
  if (input.audience) query = query.where('i.audience', '=', input.audience)
  if (input.expiresBefore) query = query.where('i.valid_to', '<=', input.expiresBefore)
  if (input.own) query = query.where('i.owner_unit_id', 'in', ctx.actor.unitIds.length > 0 ? ctx.actor.unitIds : ['00000000-0000-0000-0000-000000000000'])
  if (input.q) query = query.where((e) => e.or([e('i.code', '=', input.q?.toUpperCase() ?? ''), e(sql<number>`position(lower(${input.q ?? ''}) in lower(i.title))`, '>', 0), sql<boolean>`i.title_key like ${`%${(input.q ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '') || '\u0000'}%`}`]))
  const rows = await query.selectAll('i').where(afterCursor(input.cursor, 'i.changed_at', 'i.id')).orderBy('i.changed_at', 'desc').orderBy('i.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.changed_at)
  const [names, tickets] = [await namesOf(ctx), page.items.flatMap((row) => row.ticket_id ?? [])]
  const states = tickets.length === 0 ? [] : await db(ctx).selectFrom('knowledge_ticket').select(['id', 'state']).where('tenant_id', '=', ctx.tenantId).where('id', 'in', tickets).execute()
  const stateOf = new Map(states.map((row) => [row.id, row.state]))
  return { items: page.items.map((row) => lineOf(row, names, row.ticket_id ? (stateOf.get(row.ticket_id) ?? null) : null)), next: page.next, count: await boundCount(ctx, query) }
}
