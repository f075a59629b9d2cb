import type { SmsTemplate } from '../../platform/index.ts'

export const warningStateNames = { open: '预警中', closed: '已关闭' } as const
export const originNames = { job: '自动', person: '人工' } as const
export const pushStateNames: Record<string, string> = { queued: '发送中', sent: '已发送', delivered: '已送达', failed: '发送失败', none: '未发送' }
export const noMobile = '没有登记手机号'
export const warningSms: Record<string, SmsTemplate> = { qualityWarning: { text: '【12345】{unit}承办的工单 {number} 办理质量不达标：{indicator}。请登录系统查看并整改。' } }
