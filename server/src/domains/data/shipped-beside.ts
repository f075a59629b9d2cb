// Delivered indicators of what happens to orders on their way, and of what is counted beside them.
import { alive, count, hours, is, more, no, rate, total, yes } from './define.ts'
import type { Definition } from './indicator.ts'

type Delivered = Record<string, { name: string; definition: Definition }>
const stageTime = (code: string, name: string, clock: string): Delivered => ({
  [`${code}Done`]: { name: `${name}完成数`, definition: count('stage', 'met', `期内完成的“${name}”环节数`, [is('clockKind', clock)]) },
  [`${code}Seconds`]: { name: `${name}总用时`, definition: total('stage', 'met', 'netSeconds', `期内完成的“${name}”环节用时之和，挂起的时间不计`, [is('clockKind', clock)], '秒') },
  [`${code}Time`]: { name: `${name}平均用时`, definition: hours(`${code}Seconds`, `${code}Done`, `${name}总用时 ÷ ${name}完成数，挂起的时间不计`) },
})

export const happened: Delivered = {
  groupAppeals: { name: '群体诉求', definition: count('order', 'registered', '期内登记、涉及五人以上的工单件数', [alive, more('involved', 5)], { direction: 'down' }) },
  repeats: { name: '重复诉求', definition: count('repeat', 'found', '期内认定为重复诉求的工单件数：同一人再次反映同一件事', [alive], { direction: 'down' }) },
  repeatShare: { name: '重复诉求占比', definition: rate('repeats', 'received', '重复诉求 ÷ 同期受理量', 'down') },
  groupShare: { name: '群体诉求占比', definition: rate('groupAppeals', 'received', '群体诉求 ÷ 同期受理量', 'down') },
  repeatReturned: { name: '多次退单的工单', definition: count('order', 'registered', '期内登记、退过两次以上的工单件数', [alive, more('returnCount', 2)], { direction: 'down' }) },
  urged: { name: '被催办的工单', definition: count('order', 'registered', '期内登记、被催办过的工单件数', [alive, more('urgeCount', 1)], { direction: 'down' }) },
  selfReported: { name: '单位自采量', definition: count('order', 'registered', '期内由单位主动采集登记的件数', [alive, is('channel', 'unit')], { direction: 'up' }) },
  assistTasks: { name: '协办任务量', definition: count('assignment', 'dispatched', '期内派发的协办任务数', [yes('own'), is('role', 'assist')]) },
  waitingSign: { name: '待签收任务', definition: count('assignment', 'dispatched', '期内派发、现在还没有签收的任务数', [yes('own'), is('taskState', 'pendingSign')], { direction: 'down' }) },
  inHandling: { name: '办理中任务', definition: count('assignment', 'dispatched', '期内派发、现在正在办理的任务数', [yes('own'), is('taskState', 'handling', 'pendingReport')]) },
  handlingLate: { name: '逾期办结件数', definition: count('clock', 'due', '办理时限在期内到期、到期前没有完成的件数', [is('clockKind', 'handling'), yes('counted'), no('onTime')], { direction: 'down' }) },
  signLate: { name: '逾期签收件数', definition: count('clock', 'due', '签收时限在期内到期、到期前没有签收的件数', [is('clockKind', 'sign'), yes('counted'), no('onTime')], { direction: 'down' }) },
  reviewLate: { name: '逾期审核件数', definition: count('clock', 'due', '结果审核时限在期内到期、到期前没有审核的件数', [is('clockKind', 'resultReview'), yes('counted'), no('onTime')], { direction: 'down' }) },
  returns: { name: '退单申请', definition: count('request', 'asked', '期内提出的退单申请数', [is('requestKind', 'return')]) },
  returnsApproved: { name: '退单通过', definition: count('request', 'asked', '期内提出、已同意的退单申请数', [is('requestKind', 'return'), is('requestState', 'approved')]) },
  returnsDecided: { name: '退单已审', definition: count('request', 'asked', '期内提出、已审完的退单申请数', [is('requestKind', 'return'), is('requestState', 'approved', 'refused')]) },
  returnsLate: { name: '超时退单', definition: count('request', 'asked', '期内提出、派发满 24 小时以后才提出的退单申请数', [is('requestKind', 'return'), more('afterSeconds', 86_400)], { direction: 'down' }) },
  returnValidRate: { name: '退单准确率', definition: rate('returnsApproved', 'returnsDecided', '退单通过 ÷ 退单已审') },
  extensions: { name: '延时申请', definition: count('request', 'asked', '期内提出的延时申请数', [is('requestKind', 'extension')]) },
  extensionsApproved: { name: '延时通过', definition: count('request', 'asked', '期内提出、已同意的延时申请数', [is('requestKind', 'extension'), is('requestState', 'approved')]) },
  exclusionRequests: { name: '剔除挂账申请', definition: count('request', 'asked', '期内提出的剔除、挂账申请数', [is('requestKind', 'exclusion', 'shelving')]) },
  exclusionsApproved: { name: '剔除挂账申请通过', definition: count('request', 'asked', '期内提出、已同意的剔除、挂账申请数', [is('requestKind', 'exclusion', 'shelving'), is('requestState', 'approved')]) },
  exclusionPassRate: { name: '剔除挂账通过率', definition: rate('exclusionsApproved', 'exclusionRequests', '剔除挂账申请通过 ÷ 剔除挂账申请') },
  disputes: { name: '挂办申请', definition: count('request', 'asked', '期内提出的职责不清挂办申请数', [is('requestKind', 'dispute')]) },
  excluded: { name: '剔除件数', definition: count('exclusion', 'approved', '期内批准剔除的件数', [is('exclusionKind', 'exclude')]) },
  shelved: { name: '挂账件数', definition: count('exclusion', 'approved', '期内批准挂账的件数', [is('exclusionKind', 'shelve')]) },
  suspended: { name: '挂单件数', definition: count('pause', 'started', '期内挂起的件数') },
  resumed: { name: '续办件数', definition: count('pause', 'ended', '期内结束挂起的件数') },
  resumedInTime: { name: '按期续办件数', definition: count('pause', 'ended', '期内结束挂起、没有超过准许期限的件数', [yes('inTime')], { direction: 'up' }) },
  suspendSeconds: { name: '挂单总用时', definition: total('pause', 'ended', 'pausedSeconds', '期内结束的挂起时间之和', [], '秒') },
  suspendTime: { name: '平均挂单用时', definition: hours('suspendSeconds', 'resumed', '挂单总用时 ÷ 续办件数') },
  timelyResumeRate: { name: '按期续办率', definition: rate('resumedInTime', 'resumed', '按期续办件数 ÷ 续办件数') },
  ...stageTime('signStage', '签收', 'sign'), ...stageTime('contactStage', '首次联系', 'firstContact'), ...stageTime('handlingStage', '办理', 'handling'), ...stageTime('reviewStage', '结果审核', 'resultReview'),
  warnings: { name: '预警量', definition: count('warning', 'raised', '期内发出的预警数：时限黄牌、红牌和规则预警', [], { direction: 'down' }) },
  warningsHigh: { name: '高等级预警', definition: count('warning', 'raised', '期内发出的红牌数', [is('riskGrade', 'high')], { direction: 'down' }) },
  warningsMiddle: { name: '中等级预警', definition: count('warning', 'raised', '期内发出的黄牌和规则发现的问题数', [is('riskGrade', 'middle')], { direction: 'down' }) },
  warningsLow: { name: '低等级预警', definition: count('warning', 'raised', '期内规则发出的提示性预警数', [is('riskGrade', 'low')], { direction: 'down' }) },
  warningsHandled: { name: '已处置预警', definition: count('warning', 'raised', '期内发出、已回应或已解除的预警数', [yes('handled')], { direction: 'up' }) },
  warningHandledRate: { name: '预警处置率', definition: rate('warningsHandled', 'warnings', '已处置预警 ÷ 预警量') },
  relatedOrders: { name: '预警关联工单', definition: { kind: 'basic', fact: 'warning', date: 'raised', aggregate: 'orders', where: [], unit: '件', scale: 0, direction: 'down', statement: '期内发出过预警的不同工单数' } },
  relatedShare: { name: '关联工单占比', definition: rate('relatedOrders', 'received', '预警关联工单 ÷ 同期同范围受理量', 'down') },
  hotEventOrders: { name: '热点事件工单量', definition: { kind: 'basic', fact: 'hotEvent', date: 'registered', aggregate: 'orders', where: [alive], unit: '件', scale: 0, direction: 'none', statement: '期内登记、属于已确认热点事件的不同工单数' } },
  hotEventShare: { name: '热点事件占比', definition: rate('hotEventOrders', 'received', '热点事件工单量 ÷ 同期同范围受理量', 'none') },
  supervised: { name: '督办量', definition: count('supervision', 'opened', '期内发起的督办任务数') },
  supervisedLate: { name: '督办逾期', definition: count('supervision', 'due', '回复期限在期内、没有按期回复的督办任务数', [no('inTime')], { direction: 'down' }) },
  supervisedDue: { name: '应回复督办', definition: count('supervision', 'due', '回复期限在期内的督办任务数') },
  supervisedOnTime: { name: '按期回复督办', definition: count('supervision', 'due', '回复期限在期内、按期回复的督办任务数', [yes('inTime')], { direction: 'up' }) },
  superviseOnTimeRate: { name: '督办按期回复率', definition: rate('supervisedOnTime', 'supervisedDue', '按期回复督办 ÷ 应回复督办') },
}

export const beside: Delivered = {
  population: { name: '人口', definition: { kind: 'basic', fact: 'external', date: 'asOf', aggregate: 'sum', measure: 'value', where: [is('series', 'population')], unit: '人', scale: 0, direction: 'none', statement: '外部数据“人口”在期末有效的值' } },
  perTenThousand: { name: '万人诉求比', definition: { kind: 'derived', formula: 'received * 10000 / population', unit: '件/万人', scale: 2, direction: 'down', statement: '受理量 × 10000 ÷ 人口' } },
}
