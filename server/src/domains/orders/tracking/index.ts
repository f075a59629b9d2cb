// Long-term tracking of lasting demands.
import { bind } from '../../../kernel/http/route.ts'
import { definePart, type SmsTemplate } from '../../platform/index.ts'
import * as contract from './tracking-contract.ts'
import { listTrackings, reportTracking, requestTracking, sweepTrackings, tracking } from './tracking.ts'
import { trackingInterval, trackingMaxDays } from './tracking.settings.ts'

export { listTrackings } from './tracking.ts'
export { endTracking, trackingActs, trackingDone, trackingFlow } from './tracking.ts'
export const trackingKinds = [tracking]
export const trackingSms: Record<string, SmsTemplate> = { unitTrackingLate: { text: '【12345】工单{number}的阶段报告已逾期，请立即登录系统提交。' } }

export const part = definePart({
  permissions: { 'orders.approveTracking': '审批任务跟踪' },
  roles: { reviewer: { 'orders.approveTracking': 'tenant' }, shiftLeader: { 'orders.approveTracking': 'tenant' } },
  settings: [trackingInterval, trackingMaxDays],
  crons: [{ name: 'orders.trackings', everySeconds: 60, run: sweepTrackings }],
  routes: [bind(contract.requestTrackingRoute, requestTracking), bind(contract.reportTrackingRoute, reportTracking), bind(contract.listTrackingsRoute, listTrackings)],
})
