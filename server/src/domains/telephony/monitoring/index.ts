// Monitoring and interventions: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { listNotices, sendNotice } from '../desk/team-notices.ts'
import { intervene, manageSeat } from './intervene.ts'
import * as contract from './monitor-contract.ts'
import { monitor, seatDetail, wallboard } from './watch.ts'

export const part = definePart({
  permissions: { 'telephony.monitor': '坐席监控', 'telephony.listen': '监听通话', 'telephony.barge': '插话', 'telephony.force': '强插、接管、强拆与强制签出' },
  roles: { shiftLeader: { 'telephony.monitor': 'tenant', 'telephony.listen': 'tenant', 'telephony.barge': 'tenant', 'telephony.force': 'tenant' }, leader: { 'telephony.monitor': 'tenant' }, inspector: { 'telephony.monitor': 'tenant', 'telephony.listen': 'tenant' } },
  routes: [
    bind(contract.monitor, monitor), bind(contract.seatDetail, seatDetail), bind(contract.intervene, intervene), bind(contract.manageSeat, manageSeat), bind(contract.sendNotice, sendNotice), bind(contract.listNotices, listNotices), bind(contract.wallboard, wallboard),
  ],
  realtime: { 'telephony.live': { may: '' }, 'telephony.agents': { may: 'telephony.monitor' } },
})
