// What the desks of handling put on a start page: each figure is the count of exactly the list that it opens.
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { HomeCard } from '../../platform/index.ts'
import { listDisputes } from '../disputes/index.ts'
import { listAutoAssignments } from '../dispatching/index.ts'
import { listHards } from '../hard/index.ts'
import { listJoints } from '../joint/index.ts'
import { listMarkObjections } from '../marks/index.ts'
import { listPauses } from '../pauses/index.ts'
import { listReexaminations } from '../redo/index.ts'
import { listTrackings } from '../tracking/index.ts'
import { listWhistles } from '../whistles/index.ts'

type Counted = Promise<{ count: { value: number; capped: boolean } }>
type Desk = { key: string; title: string; link: string; may: string[]; /** Work waits here; else it is to be looked at. */ todo: boolean; /** Nothing is late by itself. */ calm?: boolean; count: (ctx: Ctx) => Counted }
const first = { limit: 1 }

const centre: Desk[] = [
  { key: 'hard', title: '疑难工单', link: '/handling/hard?state=pending', may: ['orders.handleHard'], todo: true, count: (ctx) => listHards(ctx, { state: 'pending', ...first }) },
  { key: 'disputes', title: '挂办待审定', link: '/handling/disputes?state=pool', may: ['orders.adjudicate'], todo: true, count: (ctx) => listDisputes(ctx, { state: 'pool', ...first }) },
  { key: 'reexaminations', title: '不满意待复查', link: '/review/reexaminations?state=pending', may: ['orders.reexamine'], todo: true, count: (ctx) => listReexaminations(ctx, { state: 'pending', ...first }) },
  { key: 'marks', title: '行业归属待裁定', link: '/joint/marks?box=disputed', may: ['orders.ruleMarks'], todo: true, count: (ctx) => listMarkObjections(ctx, { box: 'disputed', ...first }) },
  { key: 'whistlesWanted', title: '已标注未吹哨', link: '/joint/whistles?state=wanted', may: ['orders.manageWhistles'], todo: true, count: (ctx) => listWhistles(ctx, { state: 'wanted', ...first }) },
  { key: 'auto', title: '自动交办待判定', link: '/handling/auto?verdict=none&state=dispatched', may: ['orders.dispatch'], todo: false, calm: true, count: (ctx) => listAutoAssignments(ctx, { verdict: 'none', state: 'dispatched', ...first }) },
  { key: 'pausesOver', title: '挂起超时', link: '/handling/pauses?state=active&over=true', may: ['orders.reviewPause'], todo: false, count: (ctx) => listPauses(ctx, { state: ['active'], over: true, ...first }) },
  { key: 'trackingsLate', title: '阶段报告逾期', link: '/handling/trackings?state=active&overdue=true', may: ['orders.approveTracking'], todo: false, count: (ctx) => listTrackings(ctx, { state: 'active', overdue: true, ...first }) },
  { key: 'whistlesLate', title: '吹哨逾期未到', link: '/joint/whistles?late=true&state=blown', may: ['orders.manageWhistles'], todo: false, count: (ctx) => listWhistles(ctx, { late: true, state: 'blown', ...first }) },
  { key: 'jointLate', title: '协同有逾期', link: '/orders/joint?state=open&late=true', may: ['orders.openJoint'], todo: false, count: (ctx) => listJoints(ctx, { state: 'open', late: true, ...first }) },
]
const atUnit = ['orders.handle', 'orders.approve']
const unit: Desk[] = [
  { key: 'whistlesMine', title: '吹哨待报到', link: '/joint/whistles?mine=true', may: atUnit, todo: true, count: (ctx) => listWhistles(ctx, { mine: true, ...first }) },
  { key: 'jointMine', title: '协同待反馈', link: '/orders/joint?mine=true', may: atUnit, todo: true, count: (ctx) => listJoints(ctx, { mine: true, ...first }) },
  { key: 'disputesMine', title: '责任审定待表态', link: '/handling/disputes?state=pool&mine=true', may: atUnit, todo: true, count: (ctx) => listDisputes(ctx, { state: 'pool', mine: true, ...first }) },
  { key: 'marksMine', title: '归属异议待答复', link: '/joint/marks?mine=true', may: ['orders.approve'], todo: true, count: (ctx) => listMarkObjections(ctx, { mine: true, ...first }) },
  { key: 'trackingsMine', title: '阶段报告逾期', link: '/handling/trackings?state=active&overdue=true', may: ['orders.handle'], todo: true, count: (ctx) => listTrackings(ctx, { state: 'active', overdue: true, ...first }) },
]

/** Cards with nothing in them are left out: a start page shows work, not desks. */
export async function handlingHome(ctx: Ctx): Promise<HomeCard[]> {
  const own = can(ctx, 'orders.handle') || can(ctx, 'orders.approve') ? unit : centre
  const desks = can(ctx, 'orders.read') ? own.filter((d) => d.may.some((p) => can(ctx, p))) : []
  const counted = await Promise.all(desks.map(async (d) => ({ ...d, count: (await d.count(ctx)).count })))
  return counted.filter((d) => d.count.value > 0).map((d) => ({ id: `handling.${d.key}`, title: d.title, value: d.count.value, capped: d.count.capped, link: d.link, todo: d.todo, tone: d.calm ? 'calm' : d.todo ? 'near' : 'over' }))
}
