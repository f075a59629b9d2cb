// The agent desk: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { formPassedOn } from '../../orders/index.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './desk-contract.ts'
import { actOnCall, dial } from './dial.ts'
import { bindDraft, callPop, formOfOwnCall } from './pop-up.ts'
import { allowRemoteSeats, endRemoteSeat, listRemoteSeats } from './remote-seats.ts'
import { deskOptions, directory, ownStates, signOutSheet, softphoneTicket } from './serve-desk.ts'
import { deskNotices, readDeskNotice } from './team-notices.ts'

export const part = definePart({
  permissions: { 'telephony.desk': '话务坐席', 'telephony.transferOut': '转接外线', 'telephony.outsideHours': '工作时段外签入' },
  roles: {
    agent: { 'telephony.desk': 'own', 'telephony.transferOut': 'own' }, shiftLeader: { 'telephony.desk': 'own', 'telephony.transferOut': 'own', 'telephony.outsideHours': 'own' },
    callbackAgent: { 'telephony.desk': 'own' }, reviewer: { 'telephony.desk': 'own' },
  },
  routes: [
    bind(contract.deskOptions, deskOptions), bind(contract.softphoneTicket, softphoneTicket), bind(contract.dial, dial), bind(contract.actOnCall, actOnCall), bind(contract.callPop, callPop), bind(contract.bindDraft, bindDraft), bind(contract.directory, directory),
    bind(contract.signOutSheet, signOutSheet), bind(contract.ownStates, ownStates), bind(contract.deskNotices, deskNotices), bind(contract.readDeskNotice, readDeskNotice),
    bind(contract.listRemoteSeats, listRemoteSeats), bind(contract.allowRemoteSeats, allowRemoteSeats), bind(contract.endRemoteSeat, endRemoteSeat),
  ],
  implements: [implement(formPassedOn, formOfOwnCall)],
  realtime: { 'telephony.notices': { may: '' }, 'telephony.agent': { may: 'telephony.desk' } },
})
