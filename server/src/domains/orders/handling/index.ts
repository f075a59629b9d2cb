// The rooms of handling, joined for module.ts and for the acts of the order page: what happens to an order between dispatch and result.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { ActState } from '../../../kernel/http/codec.ts'
import { implement } from '../../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../../flow/index.ts'
import { definePart, smsTemplateSources, type Part } from '../../platform/index.ts'
import { closingKinds, exclusionActs, exclusionFlow, part as closing } from '../closing/index.ts'
import { part as contacts } from '../contacts/index.ts'
import { disputeActs, disputeFlow, disputeKinds, endDispute, part as disputes } from '../disputes/index.ts'
import { part as dispatching } from '../dispatching/index.ts'
import { hardActs, part as hard } from '../hard/index.ts'
import { dropJoint, jointActs, jointSms, part as joints } from '../joint/index.ts'
import { markActs, part as marks } from '../marks/index.ts'
import type { OrderRow } from '../orders.queries.ts'
import { dropPauses, part as pauses, pauseActs, pauseFlow, pauseKinds, pauseSms, promiseFlow, resumeFlow } from '../pauses/index.ts'
import type { AssignmentActFacts, HandlingActs, OrderActFacts } from '../requests/act-state.ts'
import { askFinisher } from '../requests/ask.ts'
import { dropWhistle, part as whistles, whistleActs, whistleSms } from '../whistles/index.ts'
import { endTracking, part as tracking, trackingActs, trackingFlow, trackingKinds, trackingSms } from '../tracking/index.ts'

const sources: HandlingActs[] = [pauseActs, trackingActs, disputeActs, hardActs, exclusionActs, whistleActs, markActs, jointActs]
const kinds = [...pauseKinds, ...trackingKinds, ...disputeKinds, ...closingKinds]
const flows = [pauseFlow, resumeFlow, promiseFlow, trackingFlow, disputeFlow, exclusionFlow]

const joint = definePart({
  permissions: { 'orders.manageRules': '维护办理规则与模板' },
  roles: { businessAdmin: { 'orders.manageRules': 'tenant' }, tenantAdmin: { 'orders.manageRules': 'tenant' } },
  implements: [implement(flowDefinitions, () => flows), implement(flowFinished, askFinisher(kinds)), implement(smsTemplateSources, () => ({ ...pauseSms, ...trackingSms, ...whistleSms, ...jointSms }))],
})

/** Spread into module.ts. */
export const handlingParts: Part[] = [joint, pauses, contacts, tracking, disputes, hard, closing, dispatching, whistles, marks, joints]

export async function handlingOrderActs(ctx: Ctx, facts: OrderActFacts): Promise<ActState[]> {
  const found = await Promise.all(sources.map(async (source) => (await source.order?.(ctx, facts)) ?? []))
  return found.flat()
}

export async function handlingAssignmentActs(ctx: Ctx, facts: AssignmentActFacts): Promise<ActState[]> {
  const found = await Promise.all(sources.map(async (source) => (await source.assignment?.(ctx, facts)) ?? []))
  return found.flat()
}

/** The order is over: what still runs on it ends with it. Costs nothing on orders without flags. */
export async function endHandling(ctx: Ctx, order: OrderRow): Promise<void> {
  if (order.flags.includes('suspended')) await dropPauses(ctx, order.id)
  if (order.flags.includes('tracking')) await endTracking(ctx, order.id, 'orderEnded')
  if (order.flags.includes('disputed')) await endDispute(ctx, order.id)
  if (order.flags.includes('whistle')) await dropWhistle(ctx, order.id)
  if (order.flags.includes('joint')) await dropJoint(ctx, order.id)
}

/** Flags that say something is going on; none of them outlives the order's work. */
export const passingFlags: readonly string[] = ['suspended', 'tracking', 'disputed', 'whistle', 'joint']
