// The list of orders and the figures that open it.
import { sql } from 'kysely'
import { authorize, can, scopesOf, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kept } from '../../../kernel/db/statement-names.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { openStates, orderStates } from '../order.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { asCount, boundedCount, branchesOf } from './list-branches.ts'
import { orderFilter, type listOrdersRoute } from './list-contract.ts'
import { listPage } from './list-page.ts'
import { listRows } from './list-rows.ts'
import { arbitrations, returnsToDecide, withdrawalsToDecide } from './list-requests.ts'

export async function listOrders(ctx: Ctx, input: Input<typeof listOrdersRoute>) {
  authorize(ctx, 'orders.read')
  const branches = await branchesOf(ctx, input)
  const [page, counted] = await Promise.all([listPage(ctx, branches, input.sort, input), sql<{ n: number }>`select ${boundedCount(branches)} as n`.execute(ctx.db())])
  return { items: await listRows(ctx, page.rows), next: page.next, count: asCount(counted.rows[0]?.n ?? 0) }
}

type Desk = { key: string; label: string; permission: string; query: Record<string, string> }

const desks: Desk[] = [
  { key: 'triage', label: '全媒体待受理', permission: 'orders.register', query: { triage: 'waiting', sort: 'registeredAtAsc', own: 'true' } },
  { key: 'triageMine', label: '我提取的', permission: 'orders.register', query: { triage: 'mine', own: 'true' } },
  { key: 'returnedToMe', label: '退回补正', permission: 'orders.register', query: { state: 'draft', registeredBy: 'me', own: 'true' } },
  { key: 'pendingReview', label: '待审核', permission: 'orders.review', query: { state: 'pendingReview', triage: 'none', queue: 'general', own: 'true' } },
  { key: 'pendingDispatch', label: '待派发', permission: 'orders.dispatch', query: { state: 'pendingDispatch', queue: 'general', own: 'true' } },
  { key: 'pendingResultReview', label: '待结果审核', permission: 'orders.reviewResult', query: { state: 'pendingResultReview', own: 'true' } },
  { key: 'overdue', label: '已超期', permission: 'orders.read', query: { overdue: 'true', own: 'true' } },
  { key: 'due48', label: '48小时内到期', permission: 'orders.read', query: { dueWithinHours: '48', own: 'true' } },
]

/** All figures of the own centre in one statement; each stops at 1,000 and opens exactly the list it counts. Who reads downward opens those below by the list's filter. */
export async function orderCounts(ctx: Ctx) {
  authorize(ctx, 'orders.read')
  // A unit sees at a glance what is open; its finished work is counted on its own board, within days.
  const unit = scopesOf(ctx, 'orders.read').every((s) => s === 'unit' || s === 'unitTree')
  const states = (unit ? openStates : orderStates).map((state) => ({ key: state, label: stateNames[state], query: { state, own: 'true' }, path: '/api/orders' }))
  const more = [...drafts(ctx), ...returnsToDecide(ctx), ...arbitrations(ctx), ...withdrawalsToDecide(ctx)]
  const lists = [...states, ...desks.filter((d) => can(ctx, d.permission)).map((d) => ({ ...d, path: '/api/orders' }))]
  const counts = await Promise.all(lists.map(async (list) => boundedCount(await branchesOf(ctx, filterOf(list.query)))))
  const all = [...counts, ...more.map((m) => m.count)].map((count, i) => ({ timed: isTimed(lists[i]?.query ?? {}), column: sql`${count} as ${sql.ref(`c${i}`)}` }))
  // Planning some eighty branches takes longer than running them; but how many are due by a moment has to be looked at anew.
  const [kinds, due] = await Promise.all([
    sql<Record<string, number>>`${kept}select ${sql.join(all.filter((c) => !c.timed).map((c) => c.column))}`.execute(ctx.db()),
    sql<Record<string, number>>`select ${sql.join(all.filter((c) => c.timed).map((c) => c.column))}`.execute(ctx.db()),
  ])
  const found = { ...kinds.rows[0], ...due.rows[0] }
  const figures = [...lists, ...more].map(({ key, label, path, query }, i) => ({ key, label, count: asCount(found[`c${i}`] ?? 0), path, query }))
  return { states: figures.slice(0, states.length), desks: figures.slice(states.length), at: ctx.clock.now() }
}

const isTimed = (query: Record<string, string>): boolean => 'overdue' in query || 'dueWithinHours' in query
const filterOf = ({ sort: _sort, ...query }: Record<string, string>) => orderFilter.parse(query)

function drafts(ctx: Ctx) {
  if (!can(ctx, 'orders.register') || ctx.actor.kind !== 'user') return []
  const count = sql<number>`(select count(*)::int from (select 1 from order_draft where tenant_id = ${ctx.tenantId} and owner_id = ${userId(ctx)} and deleted_at is null limit 1001) as bounded)`
  return [{ key: 'drafts', label: '我的草稿', path: '/api/orders/drafts', query: { box: 'own' }, count }]
}
