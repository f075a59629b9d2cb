// 复查: numbers that nobody called from for long are taken off the lists, and can be put back (TEL-42).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { notify, setting } from '../../platform/index.ts'
import { listAudit } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import { lockEntry, putBack, takeOff, viewOf, type EntryRow } from './keep-entries.ts'

/** Asked each hour; runs when the last one is long enough ago. Segments are judged like numbers. */
export async function auditEntries(ctx: Ctx): Promise<void> {
  const { everyDays, unusedDays } = await setting(ctx, listAudit)
  const now = ctx.clock.now()
  const state = await db(ctx).selectFrom('telephony_policy').select('lists_audited_at').where('tenant_id', '=', ctx.tenantId).forUpdate().executeTakeFirst()
  // Whoever has a list has a policy; a row made here would have one published for tenants without a telephone.
  if (!state) return
  if (state.lists_audited_at !== null && now - state.lists_audited_at < everyDays * DAY) return
  await db(ctx).updateTable('telephony_policy').set({ lists_audited_at: ts(now) }).where('tenant_id', '=', ctx.tenantId).execute()
  const before = ts(plus(now, -unusedDays * DAY))
  const rows = (await db(ctx).selectFrom('telephony_list_entry').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', 'active').where('proposed', 'is', null).where((eb) => eb(eb.fn.coalesce('last_hit_at', 'updated_at'), '<', before)).orderBy('id').limit(5000).forUpdate().execute()) as EntryRow[]
  for (const row of rows) await takeOff(ctx, row, `${unusedDays} 天未命中`)
  if (rows.length > 0) await notify(ctx, { type: 'telephony.listAudit', to: { permission: 'telephony.lists' }, title: `名单复查移除了 ${rows.length} 个长期未命中的号码`, link: '/telephony/lists?view=audited', objectType: 'numberList', level: 'P3' })
}

/** What an audit took off was approved once: it holds again at once. */
export async function restoreEntry(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.lists')
  const row = await lockEntry(ctx, input.id)
  if (row.state !== 'removed' || row.audited_at === null) throw telephonyFail('entryEnded', { params: { state: '不是复查移除的' } })
  return viewOf(ctx, await putBack(ctx, row))
}
