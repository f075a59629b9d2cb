// The delivered set (analytics T3, data table B), under its codes. A tenant changes a definition from a day on; it never loses this first one.
import type { Basic, Computed, Condition, Definition } from './indicator.ts'

type Look = Partial<Pick<Basic, 'unit' | 'scale' | 'direction'>>
export const count = (fact: string, date: string, statement: string, where: Condition[] = [], look: Look = {}): Definition => ({ kind: 'basic', fact, date, aggregate: 'count', where, unit: '件', scale: 0, direction: 'none', statement, ...look })
export const total = (fact: string, date: string, measure: string, statement: string, where: Condition[] = [], unit = ''): Definition => ({ kind: 'basic', fact, date, aggregate: 'sum', measure, where, unit, scale: 0, direction: 'none', statement })
export const rate = (part: string, whole: string, statement: string, direction: Computed['direction'] = 'up'): Definition => ({ kind: 'derived', formula: `${part} / ${whole} * 100`, unit: '%', scale: 2, direction, statement })
const hours = (sum: string, n: string, statement: string): Definition => ({ kind: 'derived', formula: `${sum} / ${n} / 3600`, unit: '小时', scale: 1, direction: 'down', statement })
export const is = (field: string, ...value: string[]): Condition => ({ field, op: 'in', value })
const not = (field: string, ...value: string[]): Condition => ({ field, op: 'notIn', value })
export const yes = (field: string): Condition => ({ field, op: 'yes' })
const filled = (field: string): Condition => ({ field, op: 'filled' })
const more = (field: string, value: number): Condition => ({ field, op: 'gte', value })
const alive = not('state', 'draft', 'merged')
const asked = yes('attributable')

