// What supervision sends, for the rules and templates of messages.
import type { MessageType } from '../../platform/index.ts'

const type = (code: string, name: string, title: string, more: Partial<MessageType> = {}): MessageType => ({ code, name, module: 'supervision', sample: { title }, ...more })

export const supervisionMessages: MessageType[] = [
  type('supervision', '督办', '督办：路灯不亮'),
  type('supervision.yellow', '黄牌', '黄牌：路灯不亮', { duty: true }),
  type('supervision.red', '红牌', '红牌：路灯不亮', { duty: true }),
  type('supervision.reminder', '到期提醒', '办理时限剩余 2 天：路灯不亮'),
  type('supervision.task', '督办任务', '督办：路灯不亮', { duty: true }),
  type('supervision.replied', '督办答复', '督办已答复：路灯不亮'),
  type('supervision.assigned', '督办分配', '督办任务由您负责：路灯不亮'),
  type('supervision.pool', '督办待分配', '有督办任务没有负责人'),
  type('supervision.stage', '督办环节超时', '督办签收已超过 4 小时：路灯不亮', { duty: true }),
  type('supervision.list', '考核前提醒', '超期未办结 3 件'),
  type('supervision.raised', '督办提级', '督办提级至市级：路灯不亮', { duty: true }),
  type('supervision.appeal', '督办申诉', '督办申诉成立：路灯不亮'),
  type('supervision.alert', '预警提醒', '临期未办结：路灯不亮'),
  type('supervision.finding', '巡检发现', '停留过久：路灯不亮'),
  type('supervision.instruction', '领导批示', '领导批示：路灯不亮', { duty: true }),
  type('supervision.instructionReported', '批示报告', '批示已报告：路灯不亮'),
  type('supervision.focus', '关注事项', '关注的工单已办结：路灯不亮'),
  type('supervision.case', '督查案件', '督查立项：路灯维护长期不力', { duty: true }),
  type('supervision.caseReported', '督查报告', '督查已报告：路灯维护长期不力'),
  type('supervision.overview', '每日案件情况', '市城管局案件情况（09:00）'),
  type('supervision.leaderReport', '包案月报', '包案月报待审核：市城管局'),
  type('urge', '催办', '催办（第 2 次）：路灯不亮', { duty: true }),
  type('urge.answered', '催办答复', '催办已答复：路灯不亮'),
]
