// The call log and what joins calls to orders: a part of telephony.
import { on } from '../../../kernel/events/event.ts'
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { callsOfNumber, orderEventTypes } from '../../orders/index.ts'
import { definePart, exportSources, messageTypes, smsTemplateSources } from '../../platform/index.ts'
import * as contract from './call-contract.ts'
import { followRegistration } from './link-orders.ts'
import { callExport, countArrived, dropRingBack, linkOrder, listCalls, revealNumber, showCall } from './list-calls.ts'
import { orderCalls } from './order-calls.ts'

const messages = [
  { code: 'telephony.ringBack', name: '待回电', module: 'telephony', duty: true as const, sample: { title: '座席失联，通话已释放，请回拨诉求人' } },
  { code: 'telephony.fault', name: '话务故障', module: 'telephony', duty: true as const, sample: { title: '中继“市电信一号”中断' } },
  { code: 'telephony.break', name: '小休超时', module: 'telephony', sample: { title: '座席小休超时，已示忙' } },
]

export const part = definePart({
  permissions: { 'telephony.calls': '查看话单', 'telephony.reveal': '查看来电号码原文', 'telephony.dial': '外呼拨打' },
  roles: {
    agent: { 'telephony.calls': 'own', 'telephony.dial': 'own' },
    shiftLeader: { 'telephony.calls': 'tenant', 'telephony.dial': 'own', 'telephony.reveal': 'tenant' },
    reviewer: { 'telephony.calls': 'tenant', 'telephony.dial': 'own' }, dispatcher: { 'telephony.calls': 'own', 'telephony.dial': 'own' }, callbackAgent: { 'telephony.calls': 'own', 'telephony.dial': 'own' },
    inspector: { 'telephony.calls': 'tenant' }, supervisor: { 'telephony.calls': 'tenant', 'telephony.dial': 'own' }, handler: { 'telephony.calls': 'unitTree', 'telephony.dial': 'own' }, unitLeader: { 'telephony.calls': 'unitTree', 'telephony.dial': 'own' },
    leader: { 'telephony.calls': 'tenantsBelow' }, businessAdmin: { 'telephony.calls': 'tenant' }, auditor: { 'telephony.calls': 'tenant' },
  },
  routes: [
    bind(contract.listCalls, listCalls), bind(contract.showCall, showCall), bind(contract.revealNumber, revealNumber), bind(contract.orderCalls, orderCalls), bind(contract.linkOrder, linkOrder), bind(contract.dropRingBack, dropRingBack),
  ],
  events: { handles: [on(orderEventTypes.orderRegistered, 'telephony', followRegistration)] },
  realtime: { 'telephony.calls': { may: 'telephony.calls' }, 'telephony.call': { may: 'telephony.calls' }, 'telephony.orderCalls': { may: 'orders.read' } },
  implements: [implement(callsOfNumber, countArrived), implement(exportSources, () => [callExport]), implement(messageTypes, () => messages), implement(smsTemplateSources, () => ({ 'telephony.callCut': { text: '【12345】您的来电因故中断，诉求已保存，我们会尽快给您回电。' } }))],
})