export const shipped: Record<string, { name: string; definition: Definition }> = {
  received: { name: '受理量', definition: count('order', 'registered', '期内登记的工单件数，草稿和已并单的不计', [alive]) },
  closed: { name: '办结量', definition: count('order', 'closed', '期内办结的工单件数', [alive], { direction: 'up' }) },
  archived: { name: '归档量', definition: count('order', 'archived', '期内归档的工单件数', [alive]) },
  open: { name: '在办量', definition: count('order', 'asOf', '期末尚未办结的工单件数', [not('state', 'draft', 'merged', 'withdrawn')], { direction: 'down' }) },
  overdueOpen: { name: '超期在办', definition: count('order', 'asOf', '期末尚未办结且已超过当前时限的工单件数', [not('state', 'draft', 'merged', 'withdrawn'), yes('overdue')], { direction: 'down' }) },
  withdrawals: { name: '撤单量', definition: count('order', 'registered', '期内登记、后来撤单的工单件数', [is('state', 'withdrawn')]) },
  praise: { name: '表扬量', definition: count('order', 'registered', '期内登记的表扬件数', [alive, is('appealType', 'praise')], { direction: 'up' }) },
  complaints: { name: '投诉举报量', definition: count('order', 'registered', '期内登记的投诉和举报件数', [alive, is('appealType', 'complaint', 'report')], { direction: 'down' }) },
  directAnswers: { name: '直接答复量', definition: count('order', 'closed', '期内由中心直接答复办结的件数', [is('closeKind', 'answered')], { direction: 'up' }) },
  redone: { name: '重办量', definition: count('order', 'closed', '期内办结的工单中办理过两轮以上的件数', [alive, more('round', 2)], { direction: 'down' }) },
  returnedOrders: { name: '退过单的工单', definition: count('order', 'registered', '期内登记的工单中退过单的件数', [alive, more('returnCount', 1)], { direction: 'down' }) },
  urges: { name: '催办次数', definition: total('order', 'registered', 'urges', '期内登记的工单被催办的次数', [alive], '次') },
  involved: { name: '涉及人数', definition: total('order', 'registered', 'involved', '期内登记的工单涉及的人数，未填的按一人计', [alive], '人') },
  handleSeconds: { name: '办结总用时', definition: total('order', 'closed', 'handleSeconds', '期内办结的工单从登记到办结用时之和', [alive], '秒') },
  dispatches: { name: '派发任务量', definition: count('assignment', 'dispatched', '期内中心派给单位的处办任务数', [yes('own')]) },
  signed: { name: '签收任务量', definition: count('assignment', 'signed', '期内签收的处办任务数', [yes('own')]) },
  signSeconds: { name: '签收总用时', definition: total('assignment', 'signed', 'signSeconds', '期内签收的任务从派发到签收用时之和', [yes('own')], '秒') },
  contactedTasks: { name: '已联系任务量', definition: count('assignment', 'dispatched', '期内派发的任务中已联系诉求人的件数', [yes('own'), yes('contacted')], { direction: 'up' }) },
  handlingDue: { name: '应办结件数', definition: count('clock', 'due', '办理时限在期内到期的件数，取消的时限不计', [is('clockKind', 'handling'), yes('counted')]) },
  handlingOnTime: { name: '按期办结件数', definition: count('clock', 'due', '办理时限在期内到期、到期前完成的件数', [is('clockKind', 'handling'), yes('counted'), yes('onTime')], { direction: 'up' }) },
  signDue: { name: '应签收件数', definition: count('clock', 'due', '签收时限在期内到期的件数', [is('clockKind', 'sign'), yes('counted')]) },
  signOnTime: { name: '按期签收件数', definition: count('clock', 'due', '签收时限在期内到期、到期前完成的件数', [is('clockKind', 'sign'), yes('counted'), yes('onTime')], { direction: 'up' }) },
  callbacks: { name: '回访量', definition: count('callback', 'calledBack', '期内回访到并计入的件数，判为不归责的不计', [asked]) },
  contacted: { name: '响应件数', definition: count('callback', 'calledBack', '回访中确认已联系的件数', [asked, is('contacted', 'yes')], { direction: 'up' }) },
  solved: { name: '解决件数', definition: count('callback', 'calledBack', '回访中确认已解决的件数', [asked, is('solved', 'yes')], { direction: 'up' }) },
  satisfied: { name: '满意件数', definition: count('callback', 'calledBack', '回访中表示满意的件数', [asked, is('satisfied', 'yes')], { direction: 'up' }) },
  dissatisfied: { name: '不满意件数', definition: count('callback', 'calledBack', '回访中表示不满意的件数', [asked, is('satisfied', 'no')], { direction: 'down' }) },
  doubleYes: { name: '双是件数', definition: count('callback', 'calledBack', '回访中既解决又满意的件数', [asked, is('solved', 'yes'), is('satisfied', 'yes')], { direction: 'up' }) },
  doubleNo: { name: '双否件数', definition: count('callback', 'calledBack', '回访中既未解决又不满意的件数', [asked, is('solved', 'no'), is('satisfied', 'no')], { direction: 'down' }) },
  firstSolved: { name: '首次解决件数', definition: count('callback', 'calledBack', '第一轮办理即回访解决的件数', [asked, is('solved', 'yes'), { field: 'round', op: 'lte', value: 1 }, filled('round')], { direction: 'up' }) },
  closingRate: { name: '办结率', definition: rate('closed', 'received', '期内办结量 ÷ 期内受理量') },
  onTimeClosingRate: { name: '按期办结率', definition: rate('handlingOnTime', 'handlingDue', '按期办结件数 ÷ 应办结件数') },
  signOnTimeRate: { name: '按期签收率', definition: rate('signOnTime', 'signDue', '按期签收件数 ÷ 应签收件数') },
  overdueRate: { name: '超期率', definition: rate('overdueOpen', 'received', '超期在办 ÷ 期内受理量', 'down') },
  redoRate: { name: '重办率', definition: rate('redone', 'closed', '重办量 ÷ 办结量', 'down') },
  returnRate: { name: '退单率', definition: rate('returnedOrders', 'received', '退过单的工单 ÷ 受理量', 'down') },
  directAnswerRate: { name: '直接答复率', definition: rate('directAnswers', 'closed', '直接答复量 ÷ 办结量') },
  contactRate: { name: '联系率', definition: rate('contactedTasks', 'dispatches', '已联系任务量 ÷ 派发任务量') },
  responseRate: { name: '响应率', definition: rate('contacted', 'callbacks', '响应件数 ÷ 回访量') },
  solvedRate: { name: '解决率', definition: rate('solved', 'callbacks', '解决件数 ÷ 回访量') },
  satisfiedRate: { name: '满意率', definition: rate('satisfied', 'callbacks', '满意件数 ÷ 回访量') },
  firstResolutionRate: { name: '首次解决率', definition: rate('firstSolved', 'callbacks', '首次解决件数 ÷ 回访量') },
  handleTime: { name: '平均办结用时', definition: hours('handleSeconds', 'closed', '办结总用时 ÷ 办结量') },
  signTime: { name: '平均签收用时', definition: hours('signSeconds', 'signed', '签收总用时 ÷ 签收任务量') },
  threeRates: { name: '三率综合成绩', definition: { kind: 'composite', formula: 'responseRate * 0.30 + solvedRate * 0.35 + satisfiedRate * 0.35', unit: '分', scale: 2, direction: 'up', statement: '响应率 30%、解决率 35%、满意率 35% 加权' } },
}
