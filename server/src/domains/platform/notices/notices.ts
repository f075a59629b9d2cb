// Notices to staff: who sees which, who has read it. A notice is shown in its period to its audience and to nobody else.
import { sql, type RawBuilder } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { attachFiles, filesOf, type FileObject } from '../attachments/index.ts'
import { afterCursor, nextPage } from '../lists/keyset.ts'
import { notify } from '../messages/notify.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { unitsByIds } from '../units/unit-tree.ts'
import type * as contract from './contract.ts'

const MANAGE = 'platform.manageNotices'
export const noticeErrors = defineErrors('platform', {
  noticePeriod: { status: 422, title: '结束时间须晚于开始时间和现在' },
  noticeWithdrawn: { status: 409, title: '通知已撤回' },
})

/** Of a person: his units with all above them, and his roles. */
const audienceOf = (me: string): RawBuilder<boolean> => sql<boolean>`((n.unit_ids = '{}' and n.role_codes = '{}')
  or exists (select 1 from platform_post p join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id where p.tenant_id = n.tenant_id and p.user_id = ${sql.raw(me)} and w.path && n.unit_ids)
  or exists (select 1 from platform_held_role_view g join platform_role r on r.tenant_id = g.tenant_id and r.id = g.role_id where g.tenant_id = n.tenant_id and g.user_id = ${sql.raw(me)} and r.code = any(n.role_codes)))`

const shownNow = (ctx: Ctx): RawBuilder<boolean> => sql<boolean>`n.state = 'published' and n.shown_from <= ${toIso(ctx.clock.now())}::timestamptz and coalesce(n.shown_to > ${toIso(ctx.clock.now())}::timestamptz, true)`
const stateOf = (ctx: Ctx): RawBuilder<unknown> => sql`case when n.state = 'withdrawn' then 'withdrawn' when n.shown_from > ${toIso(ctx.clock.now())}::timestamptz then 'planned' when n.shown_to <= ${toIso(ctx.clock.now())}::timestamptz then 'over' else 'shown' end`

type Item = Output<typeof contract.listNotices>['items'][number]

const forMe = (ctx: Ctx): RawBuilder<boolean> => sql<boolean>`n.tenant_id = ${ctx.tenantId} and ${shownNow(ctx)} and exists (select 1 from platform_user me where me.tenant_id = n.tenant_id and me.id = ${userId(ctx)} and ${audienceOf('me.id')})`

export async function listNotices(ctx: Ctx, input: Input<typeof contract.listNotices>): Promise<Output<typeof contract.listNotices>> {
  const where = sql`${forMe(ctx)} and ${input.unread ? sql`r.read_at is null` : sql`true`}`
  const from = sql`from platform_notice n left join platform_notice_read r on r.tenant_id = n.tenant_id and r.notice_id = n.id and r.user_id = ${userId(ctx)} where ${where}`
  const { rows } = await sql<Omit<Item, 'files'>>`select n.id, n.kind, n.title, n.text, n.must_read as "mustRead", n.shown_from as "shownFrom", n.shown_to as "shownTo", n.created_by_name as by, n.created_at as "createdAt", 'shown' as state, r.read_at as "readAt"
    ${from} and ${afterCursor(input.cursor, 'n.shown_from', 'n.id')} order by n.shown_from desc, n.id desc limit ${input.limit + 1}`.execute(ctx.db())
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 ${from} limit 1001) as bounded`.execute(ctx.db())
  const n = counted.rows[0]?.n ?? 0
  const page = nextPage(rows, input.limit, (row) => row.shownFrom)
  const files = await filesOf(ctx, 'notice', page.items.map((row) => row.id))
  return { items: page.items.map((row) => ({ ...row, files: (files.get(row.id) ?? []).map(({ id, name, size, type }) => ({ id, name, size, type })) })), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function readNotice(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  const { rows } = await sql`insert into platform_notice_read (tenant_id, notice_id, user_id, read_at) select n.tenant_id, n.id, ${userId(ctx)}, ${toIso(ctx.clock.now())}::timestamptz from platform_notice n where n.id = ${input.id} and ${forMe(ctx)}
    on conflict (tenant_id, notice_id, user_id) do update set read_at = platform_notice_read.read_at returning notice_id`.execute(ctx.db())
  if (rows.length === 0) throw kernelErrors('notFound')
  return {}
}

export async function publishNotice(ctx: Ctx, input: Input<typeof contract.publishNotice>): Promise<{ id: string }> {
  authorize(ctx, MANAGE)
  const now = ctx.clock.now()
  const from = input.shownFrom ?? now
  if (input.shownTo !== null && (input.shownTo <= from || input.shownTo <= now)) throw noticeErrors('noticePeriod', { fields: [{ path: 'shownTo', message: '须晚于开始时间和现在' }] })
  const units = await unitsByIds(ctx, input.unitIds)
  if (input.unitIds.some((unitId) => units.get(unitId)?.tenantId !== ctx.tenantId)) throw kernelErrors('notFound')
  const id = newId()
  await ctx
    .db<PlatformTables>()
    .insertInto('platform_notice')
    .values({
      tenant_id: ctx.tenantId, id, kind: input.kind, title: input.title, text: input.text, unit_ids: input.unitIds, role_codes: input.roleCodes, must_read: input.mustRead, shown_from: ts(from), shown_to: input.shownTo === null ? null : ts(input.shownTo),
      state: 'published', created_by: userId(ctx), created_by_name: ctx.actor.name, created_at: ts(now), withdrawn_at: null,
    })
    .execute()
  if (input.fileIds.length > 0) await attachFiles(ctx, { fileIds: input.fileIds, place: 'notice', objectType: 'notice', objectId: id, audience: 'staff' })
  // What must be read rings at its readers; other notices wait on the home page.
  if (input.mustRead && from <= now) {
    const { rows } = await sql<{ id: string }>`select me.id from platform_notice n, platform_user me where n.tenant_id = ${ctx.tenantId} and n.id = ${id} and me.tenant_id = n.tenant_id and me.state = 'active' and me.id <> ${userId(ctx)} and ${audienceOf('me.id')}`.execute(ctx.db())
    await notify(ctx, { type: 'notice', to: { userIds: rows.map((row) => row.id) }, title: `须阅读：${input.title}`, link: `/home/notices?id=${id}`, objectType: 'notice', objectId: id, level: 'P2' })
  }
  ctx.signal('home.notices')
  return { id }
}

export async function withdrawNotice(ctx: Ctx, input: Input<typeof contract.withdrawNotice>): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const { rows } = await sql<{ state: string }>`select state from platform_notice where tenant_id = ${ctx.tenantId} and id = ${input.id} for update`.execute(ctx.db())
  if (!rows[0]) throw kernelErrors('notFound')
  if (rows[0].state !== 'published') throw noticeErrors('noticeWithdrawn')
  await sql`update platform_notice set state = 'withdrawn', withdrawn_at = ${toIso(ctx.clock.now())}, withdrawn_reason = ${input.reason}, version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  ctx.signal('home.notices')
  return {}
}

