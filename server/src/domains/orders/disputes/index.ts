// Contested orders and their adjudication.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './dispute-contract.ts'
import { decideDispute, dispute, inviteDispute, listDisputes, proposeDispute, speakDispute } from './disputes.ts'

export { listDisputes } from './disputes.ts'
export { disputeActs, disputeFlow, endDispute, openDispute, requireNotDecided } from './disputes.ts'
export const disputeKinds = [dispute]

const propose = { 'orders.dispute': 'tenant' } as const

export const part = definePart({
  permissions: { 'orders.dispute': '提出挂办', 'orders.approveDispute': '审核挂办', 'orders.adjudicate': '联合审定与裁定' },
  roles: {
    agent: { 'orders.dispute': 'own' }, shiftLeader: { ...propose, 'orders.approveDispute': 'tenant' }, reviewer: { ...propose, 'orders.adjudicate': 'tenant' }, dispatcher: propose, leader: { 'orders.adjudicate': 'tenant' },
  },
  routes: [bind(contract.proposeDisputeRoute, proposeDispute), bind(contract.listDisputesRoute, listDisputes), bind(contract.inviteDisputeRoute, inviteDispute), bind(contract.speakDisputeRoute, speakDispute), bind(contract.decideDisputeRoute, decideDispute)],
})
