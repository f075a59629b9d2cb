// Connected calls of callbacks that left no recording are an alarm, by robot and by person alike (CBK-09).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, MINUTE, plus } from '../../../kernel/time/index.ts'
import { notify } from '../../platform/index.ts'

/** A recording is fetched after its call; what has not come by then is missed. */
const GRACE = 15 * MINUTE

/** Told once for each call, of the last day. Runs by the clock. */
export async function missingRecordings(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const { rows } = await sql<{ call_id: string; user_name: string | null }>`
    insert into callback_unrecorded_call (tenant_id, call_id, order_id, call_at, user_name, found_at)
    select distinct on (c.call_id) c.tenant_id, c.call_id, c.order_id, c.call_at, c.user_name, ${ts(now)}::timestamptz from callback_call_view c
    where c.tenant_id = ${ctx.tenantId} and c.call_at >= ${ts(plus(now, -DAY))} and c.answered_at is not null and c.ended_at < ${ts(plus(now, -GRACE))} and c.recordings = 0
      and exists (select 1 from callback_task t where t.tenant_id = c.tenant_id and t.order_id = c.order_id and t.created_at <= c.call_at)
    on conflict do nothing returning call_id, user_name`.execute(ctx.db())
  if (rows.length === 0) return
  const names = [...new Set(rows.map((one) => one.user_name ?? '机器人'))].slice(0, 5).join('、')
  await notify(ctx, { type: 'callback.unrecorded', to: { permission: 'callback.assign' }, title: `${rows.length} 通回访接通后没有录音`, text: `${names}。请检查话务交换的录音服务和存储空间`, link: '/telephony/calls?direction=outbound&answered=true&recorded=false', objectType: 'callbackCall', objectId: rows[0]?.call_id ?? '', level: 'P2' })
}
