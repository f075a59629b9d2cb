// Event sets and merges: many orders, handled once.
import { on } from '../../../kernel/events/event.ts'
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { orderClosed, orderResultAccepted, orderWithdrawn } from '../events.ts'
import { answerEventSet, answerMembers, dispatchEventSet, leadWithdrawn, tellSetRequesters } from './answer-set.ts'
import { addSetMembers, confirmEventSet, createEventSet, dissolveEventSet, patchEventSet, removeSetMember } from './event-sets.ts'
import * as merge from './merge-contract.ts'
import { answerMerged, createMerge, deleteMerge, sendMerge, undoMerge } from './merges.ts'
import { getMerge, listMerges } from './read-merges.ts'
import { eventSetOfOrder, getEventSet, listEventSets } from './read-sets.ts'
import * as contract from './set-contract.ts'
import { setFail } from './sets.errors.ts'

export { proposeMember, proposeSet } from './event-sets.ts'

const manager = { 'orders.sets': 'tenant', 'orders.manageSets': 'tenant', 'orders.merge': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.sets': '查看事件集', 'orders.manageSets': '管理事件集', 'orders.merge': '并单' },
  roles: { shiftLeader: manager, reviewer: manager, dispatcher: manager, supervisor: { 'orders.sets': 'tenant' }, leader: { 'orders.sets': 'tenant' }, tenantAdmin: { 'orders.sets': 'tenant' } },
  errors: setFail,
  routes: [
    bind(contract.listSetsRoute, listEventSets),
    bind(contract.getSetRoute, getEventSet),
    bind(contract.setOfOrderRoute, eventSetOfOrder),
    bind(contract.createSetRoute, createEventSet),
    bind(contract.patchSetRoute, patchEventSet),
    bind(contract.confirmSetRoute, confirmEventSet),
    bind(contract.addMembersRoute, addSetMembers),
    bind(contract.removeMemberRoute, removeSetMember),
    bind(contract.dissolveSetRoute, dissolveEventSet),
    bind(contract.dispatchSetRoute, dispatchEventSet),
    bind(contract.answerSetRoute, answerEventSet),
    bind(contract.tellSetRoute, tellSetRequesters),
    bind(merge.listMergesRoute, listMerges),
    bind(merge.getMergeRoute, getMerge),
    bind(merge.createMergeRoute, createMerge),
    bind(merge.sendMergeRoute, sendMerge),
    bind(merge.undoMergeRoute, undoMerge),
    bind(merge.deleteMergeRoute, deleteMerge),
  ],
  events: {
    handles: [
      on(orderResultAccepted, 'orders.sets', answerMembers), on(orderWithdrawn, 'orders.sets', leadWithdrawn), on(orderResultAccepted, 'orders.merges', answerMerged), on(orderClosed, 'orders.merges', answerMerged),
    ],
  },
})
