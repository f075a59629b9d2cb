// One-click sign-in of the demonstration: only in demo mode, only on the own machine, only for accounts without a password.
import { sql } from 'kysely'
import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { demo } from '../demo-mode.ts'
import { accountById } from './account.queries.ts'
import type * as contract from './contract.ts'
import { proceed, type SignInStep } from './staff-session.ts'

const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/
// Another page's name resolved to this machine (DNS rebinding) shows in the host.
const LOCAL_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i
const FORWARDED = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']

/** The socket itself is asked, not what a proxy tells. @throws kernel.notFound: outside the demonstration these routes do not exist */
export function onlyInDemo(request: Pick<FastifyRequest, 'headers'> & { socket: { remoteAddress?: string } }): void {
  const local = LOOPBACK.test(request.socket.remoteAddress ?? '') && LOCAL_HOST.test(request.headers.host ?? '')
  if (!demo.enabled || !local || FORWARDED.some((name) => request.headers[name] !== undefined)) throw kernelErrors('notFound')
}

type Person = Output<typeof contract.listDemoPeople>['people'][number]

/** Up to three people of each role in each tenant, the public portal's tenant first; of units rather bureaus than the centre. */
export async function listDemoPeople(ctx: Ctx, _input: unknown, raw: RawExchange): Promise<{ people: Person[] }> {
  onlyInDemo(raw.request)
  const { rows } = await sql<Person>`select id, name, "unitName", role, "roleName", "tenantName" from (
      select u.id, u.name, coalesce(n.name, '') as "unitName", r.code as role, r.name as "roleName", t.name as "tenantName", t.level, t.code as tenant_code, (t.id::text = (select value #>> '{}' from kernel_state where key = 'platform.homeTenant')) as home,
        row_number() over (partition by t.id, r.code order by (r.code in ('handler', 'unitLeader') and n.kind = 'centre'), u.staff_no, u.id) as nth, row_number() over (partition by u.id order by g.granted_at, g.id) as nth_role
      from platform_user u join platform_tenant t on t.id = u.tenant_id
        join platform_grant g on g.tenant_id = u.tenant_id and g.user_id = u.id join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id
        left join platform_post p on p.tenant_id = u.tenant_id and p.user_id = u.id and p.main left join platform_unit n on n.tenant_id = p.tenant_id and n.id = p.unit_id
      where u.state = 'active' and u.password_hash is null) people
    where nth <= 3 and nth_role = 1 order by home desc nulls last, level, tenant_code, role, nth`.execute(ctx.acrossTenants('the demonstration shows people of all its tenants'))
  return { people: rows }
}

export async function demoSignIn(ctx: Ctx, input: Input<typeof contract.demoSignIn>, raw: RawExchange): Promise<SignInStep> {
  onlyInDemo(raw.request)
  const account = await accountById(ctx, input.userId)
  if (!account?.open || account.passwordHash !== null) throw kernelErrors('notFound')
  return proceed(ctx, account, { secondFactor: true, method: 'demo' }, raw)
}
