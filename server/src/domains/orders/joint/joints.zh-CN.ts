import type { SmsTemplate } from '../../platform/index.ts'

export const jointSms: Record<string, SmsTemplate> = {
  unitJointLate: { text: '【12345】工单{number}的协同任务反馈已逾期，请立即登录系统提交。' },
  requesterJointResult: { text: '【12345】您的诉求（编号{number}）已由多部门协同处置：{result}' },
}
