import type { SmsTemplate } from '../../platform/index.ts'

export const whistleEnds: Record<string, string> = { allIn: '部门全部报到', byUnit: '吹哨单位结束', byCentre: '中心结束', orderEnded: '工单已结束', unmarked: '取消标注' }

export const whistleSms: Record<string, SmsTemplate> = {
  unitWhistled: { text: '【12345】工单{number}已吹哨，请贵单位按时到场并登录系统报到。' },
  unitWhistleSupplemented: { text: '【12345】热线中心就工单{number}补哨，请有关单位按时到场处置。' },
  unitWhistleLate: { text: '【12345】工单{number}吹哨报到已超时，请立即到场并登录系统报到。' },
}
