// Parameters of supervision (supervision.md Settings). The lead of yellow cards belongs to the time-limit rules.
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'
import { leaderCaseSettings } from './leader-cases/leader-case-settings.ts'
import { overviewSettings } from './overview/overview-settings.ts'
import { clockKinds } from './supervision.ts'

const noThresholds: Partial<Record<(typeof clockKinds)[number], number>> = {}

export const stayAtUnit = defineSetting({ key: 'stayAtUnit', label: '单位滞留预警（小时）', help: '任务在同一单位超过此时长列入滞留清单', schema: z.number().min(1).max(24 * 365), fallback: 72, scope: 'tenant' })
export const reminderDays = defineSetting({ key: 'reminderDays', label: '到期前提醒（天）', schema: z.array(z.number().int().min(1).max(60)).max(10), fallback: [3, 2, 1], scope: 'tenant' })
export const nextUrgingAfter = defineSetting({ key: 'nextUrgingAfter', label: '下次催办间隔（小时）', schema: z.number().min(0.1).max(24 * 30), fallback: 24, scope: 'tenant' })
export const colourThresholds = defineSetting({
  key: 'supervision.colourThresholds', label: '三色倒计时：变黄提前量（小时）', help: '按时钟设置；未设置的与黄牌一致，列表、牌和看板不会矛盾', schema: z.partialRecord(z.enum(clockKinds), z.number().min(0).max(24 * 60)), fallback: noThresholds, scope: 'tenant',
})
export const warningRuleIds = defineSetting({ key: 'supervision.warningRules', label: '参与督办的预警规则', help: '规则编号；空为全部参与', schema: z.array(z.string().uuid()).max(500), fallback: [] as string[], scope: 'tenant' })
export const warningSetSize = defineSetting({ key: 'supervision.warningSetSize', label: '同诉事件集成为预警事件的工单数', help: '成员达到此数的事件集列入预警事件督办；达到三倍的为高级别', schema: z.number().int().min(2).max(500), fallback: 3, scope: 'tenant' })
const receiver = z.enum(['unit', 'unitLeader', 'industryOwner', 'superior', 'centre'])
export const cardReceivers = defineSetting({
  key: 'supervision.cardReceivers', label: '红黄牌接收人', help: '时限规则没有写接收人时适用；承办人员总会收到。unitLeader 单位负责人，industryOwner 行业负责人，superior 上级部门，centre 热线中心督办员',
  schema: z.object({ yellow: z.array(receiver).max(5), red: z.array(receiver).max(5) }), fallback: { yellow: ['unit', 'unitLeader', 'industryOwner'], red: ['unit', 'unitLeader', 'superior'] }, scope: 'tenant',
})
export const returnsWatched = defineSetting({ key: 'supervision.returnsWatched', label: '多次退单关注（次）', schema: z.number().int().min(1).max(50), fallback: 2, scope: 'tenant' })
export const replyWithin = defineSetting({ key: 'supervision.replyWithin', label: '督办答复期限（小时）', schema: z.number().min(1).max(24 * 30), fallback: 24, scope: 'tenant' })
export const levelNames = defineSetting({ key: 'supervision.levels', label: '督办级别名称', schema: z.array(z.string().min(1)).min(1).max(5), fallback: ['基层', '市级', '省级'], scope: 'tenant' })

export const ruleTestRequired = defineSetting({ key: 'supervision.ruleTestRequired', label: '规则须测试通过才能生效', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const ruleMaxShare = defineSetting({ key: 'supervision.ruleMaxShare', label: '规则试运行最多触发比例（%）', help: '试运行会触发更多历史工单的规则不能生效', schema: z.number().min(1).max(100), fallback: 80, scope: 'tenant' })
export const firstResponseHours = defineSetting({ key: 'supervision.firstResponse', label: '督办首次响应期限（小时）', schema: z.number().int().min(1).max(24 * 30), fallback: 24, scope: 'tenant' })
export const instructionReportHours = defineSetting({ key: 'supervision.instructionReport', label: '批示报告时限（小时）', help: '在审批列表中批示时，承办单位的报告时限', schema: z.number().int().min(1).max(24 * 60), fallback: 72, scope: 'tenant' })
export const reminderClocks = defineSetting({ key: 'supervision.reminderClocks', label: '到期前提醒的时钟', schema: z.array(z.enum(['handling', 'upper', 'ownEarlier'])).max(3), fallback: ['handling', 'upper', 'ownEarlier'], scope: 'tenant' })
export const reminderCalendar = defineSetting({ key: 'supervision.reminderCalendar', label: '到期前提醒按', help: 'natural 为自然日，working 为工作日', schema: z.enum(['natural', 'working']), fallback: 'natural', scope: 'tenant' })
export const reminderRecipients = defineSetting({ key: 'supervision.reminderRecipients', label: '到期前提醒对象', help: 'handlers 承办人员，unitLeaders 单位领导，closingDesk 结果审核岗，supervisors 督办员', schema: z.array(z.enum(['handlers', 'unitLeaders', 'closingDesk', 'supervisors'])).min(1).max(4), fallback: ['handlers'], scope: 'tenant' })
export const reminderChannels = defineSetting({ key: 'supervision.reminderChannels', label: '到期前提醒渠道', schema: z.array(z.enum(['system', 'sms'])).min(1).max(2), fallback: ['system'], scope: 'tenant' })

export const listTimes = defineSetting({ key: 'supervision.listTimes', label: '考核前提醒时间', help: '到时把有接收人的清单告知接收人；没有工单的不发', schema: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)).max(6), fallback: ['08:30'], scope: 'tenant' })
export const petitionUnits = defineSetting({ key: 'supervision.petitionUnits', label: '信访机构', help: '单位编号；这些单位及其下级的到期前提醒按“信访机构到期前提醒”', schema: z.array(z.string().uuid()).max(200), fallback: [] as string[], scope: 'tenant' })
export const petitionReminder = defineSetting({
  key: 'supervision.petitionReminder', label: '信访机构到期前提醒', help: '天数、时钟、对象和渠道，与责任单位分别设置',
  schema: z.object({ days: z.array(z.number().int().min(1).max(60)).max(10), clocks: z.array(z.enum(['handling', 'upper', 'ownEarlier'])).max(3), recipients: z.array(z.enum(['handlers', 'unitLeaders', 'closingDesk', 'supervisors'])).min(1).max(4), channels: z.array(z.enum(['system', 'sms'])).min(1).max(2) }),
  fallback: { days: [3, 2, 1], clocks: ['handling' as const, 'upper' as const, 'ownEarlier' as const], recipients: ['handlers' as const, 'unitLeaders' as const], channels: ['system' as const] }, scope: 'tenant',
})
export const headMinTransfers = defineSetting({ key: 'supervision.headMinTransfers', label: '转主要领导审批的起点（退回或转派次数）', schema: z.number().int().min(1).max(20), fallback: 2, scope: 'tenant' })
export const supervisionSettings = [...overviewSettings, ...leaderCaseSettings, listTimes, petitionUnits, petitionReminder, headMinTransfers, cardReceivers, instructionReportHours, warningRuleIds, warningSetSize, ruleTestRequired, ruleMaxShare, firstResponseHours, reminderClocks, reminderCalendar, reminderRecipients, reminderChannels, stayAtUnit, reminderDays, nextUrgingAfter, colourThresholds, returnsWatched, replyWithin, levelNames]
