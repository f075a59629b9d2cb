// What waits from all online channels, oldest first; a released appeal stands in its old place.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { maskName } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import type { Instant } from '../../../kernel/time/index.ts'
import { appealTypeById } from '../../matters/index.ts'
import { pickLock } from '../../orders/index.ts'
import { afterCursorUp, areaNames, filesOf, nextPage, setting } from '../../platform/index.ts'
import { channelsOf } from '../channels/channel-register.ts'
import { intakeTexts } from '../texts.zh-CN.ts'
import type * as contract from './desk-contract.ts'
import { deskArea } from './pick-submission.ts'

type Desk = Output<typeof contract.listChannelDesk>
type Row = {
  id: string; number: string; channel: string; title: string; appeal_type: string; matter_name: string | null; area_code: string | null; requester_name: string; confidential: boolean; urgency: string
  registered_at: Instant; triage: string; picked_by: string | null; picked_by_name: string | null; picked_until_at: Instant | null; supplement_count: number
}

export async function listDesk(ctx: Ctx, input: Input<typeof contract.listChannelDesk>): Promise<Desk> {
  authorize(ctx, 'intake.desk')
  const area = deskArea(ctx)
  const scope = sql`tenant_id = ${ctx.tenantId} and triage in ('waiting', 'picked') and state = 'pendingReview' ${area === null ? sql`` : sql`and starts_with(area_code, ${area})`}`
  const mine = sql`(triage = 'picked' and picked_by = ${ctx.actor.id})`
  const view = input.view === 'mine' ? mine : input.view === 'waiting' ? sql`triage = 'waiting'` : sql`true`
  const filter = sql`${view} ${input.channel ? sql`and channel = ${input.channel}` : sql``} ${input.area ? sql`and starts_with(area_code, ${input.area})` : sql``}`
  const { rows } = await sql<Row>`select id, number, channel, title, appeal_type, matter_name, area_code, requester_name, confidential, urgency, registered_at, triage, picked_by, picked_by_name, picked_until_at, supplement_count
    from order_view where ${scope} and ${filter} and ${afterCursorUp(input.cursor, 'registered_at', 'id')} order by registered_at, id limit ${input.limit + 1}`.execute(ctx.db())
  const counts = await sql<{ waiting: number; mine: number; picked: number; n: number }>`select count(*) filter (where triage = 'waiting') as waiting, count(*) filter (where ${mine}) as mine, count(*) filter (where triage = 'picked') as picked,
    count(*) filter (where ${filter}) as n from (select * from order_view where ${scope} limit 1001) w`.execute(ctx.db())
  const last = await sql<{ at: Instant | null }>`select max(created_at) as at from intake_submission where tenant_id = ${ctx.tenantId}`.execute(ctx.db())
  const page = nextPage(rows, input.limit, (r) => r.registered_at)
  const count = counts.rows[0] ?? { waiting: 0, mine: 0, picked: 0, n: 0 }
  return {
    items: await withNames(ctx, page.items), next: page.next, count: { value: Math.min(count.n, 1000), capped: count.n > 1000 },
    waiting: count.waiting, mine: count.mine, picked: count.picked, lockMinutes: await setting(ctx, pickLock), lastAt: last.rows[0]?.at ?? null,
  }
}

async function withNames(ctx: Ctx, rows: Row[]): Promise<Desk['items']> {
  const channels = new Map((await channelsOf(ctx)).map((c) => [c.code as string, c.name]))
  const areas = await areaNames(ctx, rows.flatMap((r) => r.area_code ?? []))
  const files = await filesOf(ctx, 'order', rows.map((r) => r.id))
  const types = new Map<string, string>()
  for (const code of new Set(rows.map((r) => r.appeal_type))) types.set(code, (await appealTypeById(ctx, code))?.name ?? code)
  return rows.map((r) => {
    const mine = r.triage === 'picked' && r.picked_by === ctx.actor.id
    // Somebody has to take a confidential appeal; who takes it sees it.
    const hidden = r.confidential && !mine
    return {
      id: r.id, number: r.number, channel: r.channel, channelName: channels.get(r.channel) ?? r.channel, title: hidden ? intakeTexts.confidentialTitle : r.title, appealType: r.appeal_type, appealTypeName: types.get(r.appeal_type) ?? '',
      matterName: hidden ? null : r.matter_name, areaName: r.area_code && !hidden ? (areas.get(r.area_code) ?? null) : null, requesterName: hidden ? '' : maskName(r.requester_name), confidential: r.confidential, urgency: r.urgency,
      photos: files.get(r.id)?.length ?? 0, supplements: r.supplement_count, submittedAt: r.registered_at, pick: mine ? 'mine' : r.triage === 'picked' ? 'other' : 'waiting', pickedBy: r.picked_by_name, pickedUntil: r.picked_until_at,
    }
  })
}
