// The chain of an order over tenants: every number, its state and who holds it, the same on both sides (ORD-29, decision 13).
import { sql } from 'kysely'
import { scopesOf } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { OrderState } from '../order.ts'
import { stateNames } from '../texts.zh-CN.ts'
import type { TransferRow } from '../transfer/index.ts'
import type { OrderDetail } from './detail-contract.ts'
import { groupNames, groupOf } from '../progress/index.ts'
import { transfersOf } from './order-parts.ts'

type Key = { tenant_id: string; id: string }
type Held = { id: string; tenantId: string; tenantName: string; state: OrderState; leadUnitName: string | null }

/** Five levels have at most four links. */
const DEPTH = 8

/** From the top down; empty for an order that never crossed a tenant. `links` are those of the order itself. */
export async function chainOf(ctx: Ctx, order: Key, links: TransferRow[]): Promise<OrderDetail['chain']> {
  if (links.length === 0) return []
  const all = new Map(links.map((l) => [l.id, l]))
  let frontier = links.flatMap((l) => [{ tenant_id: l.from_tenant, id: l.from_order_id }, { tenant_id: l.to_tenant, id: l.to_order_id }]).filter((k) => k.id !== order.id)
  for (let depth = 0; depth < DEPTH && frontier.length > 0; depth++) {
    const found = (await Promise.all(frontier.map((key) => transfersOf(ctx, key)))).flat().filter((l) => !all.has(l.id))
    for (const link of found) all.set(link.id, link)
    frontier = found.flatMap((l) => [{ tenant_id: l.from_tenant, id: l.from_order_id }, { tenant_id: l.to_tenant, id: l.to_order_id }])
  }
  const chain = [...all.values()].toSorted((a, b) => a.created_at - b.created_at)
  const top = chain.find((l) => !chain.some((m) => m.to_order_id === l.from_order_id)) ?? chain[0]
  if (!top) return []
  const held = await heldBy(ctx, chain)
  const nodes = [{ tenantId: top.from_tenant, orderId: top.from_order_id, number: top.from_number, link: null as TransferRow | null }, ...chain.map((l) => ({ tenantId: l.to_tenant, orderId: l.to_order_id, number: l.to_number, link: l }))]
  const down = scopesOf(ctx, 'orders.read').includes('tenantsBelow')
  return nodes.map(({ tenantId, orderId, number, link }) => {
    const here = held.get(orderId)
    const self = orderId === order.id
    const mayOpen = self || (down && ctx.actor.tenantIds.includes(tenantId))
    return {
      tenantId, tenantName: here?.tenantName ?? '', orderId: mayOpen ? orderId : null, number, state: here?.state ?? null, stateName: here ? stateNames[here.state] : null, responsible: here ? responsible(here) : null,
      requirement: link?.requirement ?? null, transferState: link?.state ?? null, direction: link?.direction ?? null, ...groupFields(here?.state), dueAt: link?.due_at ?? null, passedAt: link?.created_at ?? null, self, mayOpen,
    }
  })
}

/** The four groups of the live progress (ORD-66). */
function groupFields(state: OrderState | undefined): { group: string | null; groupName: string | null } {
  const group = state ? groupOf(state) : null
  return { group, groupName: group ? groupNames[group] : null }
}

/** Who has to act on the order in its tenant now. */
function responsible(order: Held): string {
  if (order.state === 'inProgress' && order.leadUnitName) return order.leadUnitName
  return order.tenantName
}

async function heldBy(ctx: Ctx, chain: TransferRow[]): Promise<Map<string, Held>> {
  const { rows } = await sql<Held>`select o.id, o.tenant_id as "tenantId", t.name as "tenantName", o.state, o.lead_unit_name as "leadUnitName"
    from order_order o join platform_tenant t on t.id = o.tenant_id where (o.tenant_id, o.id) in (${sql.join(chain.flatMap((l) => [sql`(${l.from_tenant}::uuid, ${l.from_order_id}::uuid)`, sql`(${l.to_tenant}::uuid, ${l.to_order_id}::uuid)`]))})`.execute(
    ctx.acrossTenants('both sides of a chain see state and holder of every link'),
  )
  return new Map(rows.map((r) => [r.id, r]))
}
