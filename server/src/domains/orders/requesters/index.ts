// Requesters: who asks, how they are reached, and what they asked before.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { lookupRequester } from './lookup-requester.ts'
import { patchRequester } from './patch-requester.ts'
import { getRequester, requesterChanges, requesterOrders } from './read-requester.ts'
import * as contract from './requester-contract.ts'
import { requesterFail } from './requester.errors.ts'
import { frequentCaller, revealQuota } from './requester.settings.ts'
import { revealContact } from './reveal-contact.ts'

export { contactFields, lastFourHash, phoneHash, plainPhone, shownName, type ContactFields } from './contact.ts'
export { findRequester } from './find-requester.ts'
export { lookupRequester }
export { ratesOfOrders, type OrderRates } from './rates-port.ts'
export type { RequesterRow } from './requesters.queries.ts'
export { saveRequester, type RequesterInput, type SavedRequester } from './save-requester.ts'

/** Spread into module.ts; roles are merged per role. */
export const part = definePart({
  permissions: { 'orders.requesterHistory': '查询诉求人和历史诉求', 'orders.editRequester': '修改诉求人资料', 'orders.reveal': '查看联系方式原文' },
  roles: {
    agent: { 'orders.requesterHistory': 'tenant', 'orders.editRequester': 'tenant', 'orders.reveal': 'own' },
    shiftLeader: { 'orders.requesterHistory': 'tenant', 'orders.editRequester': 'tenant', 'orders.reveal': 'tenant' },
    reviewer: { 'orders.requesterHistory': 'tenant', 'orders.editRequester': 'tenant', 'orders.reveal': 'tenant' },
    dispatcher: { 'orders.requesterHistory': 'tenant', 'orders.reveal': 'tenant' },
    callbackAgent: { 'orders.requesterHistory': 'tenant', 'orders.reveal': 'tenant' },
    supervisor: { 'orders.reveal': 'tenant' },
    handler: { 'orders.reveal': 'unitTree' },
    unitLeader: { 'orders.reveal': 'unitTree' },
  },
  settings: [revealQuota, frequentCaller],
  errors: requesterFail,
  routes: [
    bind(contract.lookupRequesterRoute, lookupRequester),
    bind(contract.getRequesterRoute, getRequester),
    bind(contract.patchRequesterRoute, patchRequester),
    bind(contract.requesterChangesRoute, requesterChanges),
    bind(contract.requesterOrdersRoute, requesterOrders),
    bind(contract.revealContactRoute, revealContact),
  ],
})
