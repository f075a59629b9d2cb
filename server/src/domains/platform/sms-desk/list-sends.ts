// Who sent what by hand, to whom, with what result. Who may only send sees his own; who reads the outbox sees all.
import { sql } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { decrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, formatFull, startOfDay, toIso } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage } from '../lists/keyset.ts'
import type { ExportSource } from '../lists/export-sources.ts'
import { likeText } from '../reach.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import type * as contract from './contract.ts'

type Row = Output<typeof contract.listSmsSends>['items'][number]
type Filter = Pick<Input<typeof contract.listSmsSends>, 'query' | 'state' | 'from' | 'to'>

async function filterOf(ctx: Ctx, filter: Filter) {
  const zone = (await tenantById(ctx, ctx.tenantId)).timeZone
  const text = `%${likeText(filter.query ?? '')}%`
  return sql<boolean>`b.tenant_id = ${ctx.tenantId} and ${can(ctx, 'platform.readSms') ? sql`true` : sql`b.sent_by = ${userId(ctx)}`} and ${filter.state ? sql`s.state = ${filter.state}` : sql`true`}
    and ${filter.query ? sql`(b.to_name ilike ${text} or b.sent_by_name ilike ${text} or b.template_name ilike ${text} or right(s.phone_mask, 4) = ${filter.query})` : sql`true`}
    and ${filter.from ? sql`b.created_at >= ${toIso(startOfDay(filter.from, zone))}::timestamptz` : sql`true`} and ${filter.to ? sql`b.created_at < ${toIso(startOfDay(addDays(filter.to, 1), zone))}::timestamptz` : sql`true`}`
}

async function read(ctx: Ctx, filter: Filter, cursor: string | undefined, limit: number): Promise<Row[]> {
  const { rows } = await sql<Omit<Row, 'text'> & { text_enc: string }>`select b.sms_id as id, b.created_at as at, b.sent_by_name as by, b.to_name as "toName", s.phone_mask as phone, s.text_enc, b.template_name as "templateName", s.state, s.result, s.sent_at as "sentAt"
    from platform_sms_send b join platform_sms s on s.tenant_id = b.tenant_id and s.id = b.sms_id where ${await filterOf(ctx, filter)} and ${afterCursor(cursor, 'b.created_at', 'b.sms_id')} order by b.created_at desc, b.sms_id desc limit ${limit}`.execute(ctx.db())
  return rows.map(({ text_enc, ...row }) => ({ ...row, text: decrypt(ctx.keys, text_enc, 'sms.text') }))
}

async function count(ctx: Ctx, filter: Filter): Promise<{ value: number; capped: boolean }> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from platform_sms_send b join platform_sms s on s.tenant_id = b.tenant_id and s.id = b.sms_id where ${await filterOf(ctx, filter)} limit 1001) c`.execute(ctx.db())
  const n = rows[0]?.n ?? 0
  return { value: Math.min(n, 1000), capped: n > 1000 }
}

export async function listSmsSends(ctx: Ctx, input: Input<typeof contract.listSmsSends>): Promise<Output<typeof contract.listSmsSends>> {
  authorize(ctx, 'platform.sendSms')
  const rows = await read(ctx, input, input.cursor, input.limit + 1)
  return { ...nextPage(rows, input.limit, (row) => row.at), count: await count(ctx, input) }
}

const states: Record<Row['state'], string> = { queued: '待发送', sent: '已发送', failed: '失败' }
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const wanted = (filter: Record<string, unknown>): Filter => ({ query: text(filter['query']), from: text(filter['from']), to: text(filter['to']), ...(filter['state'] === 'queued' || filter['state'] === 'sent' || filter['state'] === 'failed' ? { state: filter['state'] } : {}) })

export const smsSendExport: ExportSource = {
  page: 'smsSends', title: '短信发送记录', permission: 'platform.sendSms',
  columns: [['at', '时间'], ['by', '发送人'], ['toName', '收信人'], ['phone', '号码'], ['templateName', '模板'], ['text', '内容'], ['state', '状态'], ['result', '结果'], ['sentAt', '发出时间']].map(([key = '', label = '']) => ({ key, label })),
  async *rows(ctx, filter, _columns, { ids }) {
    for (let cursor: string | undefined | null; cursor !== null; ) {
      const page: { items: Row[]; next: string | null } = nextPage(await read(ctx, wanted(filter), cursor, 501), 500, (row) => row.at)
      yield page.items.filter((row) => ids === null || ids.includes(row.id)).map((row) => ({ ...row, at: formatFull(row.at), state: states[row.state], sentAt: row.sentAt === null ? null : formatFull(row.sentAt) }))
      cursor = page.next
    }
  },
  count: async (ctx, filter, { ids }) => ids?.length ?? (await count(ctx, wanted(filter))).value,
}
