import type { SmsTemplate } from '../../platform/index.ts'

export const pauseEnds: Record<string, string> = { resumed: '申请续办获批', byCentre: '中心责令续办', promiseLapsed: '承诺日期已到，未确认进展，自动续办', notOnTrack: '承诺条件不具备，恢复办理', timeOver: '超过允许时长，自动续办', orderEnded: '工单已结束' }

export const pauseSms: Record<string, SmsTemplate> = {
  unitResumed: { text: '【12345】工单{number}已恢复办理，办理时限继续计算，请及时登录系统处理。' },
  unitPauseNear: { text: '【12345】工单{number}挂起即将到期，请及时登录系统申请续办。' },
  unitPauseOver: { text: '【12345】工单{number}挂起已超过允许时长，请立即登录系统处理。' },
  unitPromiseDue: { text: '【12345】工单{number}承诺日期将到，请登录系统确认进展。' },
  requesterPaused: { text: '【12345】您的诉求（编号{number}）因{condition}暂缓办理，条件具备后将继续办理。' },
}
