// Kinds of orders that go their own way: fast track, priority, first-time callers.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { prioritiseOrder } from './prioritise-order.ts'
import { weightHandlers } from './priority-weights.ts'
import { prioritiseRoute } from './profile-contract.ts'
import { fastTrackLimits, fastTrackUrgencies, firstCallerBy, firstCallerWindow, priorityWeights } from './profiles.settings.ts'

export { fastClassOf, fastTrackOf, tellFast, type FastClass } from './fast-track.ts'
export { isFirstCaller } from './first-caller.ts'

export const part = definePart({
  permissions: { 'orders.prioritise': '调整工单优先级' },
  roles: { shiftLeader: { 'orders.prioritise': 'tenant' }, reviewer: { 'orders.prioritise': 'tenant' }, dispatcher: { 'orders.prioritise': 'tenant' }, supervisor: { 'orders.prioritise': 'tenant' } },
  settings: [firstCallerWindow, firstCallerBy, fastTrackUrgencies, fastTrackLimits, priorityWeights],
  events: { handles: weightHandlers },
  routes: [bind(prioritiseRoute, prioritiseOrder)],
})
