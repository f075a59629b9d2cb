// Menus of a tenant by role: names, order and what is hidden. Rights decide what may be used; this only what is shown.
import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { setting } from '../settings/setting-chain.ts'

const entry = z.strictObject({ name: z.string().trim().min(1).max(20).optional(), order: z.number().min(0).max(1000).optional(), hidden: z.boolean().optional() })
const entries = z.record(z.string().regex(/^\/[\w/:-]*$/, '菜单以路径表示').max(80), entry)

export const menuSetting = defineSetting({
  key: 'menu.entries', label: '菜单', help: '按角色编码（* 为全部）列出菜单路径的名称、次序和是否隐藏，例如 {"*": {"/home/tasks": {"name": "我的任务"}}}', schema: z.record(z.string().max(40), entries), fallback: {}, scope: 'tenant',
})

/** The menu of the signed-in person: what is set for all, then for each of his roles. */
export async function menuFeature(ctx: Ctx): Promise<Record<string, unknown>> {
  const byRole = await setting(ctx, menuSetting)
  if (Object.keys(byRole).length === 0) return {}
  const { rows } = await sql<{ code: string }>`select distinct r.code from platform_held_role_view h join platform_role r on r.tenant_id = h.tenant_id and r.id = h.role_id and r.state = 'active' where h.tenant_id = ${ctx.tenantId} and h.user_id = ${ctx.actor.id} order by 1`.execute(ctx.db())
  const menu: Record<string, z.output<typeof entry>> = {}
  for (const code of ['*', ...rows.map((row) => row.code)]) for (const [path, change] of Object.entries(byRole[code] ?? {})) menu[path] = { ...menu[path], ...change }
  return { menu }
}