export async function listManagedNotices(ctx: Ctx, input: Input<typeof contract.listManagedNotices>): Promise<Output<typeof contract.listManagedNotices>> {
  authorize(ctx, MANAGE)
  type Managed = Output<typeof contract.listManagedNotices>['items'][number]
  const { rows } = await sql<Omit<Managed, 'unitNames'>>`select n.id, n.kind, n.title, n.text, n.must_read as "mustRead", n.shown_from as "shownFrom", n.shown_to as "shownTo", n.created_by_name as by, n.created_at as "createdAt", ${stateOf(ctx)} as state,
      n.unit_ids as "unitIds", n.role_codes as "roleCodes", n.version, n.withdrawn_reason as "withdrawnReason", (select count(*)::int from platform_notice_read r where r.tenant_id = n.tenant_id and r.notice_id = n.id) as read
    from platform_notice n where n.tenant_id = ${ctx.tenantId} and ${afterCursor(input.cursor, 'n.created_at', 'n.id')} order by n.created_at desc, n.id desc limit ${input.limit + 1}`.execute(ctx.db())
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 from platform_notice where tenant_id = ${ctx.tenantId} limit 1001) as bounded`.execute(ctx.db())
  const n = counted.rows[0]?.n ?? 0
  const page = nextPage(rows, input.limit, (row) => row.createdAt)
  const units = await unitsByIds(ctx, page.items.flatMap((row) => row.unitIds))
  return { items: page.items.map((row) => ({ ...row, unitNames: row.unitIds.map((unitId) => units.get(unitId)?.name ?? '') })), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

const MOST_READERS = 2000

export async function noticeReaders(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.noticeReaders>> {
  authorize(ctx, MANAGE)
  const known = await sql`select 1 from platform_notice where tenant_id = ${ctx.tenantId} and id = ${input.id}`.execute(ctx.db())
  if (known.rows.length === 0) throw kernelErrors('notFound')
  type Reader = Output<typeof contract.noticeReaders>['read'][number]
  const { rows } = await sql<Omit<Reader, 'readAt'> & { readAt: Reader['readAt'] | null }>`select me.name, w.name as "unitName", r.read_at as "readAt" from platform_notice n join platform_user me on me.tenant_id = n.tenant_id and me.state = 'active' and ${audienceOf('me.id')}
      left join platform_post p on p.tenant_id = me.tenant_id and p.user_id = me.id and p.main left join platform_unit w on w.tenant_id = p.tenant_id and w.id = p.unit_id
      left join platform_notice_read r on r.tenant_id = n.tenant_id and r.notice_id = n.id and r.user_id = me.id
    where n.tenant_id = ${ctx.tenantId} and n.id = ${input.id} order by r.read_at, me.name limit ${MOST_READERS}`.execute(ctx.db())
  return { read: rows.flatMap(({ readAt, ...row }) => (readAt === null ? [] : [{ ...row, readAt }])), unread: rows.flatMap(({ readAt, ...row }) => (readAt === null ? [row] : [])), total: rows.length }
}

/** Files of a notice: for its audience while it is shown, and for who manages notices. */
export async function mayOpenNoticeFile(ctx: Ctx, file: FileObject): Promise<boolean | null> {
  if (file.objectType !== 'notice') return null
  if (can(ctx, MANAGE)) return true
  const { rows } = await sql`select 1 from platform_notice n where n.id = ${file.objectId} and ${forMe(ctx)}`.execute(ctx.db())
  return rows.length > 0
}
