// Callbacks: who is asked after handling, what they said, and what follows from it.
import { on } from '../../kernel/events/event.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { answerByRequester } from '../intake/index.ts'
import { callbackOwed, orderEventTypes, ratesOfOrders } from '../orders/index.ts'
import { unitSatisfaction } from '../supervision/index.ts'
import { messageTypes, todoSources } from '../platform/index.ts'
import { answerOnline } from './answer-online.ts'
import { satisfactionByUnit } from './unit-rates.ts'
import { part as outbound } from './outbound/index.ts'
import { part as pool } from './pool/index.ts'
import { part as inspections } from './inspections/index.ts'
import { part as ratings } from './ratings/index.ts'
import { part as upper } from './upper/index.ts'
import { part as forms } from './forms/index.ts'
import { callbackFail } from './callback.errors.ts'
import { callbackCompleted } from './events.ts'
import { sweepCallbacks } from './hold-callback.ts'
import { callbackTodo } from './list-callbacks.ts'
import { latestRates } from './read-results.ts'
import { routes } from './routes.ts'
import { cancelCallback, owesCallback, scheduleCallback } from './schedule-callback.ts'
import { callbackSettings } from './settings.ts'

const agent = { 'callback.read': 'tenant', 'callback.complete': 'tenant' } as const

export const callback = defineModule({
  name: 'callback',
  tables: 'callback_',
  dependsOn: ['platform', 'orders', 'telephony', 'intake', 'supervision'],
  permissions: { 'callback.read': '查看回访', 'callback.complete': '登记回访结果', 'callback.assign': '指派回访任务', ...outbound.permissions, ...upper.permissions },
  roles: {
    callbackAgent: agent,
    shiftLeader: { ...agent, 'callback.assign': 'tenant', 'callback.plan': 'tenant', 'callback.upper': 'tenant' },
    businessAdmin: { 'callback.read': 'tenant', 'callback.plan': 'tenant', 'callback.upper': 'tenant' },
    // Who sets up a site sets up its campaigns too.
    tenantAdmin: { 'callback.read': 'tenant', 'callback.plan': 'tenant' },
    // Confidential orders are called by those who may see them.
    reviewer: agent,
    supervisor: { 'callback.read': 'tenantsBelow' },
    leader: { 'callback.read': 'tenantsBelow' },
    inspector: { 'callback.read': 'tenant' },
  },
  routes: [...routes, ...(forms.routes ?? []), ...(outbound.routes ?? []), ...(upper.routes ?? []), ...(pool.routes ?? []), ...(ratings.routes ?? []), ...(inspections.routes ?? [])],
  events: {
    publishes: [callbackCompleted],
    handles: [on(orderEventTypes.orderResultAccepted, 'callback', scheduleCallback), on(orderEventTypes.orderWithdrawn, 'callback', cancelCallback), on(orderEventTypes.orderArchived, 'callback', cancelCallback), ...(outbound.events?.handles ?? []), ...(pool.events?.handles ?? [])],
  },
  crons: [{ name: 'callback.sweep', everySeconds: 15, run: sweepCallbacks }, ...(forms.crons ?? []), ...(outbound.crons ?? []), ...(pool.crons ?? []), ...(ratings.crons ?? [])],
  realtime: { 'callback.queue': { may: 'callback.read' } },
  settings: [...callbackSettings, ...(forms.settings ?? []), ...(outbound.settings ?? []), ...(pool.settings ?? []), ...(ratings.settings ?? [])],
  errors: callbackFail,
  implements: [implement(callbackOwed, owesCallback), implement(ratesOfOrders, latestRates), implement(unitSatisfaction, satisfactionByUnit), implement(todoSources, callbackTodo), implement(answerByRequester, answerOnline), implement(messageTypes, () => [{ code: 'callback.badRating', name: '差评处理', module: 'callback', duty: true }, { code: 'callback.unrecorded', name: '回访录音缺失', module: 'callback', duty: true }]), ...(forms.implements ?? []), ...(pool.implements ?? []), ...(ratings.implements ?? [])],
})
