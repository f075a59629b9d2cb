// What a person sees and changes of the own account.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { userId } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { mobileColumns } from '../users/mobile.ts'
import type { PlatformTables } from '../tables.gen.ts'
import type * as contract from './contract.ts'

export async function getMyAccount(ctx: Ctx): Promise<Output<typeof contract.getMyAccount>> {
  const { rows } = await sql<Output<typeof contract.getMyAccount>>`select u.id, u.login, u.staff_no as "staffNo", u.name, u.mobile_mask as "mobileMasked", u.email,
      u.password_hash is not null as "hasPassword", u.totp_confirmed as totp, u.password_at as "passwordChangedAt", u.version,
      coalesce((select jsonb_agg(jsonb_build_object('unitId', n.id, 'unitName', n.name, 'main', p.main, 'title', p.title) order by p.main desc, n.code)
        from platform_post p join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id where p.tenant_id = u.tenant_id and p.user_id = u.id), '[]') as posts
    from platform_user u where u.tenant_id = ${ctx.tenantId} and u.id = ${userId(ctx)}`.execute(ctx.db())
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function changeMyAccount(ctx: Ctx, input: Input<typeof contract.changeMyAccount>): Promise<{ version: number }> {
  const mobile = mobileColumns(ctx, input.mobile)
  const row = await ctx
    .db<PlatformTables>()
    .updateTable('platform_user')
    .set((e) => ({ ...mobile, ...(input.email === undefined ? {} : { email: input.email }), version: e('version', '+', 1) }))
    .where('tenant_id', '=', ctx.tenantId)
    .where('id', '=', userId(ctx))
    .where('version', '=', input.version)
    .returning('version')
    .executeTakeFirst()
  if (!row) throw kernelErrors('conflict')
  return row
}
