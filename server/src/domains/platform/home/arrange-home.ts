// How a person's cards stand: his own arrangement, else that of his role, else as the modules tell them.
import { sql } from 'kysely'
import { z } from 'zod'
import { userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { setting } from '../settings/setting-chain.ts'

const cardIds = z.array(z.string().max(60)).max(100)
export const arrangement = z.object({ order: cardIds, hidden: cardIds })
export type Arrangement = z.output<typeof arrangement>

const PAGE = 'home.cards'

export const cardsByRole = defineSetting<Record<string, Arrangement>>({
  key: 'home.cardsByRole', label: '首页卡片（按角色）', help: '角色编码对应的卡片顺序与隐藏；本人调整过的以本人为准', schema: z.record(z.string().max(40), arrangement), fallback: {}, scope: 'tenant',
})

export async function arrangementOf(ctx: Ctx): Promise<Arrangement & { own: boolean }> {
  const { rows } = await sql<{ layout: unknown }>`select layout from platform_list_layout where tenant_id = ${ctx.tenantId} and user_id = ${userId(ctx)} and page = ${PAGE}`.execute(ctx.db())
  const own = arrangement.safeParse(rows[0]?.layout)
  if (own.success) return { ...own.data, own: true }
  const byRole = await setting(ctx, cardsByRole)
  if (Object.keys(byRole).length === 0) return { order: [], hidden: [], own: false }
  const roles = await sql<{ code: string }>`select r.code from platform_held_role_view g join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id where g.tenant_id = ${ctx.tenantId} and g.user_id = ${userId(ctx)} and r.state = 'active' order by g.given_at, g.via_id`.execute(ctx.db())
  const first = roles.rows.map((role) => byRole[role.code]).find((one) => one !== undefined)
  return { order: first?.order ?? [], hidden: first?.hidden ?? [], own: false }
}

/** Cards named by the arrangement come first, in its order; new ones follow, so that nothing a module adds is ever missed. Pure. */
export function arranged<T extends { id: string }>(cards: readonly T[], { order, hidden }: Arrangement): (T & { hidden: boolean })[] {
  const place = (card: T): number => (order.indexOf(card.id) < 0 ? order.length : order.indexOf(card.id))
  return cards.map((card) => ({ ...card, hidden: hidden.includes(card.id) })).toSorted((a, b) => place(a) - place(b))
}

export async function arrangeHome(ctx: Ctx, input: Arrangement): Promise<Record<string, never>> {
  await sql`insert into platform_list_layout (tenant_id, user_id, page, layout, updated_at) values (${ctx.tenantId}, ${userId(ctx)}, ${PAGE}, ${JSON.stringify({ order: input.order, hidden: input.hidden })}::jsonb, ${toIso(ctx.clock.now())})
    on conflict (tenant_id, user_id, page) do update set layout = excluded.layout, updated_at = excluded.updated_at`.execute(ctx.db())
  return {}
}

/** Back to what the role shows. */
export async function resetHome(ctx: Ctx): Promise<Record<string, never>> {
  await sql`delete from platform_list_layout where tenant_id = ${ctx.tenantId} and user_id = ${userId(ctx)} and page = ${PAGE}`.execute(ctx.db())
  return {}
}
