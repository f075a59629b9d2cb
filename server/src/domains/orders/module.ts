// Orders: the loop from registration to archive.
import { on } from '../../kernel/events/event.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { flowFinished } from '../flow/index.ts'
import { ordersBound } from './reading/bound-orders.ts'
import { ordersOfStandard } from './reading/standard-usage.ts'
import { boundOrders, matterUsage } from '../matters/index.ts'
import { branchMoved, sealedStores, unitsMerged, usageOf, type Part } from '../platform/index.ts'
import { part as drafts } from './drafts/index.ts'
import { orderEvents } from './events.ts'
import { extensionFinished } from './extension-requests.ts'
import { orderFail } from './orders.errors.ts'
import { archiveDue, autoSign, makeMonths, releasePicks } from './order-sweeps.ts'
import { handlingParts } from './handling/index.ts'
import { part as imports } from './import/index.ts'
import { registrationParts } from './registration-parts.ts'
import { part as reading } from './reading/index.ts'
import { part as requesters } from './requesters/index.ts'
import { routes } from './routes.ts'
import { orderSettings } from './settings.ts'
import { part as appeals } from './appeals/index.ts'
import { part as checks } from './checks/index.ts'
import { part as redo } from './redo/index.ts'
import { part as progress } from './progress/index.ts'
import { part as reports } from './reports/index.ts'
import { part as returns } from './returns/index.ts'
import { part as upper } from './upper/index.ts'
import { timelineStore } from './timeline.ts'
import { followBranch, mergeOrdersOfUnit, orderUsage } from './units-rearranged.ts'
import { applyTransfer } from './transfer/apply-transfer.ts'
import { transferMoved } from './transfer/index.ts'

const parts: Part[] = [...handlingParts, ...registrationParts, requesters, drafts, progress, reading, imports, checks, redo, appeals, returns, reports, upper]

const roles = {
  agent: { 'orders.transfer': 'own', 'orders.read': 'own', 'orders.register': 'own', 'orders.answer': 'own', 'orders.supplement': 'tenant', 'orders.withdraw': 'own' },
  shiftLeader: { 'orders.transfer': 'tenant', 'orders.read': 'tenant', 'orders.register': 'tenant', 'orders.passReview': 'tenant', 'orders.answer': 'tenant', 'orders.answerUncited': 'tenant', 'orders.supplement': 'tenant', 'orders.withdraw': 'tenant', 'orders.approveWithdrawal': 'tenant', 'orders.review': 'tenant' },
  reviewer: {
    'orders.read': 'tenantsBelow', 'orders.review': 'tenant', 'orders.answer': 'tenant', 'orders.answerUncited': 'tenant', 'orders.dispatch': 'tenant', 'orders.transfer': 'tenant', 'orders.reviewResult': 'tenant', 'orders.reviewReturn': 'tenant',
    'orders.withdraw': 'tenant', 'orders.approveWithdrawal': 'tenant', 'orders.supplement': 'tenant', 'orders.readConfidential': 'tenant',
  },
  dispatcher: { 'orders.read': 'tenantsBelow', 'orders.dispatch': 'tenant', 'orders.transfer': 'tenant', 'orders.reviewReturn': 'tenant', 'orders.answer': 'tenant', 'orders.answerUncited': 'tenant', 'orders.readConfidential': 'tenant' },
  callbackAgent: { 'orders.read': 'tenant', 'orders.supplement': 'tenant' },
  inspector: { 'orders.read': 'tenant' },
  supervisor: { 'orders.read': 'tenantsBelow', 'orders.readConfidential': 'tenant' },
  handler: { 'orders.read': 'unitTree', 'orders.handle': 'unit' },
  unitLeader: { 'orders.read': 'unitTree', 'orders.handle': 'unit', 'orders.approve': 'unit' },
  leader: { 'orders.read': 'tenantsBelow', 'orders.readConfidential': 'tenant', 'orders.arbitrate': 'tenant' },
  businessAdmin: { 'orders.read': 'tenant' },
  tenantAdmin: { 'orders.read': 'tenantsBelow' },
} as const

export const orders = defineModule({
  name: 'orders',
  tables: 'order_',
  dependsOn: ['platform', 'flow', 'forms', 'matters', 'ai', 'knowledge'],
  permissions: {
    'orders.read': '查看工单', 'orders.readConfidential': '查看保密工单', 'orders.register': '登记工单', 'orders.review': '审核工单', 'orders.passReview': '登记后直接送派发', 'orders.answer': '直接答复', 'orders.answerUncited': '不引用知识直接答复',
    'orders.dispatch': '派发工单', 'orders.transfer': '转往其他中心', 'orders.reviewResult': '结果审核', 'orders.reviewReturn': '审核退单', 'orders.arbitrate': '退单仲裁', 'orders.withdraw': '撤单', 'orders.approveWithdrawal': '审批撤单', 'orders.supplement': '追加',
    'orders.handle': '办理任务', 'orders.approve': '单位领导审核',
    ...Object.assign({}, ...parts.map((p) => p.permissions ?? {})),
  },
  roles: mergeRoles([roles, ...parts.map((p) => p.roles ?? {})]),
  routes: [...routes, ...parts.flatMap((p) => p.routes ?? [])],
  events: { publishes: [...orderEvents, transferMoved, ...parts.flatMap((p) => p.events?.publishes ?? [])], handles: [on(transferMoved, 'orders', applyTransfer), ...parts.flatMap((p) => p.events?.handles ?? [])] },
  jobs: parts.flatMap((p) => p.jobs ?? []),
  crons: [
    { name: 'orders.autoSign', everySeconds: 15, run: autoSign },
    { name: 'orders.archive', everySeconds: 60, run: archiveDue },
    { name: 'orders.releasePicks', everySeconds: 30, run: releasePicks },
    { name: 'orders.months', everySeconds: 3600, run: makeMonths },
    ...parts.flatMap((p) => p.crons ?? []),
  ],
  realtime: { 'orders.list': { may: 'orders.read' }, 'orders.counts': { may: '' }, ...Object.assign({}, ...parts.map((p) => p.realtime ?? {})) },
  settings: [...orderSettings, ...parts.flatMap((p) => p.settings ?? [])],
  errors: orderFail,
  implements: [implement(unitsMerged, mergeOrdersOfUnit), implement(branchMoved, followBranch), implement(usageOf, orderUsage), implement(matterUsage, ordersOfStandard), implement(boundOrders, ordersBound), implement(flowFinished, extensionFinished), implement(sealedStores, () => timelineStore), ...parts.flatMap((p) => p.implements ?? [])],
})

type Roles = NonNullable<Parameters<typeof defineModule>[0]['roles']>

function mergeRoles(list: Roles[]): Roles {
  const merged: Roles = {}
  for (const roleSet of list) for (const [role, held] of Object.entries(roleSet) as [keyof Roles, Roles[keyof Roles]][]) merged[role] = { ...merged[role], ...held }
  return merged
}
