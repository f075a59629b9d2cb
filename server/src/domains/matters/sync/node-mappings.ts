// Retired classes and the class of today that their orders count under. The orders keep their own class (MAT-13).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { localDate } from '../../../kernel/time/index.ts'
import { calendarOf } from '../../platform/index.ts'
import { effectiveNodes, schemeNodeById, type SchemeNode } from '../classes/scheme-nodes.ts'
import { mattersErrors } from '../matters.errors.ts'
import { usagesOf } from '../standard/usage.ts'
import type { MattersTables } from '../tables.gen.ts'
import { likeness } from './differences.ts'
import type * as contract from './sync-contract.ts'

const PROPOSED = 0.3
const MOST = 200
const db = (ctx: Ctx) => ctx.db<MattersTables>()
const refOf = (node: SchemeNode) => ({ id: node.id, code: node.code, name: node.name, path: node.pathNames.join(' / ') })

/** Retired classes that orders name, those without a mapping first. */
export async function listMappings(ctx: Ctx, input: Input<typeof contract.listMappings>): Promise<Output<typeof contract.listMappings>> {
  authorize(ctx, 'matters.read')
  const gone = await db(ctx).selectFrom('matter_scheme_node').select(['id', 'state', 'updated_at']).where('tenant_id', '=', ctx.tenantId).where('scheme', '=', input.scheme).where('state', 'in', ['offline', 'void']).orderBy('updated_at', 'desc').limit(MOST).execute()
  const mappings = await db(ctx).selectFrom('matter_node_mapping').select(['id', 'old_id', 'new_id', 'by_name', 'at']).where('tenant_id', '=', ctx.tenantId).where('scheme', '=', input.scheme).where('undone_at', 'is', null).execute()
  const offered = (await effectiveNodes(ctx, input.scheme, localDate(ctx.clock.now(), (await calendarOf(ctx)).timeZone))).filter((node) => node.leaf)
  const items: Output<typeof contract.listMappings>['items'] = []
  for (const row of gone) {
    const node = await schemeNodeById(ctx, row.id)
    if (!node) continue
    const usages = await usagesOf(ctx, { kind: 'schemeNode', id: row.id })
    const orders = usages.reduce((sum, u) => sum + u.count, 0)
    const mapping = mappings.find((m) => m.old_id === row.id)
    if (orders === 0 && !mapping) continue
    const to = mapping ? await schemeNodeById(ctx, mapping.new_id) : null
    const best = offered.map((other) => ({ other, at: likeness(node.name, other.name) })).toSorted((a, b) => b.at - a.at)[0]
    items.push({ old: refOf(node), state: row.state, orders, samples: usages.flatMap((u) => u.samples).slice(0, 5), mapping: mapping && to ? { id: mapping.id, to: refOf(to), byName: mapping.by_name, at: mapping.at } : null, proposal: !mapping && best && best.at >= PROPOSED ? refOf(best.other) : null })
  }
  items.sort((a, b) => Number(a.mapping !== null) - Number(b.mapping !== null) || b.orders - a.orders)
  return { items, unsettled: items.filter((i) => i.mapping === null).reduce((sum, i) => sum + i.orders, 0) }
}

export async function mapNode(ctx: Ctx, input: Input<typeof contract.mapNode>): Promise<{ id: string }> {
  authorize(ctx, 'matters.edit')
  const [old, to] = [await schemeNodeById(ctx, input.oldId), await schemeNodeById(ctx, input.newId)]
  if (!old || old.tenantId !== ctx.tenantId) throw kernelErrors('notFound')
  if (old.state === 'effective') throw mattersErrors('mapEffective', { params: { name: old.name } })
  if (!to || to.tenantId !== ctx.tenantId || to.scheme !== old.scheme || to.state !== 'effective') throw kernelErrors('invalid', { fields: [{ path: 'newId', message: '请选择同一分类体系中本级现行的分类' }] })
  const id = newId()
  const made = await db(ctx).insertInto('matter_node_mapping').values({ tenant_id: ctx.tenantId, id, scheme: old.scheme, old_id: old.id, new_id: to.id, by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).onConflict((c) => c.columns(['tenant_id', 'old_id']).where('undone_at', 'is', null).doNothing()).returning('id').executeTakeFirst()
  if (!made) throw mattersErrors('mappedAlready', { params: { name: old.name } })
  ctx.audit({ module: 'matters', act: 'mapSchemeNode', objectType: 'key:schemeNode', objectId: old.id, changes: { countsAs: { old: null, new: to.id } } })
  ctx.signal('matters.standard', old.id)
  return { id }
}

export async function unmapNode(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'matters.edit')
  const gone = await db(ctx).updateTable('matter_node_mapping').set({ undone_at: ts(ctx.clock.now()), undone_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('undone_at', 'is', null).returning(['old_id', 'new_id']).executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  ctx.audit({ module: 'matters', act: 'unmapSchemeNode', objectType: 'key:schemeNode', objectId: gone.old_id, changes: { countsAs: { old: gone.new_id, new: null } } })
  ctx.signal('matters.standard', gone.old_id)
  return {}
}
