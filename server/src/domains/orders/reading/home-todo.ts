// What orders put on a person's start page: the figures of the own desks, and the work that is due first.
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { setting, type HomeCard, type HomeTodo, type HomeTone } from '../../platform/index.ts'
import { handlingHome } from '../handling/handling-home.ts'
import { openStates } from '../order.ts'
import { sortingMinutes } from '../settings.ts'
import { branchesOf } from './list-branches.ts'
import { listPage } from './list-page.ts'
import { orderCounts } from './list-orders.ts'
import { boxFigures } from './unit-board.ts'
import { unitPage } from './unit-assignments.ts'
import { boxNames } from './reading.zh-CN.ts'
import type { UnitBox } from './unit-contract.ts'
import { boardUnits } from './unit-work.ts'
import { MINUTE, plus, type Instant } from '../../../kernel/time/index.ts'

const TODO = 20
const deskLinks: Record<string, string> = {
  triage: '/desk/channels', triageMine: '/desk/channels?box=mine', returnedToMe: '/orders?state=draft&registeredBy=me', pendingReview: '/review/pending', pendingDispatch: '/review/dispatch', pendingResultReview: '/review/results',
  returns: '/review/returns', arbitration: '/review/arbitration', withdrawals: '/review/requests?kind=withdrawal', drafts: '/desk/call', overdue: '/orders?overdue=true&own=true', due48: '/orders?dueWithinHours=48&own=true',
}
/** Figures to look at, not work of one's own. */
const looking = new Set(['overdue', 'due48', 'triage'])

export async function orderTodo(ctx: Ctx): Promise<{ cards: HomeCard[]; todo: HomeTodo[] }> {
  if (ctx.actor.kind !== 'user') return { cards: [], todo: [] }
  const unit = can(ctx, 'orders.handle') || can(ctx, 'orders.approve')
  const desk = can(ctx, 'orders.read') && !unit
  const [handling, ...found] = await Promise.all([handlingHome(ctx), ...(unit ? [unitHome(ctx)] : []), ...(desk ? [deskHome(ctx)] : [])])
  return { cards: [...found.flatMap((f) => f.cards), ...handling], todo: found.flatMap((f) => f.todo).slice(0, TODO) }
}

async function deskHome(ctx: Ctx): Promise<{ cards: HomeCard[]; todo: HomeTodo[] }> {
  const { desks } = await orderCounts(ctx)
  const cards = desks.map((d): HomeCard => ({ id: `orders.${d.key}`, title: d.label, value: d.count.value, capped: d.count.capped, link: deskLinks[d.key] ?? '/orders', todo: !looking.has(d.key), tone: d.key === 'overdue' && d.count.value > 0 ? 'over' : 'calm' }))
  const states = [...(can(ctx, 'orders.review') ? (['pendingReview'] as const) : []), ...(can(ctx, 'orders.dispatch') ? (['pendingDispatch'] as const) : []), ...(can(ctx, 'orders.reviewResult') ? (['pendingResultReview'] as const) : [])]
  if (states.length === 0) return { cards, todo: [] }
  const near = plus(ctx.clock.now(), ((await setting(ctx, sortingMinutes)) / 2) * MINUTE)
  const { rows } = await listPage(ctx, await branchesOf(ctx, { state: [...states], triage: 'none', own: true }), 'nearestClock', { limit: TODO })
  const kinds: Record<string, string> = { pendingReview: '待审核', pendingDispatch: '待派发', pendingResultReview: '结果审核' }
  return { cards, todo: rows.filter((r) => (openStates as readonly string[]).includes(r.state)).map((r) => ({ id: r.id, kind: kinds[r.state] ?? '', title: r.title, link: `/orders/${r.number}`, dueAt: r.next_due_at, tone: toneOf(ctx, r.next_due_at, near), hint: r.number })) }
}

const toneOf = (ctx: Ctx, due: Instant | null, near: Instant): HomeTone => (due === null ? 'calm' : due <= ctx.clock.now() ? 'over' : due <= near ? 'near' : 'ok')

const boxes: UnitBox[] = ['toSign', 'handling', 'toApprove', 'toAccept', 'reported', 'redo', 'rejected', 'owed']
const waiting = new Set<UnitBox>(['toSign', 'handling', 'toApprove', 'toAccept', 'rejected'])

async function unitHome(ctx: Ctx): Promise<{ cards: HomeCard[]; todo: HomeTodo[] }> {
  const units = await boardUnits(ctx, undefined)
  const cards = (await boxFigures(ctx, units.map((u) => u.id), boxes)).map((b): HomeCard => {
    const [, near, over] = b.split.map((s) => s.count)
    return { id: `orders.${b.box}`, title: b.name, value: b.total, link: `/unit?box=${b.box}`, todo: waiting.has(b.box), tone: over ? 'over' : near ? 'near' : 'calm', ...(over ? { hint: `超期 ${over}` } : {}) }
  })
  const lists = await Promise.all((['toSign', 'handling', 'toAccept', ...(can(ctx, 'orders.approve') ? (['toApprove'] as const) : [])] as const).map(async (box) => ({ box, page: await unitPage(ctx, { box }, { limit: TODO }) })))
  const tones = { inTime: 'ok', near: 'near', overdue: 'over' } as const
  const todo = lists
    .flatMap(({ box, page }) => page.rows.map((r): HomeTodo => ({ id: r.id, kind: boxNames[box], title: r.title, link: `/orders/${r.number}`, dueAt: r.clock_state === 'paused' ? null : r.clock_due, tone: tones[r.timing], hint: r.number })))
    .toSorted((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY))
  return { cards, todo }
}
