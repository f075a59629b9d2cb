// What was done for an enterprise, newest first: appeals, replies, ratings, conversations, forms, changes of the account (INT-25).
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage, setting } from '../../platform/index.ts'
import type * as contract from './enterprise-contract.ts'
import { contactsSeeAll } from './enterprise.settings.ts'
import { ownEnterprise } from './enterprise.queries.ts'

type Kind = Output<typeof contract.serviceLog>['items'][number]['kind']
const kindNames: Record<Kind, string> = { order: '提交诉求', reply: '答复', rating: '评价', chat: '在线咨询', form: '填报', account: '账号' }
const COUNTED = 1000

/** A contact reads what he did himself, unless the site lets contacts see all; an administrator reads everything, changes of the account too. */
export async function serviceLog(ctx: Ctx, input: Input<typeof contract.serviceLog>): Promise<Output<typeof contract.serviceLog>> {
  const { row, role } = await ownEnterprise(ctx, input.id)
  const all = role === 'admin' || (await setting(ctx, contactsSeeAll))
  const mine = (account: RawBuilder<unknown>): RawBuilder<unknown> => (all ? sql`true` : sql`${account} = ${ctx.actor.id}`)
  const t = ctx.tenantId
  // Appeals are joined with the published view of orders: public texts only, nothing of a confidential one beyond its being there.
  const orders = sql`intake_submission s join order_view o on o.tenant_id = s.tenant_id and o.id = s.order_id where s.tenant_id = ${t} and s.enterprise_id = ${row.id} and ${mine(sql`s.account_id`)}`
  const told = sql`(
    select s.created_at as at, s.id, 'order' as kind, o.title, '' as text, o.number from ${orders}
    union all select o.closed_at, o.id, 'reply', o.title, '已办结', o.number from ${orders} and o.closed_at is not null
    union all select r.created_at, r.id, 'rating', o.title, case when r.satisfied = 'yes' then '满意' else '不满意' end || '，' || r.stars || ' 星', o.number from intake_rating r, ${orders} and r.tenant_id = s.tenant_id and r.order_id = s.order_id
    union all select c.queued_at, c.id, 'chat', coalesce(nullif(c.topic, ''), '在线咨询'), coalesce('由' || c.agent_name || '接待', '未接通'), null from intake_chat_session c join intake_enterprise_contact p on p.tenant_id = c.tenant_id and p.account_id = c.account_id and p.enterprise_id = ${row.id} and c.queued_at >= p.added_at and (p.left_at is null or c.queued_at < p.left_at) where c.tenant_id = ${t} and ${mine(sql`c.account_id`)}
    union all select e.at, e.id, 'form', f.name, '', null from intake_enterprise_form_entry e join intake_enterprise_form f on f.tenant_id = e.tenant_id and f.id = e.enterprise_form_id where e.tenant_id = ${t} and e.enterprise_id = ${row.id} and ${mine(sql`e.account_id`)}
    union all select h.at, h.id, 'account', h.act, '', null from intake_enterprise_state h where h.tenant_id = ${t} and h.enterprise_id = ${row.id} and ${all}
  ) x`
  const { rows } = await sql<{ at: Instant; id: string; kind: Kind; title: string; text: string; number: string | null }>`select * from ${told} where ${afterCursor(input.cursor, 'x.at', 'x.id')} order by x.at desc, x.id desc limit ${input.limit + 1}`.execute(ctx.db())
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${told} limit ${COUNTED + 1}) c`.execute(ctx.db())
  const n = counted[0]?.n ?? 0
  const page = nextPage(rows, input.limit, (one) => one.at)
  return { items: page.items.map(({ id: _id, ...one }) => ({ ...one, kindName: kindNames[one.kind] })), next: page.next, count: { value: Math.min(n, COUNTED), capped: n > COUNTED } }
}
