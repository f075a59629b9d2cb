// The number lists as a page and as a file.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { formatFull, type Instant } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage, tenantById, type ExportSource } from '../../platform/index.ts'
import { db } from '../telephony.queries.ts'
import { searchHashes, viewIn, type EntryRow } from './keep-entries.ts'
import { listFilter, type listEntries as route } from './list-contract.ts'

type Filter = Omit<Input<typeof route>, 'cursor' | 'limit'>

export function entriesOf(ctx: Ctx, filter: Filter) {
  let query = db(ctx).selectFrom('telephony_list_entry').where('tenant_id', '=', ctx.tenantId)
  if (filter.kind?.length) query = query.where('kind', 'in', filter.kind)
  if (filter.state?.length) query = query.where('state', 'in', filter.state)
  if (filter.source) query = query.where('source', '=', filter.source)
  if (filter.audited !== undefined) query = filter.audited ? query.where('state', '=', 'removed').where('audited_at', 'is not', null) : query.where('audited_at', 'is', null)
  const q = filter.q
  if (q) {
    const hashes = searchHashes(ctx, q)
    query = query.where((eb) => eb.or([eb('number_hash', '=', hashes.whole), ...(hashes.last4 ? [eb('last4_hash', '=', hashes.last4)] : []), eb('prefix', 'like', `${q.replaceAll(/[^\d+]/g, '') || '-'}%`)]))
  }
  return query
}

export async function listEntries(ctx: Ctx, input: Input<typeof route>) {
  authorize(ctx, 'telephony.lists')
  const query = entriesOf(ctx, input)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows as EntryRow[], input.limit, (r) => r.created_at)
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  return { items: page.items.map(viewIn(timeZone, ctx.clock.now())), next: page.next, count: await boundCount(ctx, query) }
}

const moment = (at: Instant | null): string | null => (at === null ? null : formatFull(at))

export const listExport: ExportSource = {
  page: 'telephony.lists', title: '号码名单', permission: 'telephony.lists',
  columns: [{ key: 'kindName', label: '名单' }, { key: 'shown', label: '号码' }, { key: 'reason', label: '原因', width: 40 }, { key: 'validFrom', label: '生效时间' }, { key: 'validTo', label: '失效时间' }, { key: 'stateName', label: '状态' }, { key: 'sourceName', label: '来源' }, { key: 'hits', label: '命中次数' }, { key: 'lastHitAt', label: '最近命中' }, { key: 'createdByName', label: '添加人' }, { key: 'createdAt', label: '添加时间' }],
  async *rows(ctx, filter, _columns, { ids }) {
    const { timeZone } = await tenantById(ctx, ctx.tenantId)
    for (let last: EntryRow | undefined; ; ) {
      const cursor = last ? nextPage([last, last], 1, (r) => r.created_at).next ?? undefined : undefined
      let query = entriesOf(ctx, listFilter.strip().parse(filter)).selectAll().where(afterCursor(cursor, 'created_at', 'id'))
      if (ids) query = query.where('id', 'in', ids)
      const rows = (await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(200).execute()) as EntryRow[]
      if (rows.length > 0) yield rows.map(viewIn(timeZone, ctx.clock.now())).map((v) => ({ kindName: v.kindName, shown: v.shown, reason: v.reason, validFrom: moment(v.validFrom), validTo: moment(v.validTo), stateName: v.stateName, sourceName: v.sourceName, hits: v.hits, lastHitAt: moment(v.lastHitAt), createdByName: v.createdByName, createdAt: moment(v.createdAt) }))
      last = rows.at(-1)
      if (rows.length < 200) return
    }
  },
  count: async (ctx, filter) => (await boundCount(ctx, entriesOf(ctx, listFilter.strip().parse(filter)))).value,
}
