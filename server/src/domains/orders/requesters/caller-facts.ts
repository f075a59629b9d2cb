// What the telephone may know of a number before anybody answers: counts and a date of birth, no names.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { plainIdNumber } from './contact.ts'

export type CallerFacts = { openOrders: number; overdueOrders: number; enterprise: boolean; labels: string[]; /** YYYY-MM-DD, from the identity number; null where unknown or where several persons share the number */ birthDate: string | null }

/** By the keyed hash of the number. System use: nothing of it is shown as such. */
export async function callerFacts(ctx: Ctx, phoneHash: string): Promise<CallerFacts> {
  const { rows: people } = await sql<{ subject_kind: string; labels: string[]; id_number_enc: string | null; id_type: string | null }>`select r.subject_kind, r.labels, r.id_number_enc, r.id_type from order_requester_phone p join order_requester r on r.tenant_id = p.tenant_id and r.id = p.requester_id
    where p.tenant_id = ${ctx.tenantId} and p.phone_hash = ${phoneHash} limit 3`.execute(ctx.db())
  const { rows: counts } = await sql<{ open: number; overdue: number }>`select count(*)::int as open, count(*) filter (where exists (select 1 from order_clock c where c.tenant_id = o.tenant_id and c.order_id = o.id and c.state = 'running' and c.due_at < ${ts(ctx.clock.now())}))::int as overdue
    from (select tenant_id, id from order_order where tenant_id = ${ctx.tenantId} and contact_phone_hash = ${phoneHash} and closed_at is null order by registered_at desc limit 20) o`.execute(ctx.db())
  const [person] = people
  const idNumber = people.length === 1 && person?.id_number_enc ? plainIdNumber(ctx, person.id_number_enc) : null
  const born = idNumber === null ? null : /^\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dXx]$/.exec(idNumber)
  return { openOrders: counts[0]?.open ?? 0, overdueOrders: counts[0]?.overdue ?? 0, enterprise: people.length > 0 && people.every((one) => one.subject_kind === 'enterprise'), labels: people.flatMap((one) => one.labels), birthDate: born ? `${born[1]}-${born[2]}-${born[3]}` : null }
}
