// Rules that ship with the product: each tenant gets them once, as its own rows to change, stop or copy.
import type { Definition, RuleEffect } from './definition.ts'

type Shipped = { key: string; effect: RuleEffect; name: string; template?: true; definition: Partial<Definition> & Pick<Definition, 'conditions' | 'text'> }

const hours = (fact: string, value: number) => ({ fact, op: '>=' as const, value, unit: 'naturalHours' as const })
const working = (fact: string, value: number) => ({ fact, op: '>=' as const, value, unit: 'workingDays' as const })
const left = (fact: string, value: number) => ({ fact, op: '<=' as const, value, unit: 'naturalHours' as const })
const least = (fact: string, value: number) => ({ fact, op: '>=' as const, value })
const isIn = (fact: string, ...value: string[]) => ({ fact, op: 'in' as const, value })

export const shippedRules: readonly Shipped[] = [
  { key: 'overdue', effect: 'task', name: '超期未办结', definition: { conditions: [hours('overdue', 24)], text: '办理时限已超期 24 小时，请说明原因和办理进展' } },
  { key: 'returns', effect: 'task', name: '多次退单', definition: { conditions: [least('returns', 3)], text: '工单已被退回 3 次以上，请说明责任归属并明确办理单位' } },
  { key: 'complaints', effect: 'task', name: '诉求人多次催问', definition: { conditions: [least('complaints', 2), isIn('state', 'inProgress')], text: '诉求人已多次催问，请报告办理进展' } },
  { key: 'redone', effect: 'task', name: '再次不满意', definition: { conditions: [least('redone', 2), isIn('state', 'inProgress')], text: '诉求人再次不满意，请主管领导过问并报告整改措施', level: 2 } },
  { key: 'stalled', effect: 'task', name: '长期停滞', template: true, definition: { conditions: [working('stayed', 10)], text: '工单在本单位停留超过 10 个工作日，请报告办理计划' } },
  { key: 'enterpriseOverdue', effect: 'task', name: '涉企超期', template: true, definition: { conditions: [hours('overdue', 1), isIn('subjectKind', 'enterprise')], text: '涉企诉求已超期，请两小时内报告', replyHours: 2, level: 2 } },

  { key: 'nearDeadline', effect: 'alert', name: '临期未办结', definition: { conditions: [left('dueIn', 24), isIn('state', 'inProgress')], text: '距办理时限不足 24 小时，请抓紧办理', recipients: ['handlers'], channels: ['system'] } },
  { key: 'unsigned', effect: 'alert', name: '长时间未签收', definition: { conditions: [hours('unsigned', 8)], text: '派发 8 小时仍未签收，请立即签收', recipients: ['handlers', 'unitLeaders'], channels: ['system', 'sms'] } },
  { key: 'noContact', effect: 'alert', name: '未及时联系诉求人', definition: { conditions: [hours('noContact', 3)], text: '签收 3 小时仍未联系诉求人，请尽快联系', recipients: ['handlers'], channels: ['system'] } },
  { key: 'enterpriseNear', effect: 'alert', name: '涉企临期', definition: { conditions: [left('dueIn', 1), isIn('subjectKind', 'enterprise')], text: '涉企诉求距时限不足 1 小时，请立即办理', recipients: ['handlers', 'unitLeaders'], channels: ['system', 'sms'] } },
  { key: 'suspendedStall', effect: 'alert', name: '挂起停滞', definition: { conditions: [working('suspended', 5)], text: '挂起 5 个工作日没有进展，请关注', recipients: ['handlers', 'supervisors'], channels: ['system', 'sms'], repeatHours: 24 } },
  { key: 'resumedStall', effect: 'alert', name: '续办未动', definition: { conditions: [working('resumed', 1)], text: '续办 1 个工作日仍未办理，请关注', recipients: ['handlers', 'supervisors'], channels: ['system', 'sms'], repeatHours: 24 } },

  { key: 'f.stage', effect: 'finding', name: '中心环节超时', definition: { conditions: [hours('stageOverdue', 0)], text: '审核、派发或结果审核超过环节时限', kind: 'dispatch', recipients: ['reviewers', 'dispatchDesk'] } },
  { key: 'f.unsigned', effect: 'finding', name: '未及时签收', definition: { conditions: [hours('unsigned', 12)], text: '派发 12 小时未签收', kind: 'dispatch', recipients: ['handlers'] } },
  { key: 'f.barred', effect: 'finding', name: '派给已退回的单位', definition: { conditions: [{ fact: 'barredUnit', op: '=', value: true }], text: '工单再次派给退回过的单位，请核对', kind: 'dispatch', recipients: ['dispatchDesk'] } },
  { key: 'f.attachments', effect: 'finding', name: '反馈缺少佐证', definition: { conditions: [{ fact: 'replyFiles', op: '=', value: 0 }, isIn('appealType', 'complaint', 'report'), isIn('state', 'pendingResultReview', 'pendingCallback')], text: '投诉、举报的办理结果没有附件', kind: 'attachments', recipients: ['handlers'] } },
  { key: 'f.reply', effect: 'finding', name: '反馈过于简单', definition: { conditions: [{ fact: 'replyLength', op: '<=', value: 10 }], text: '办理结果不足 10 个字', kind: 'replies', recipients: ['handlers'] } },
  { key: 'f.noContact', effect: 'finding', name: '未联系诉求人', definition: { conditions: [hours('noContact', 24)], text: '签收 24 小时没有联系记录', kind: 'replies', recipients: ['handlers'] } },
  { key: 'f.supervised', effect: 'finding', name: '督办未首次答复', definition: { conditions: [hours('replyOwed', 24)], text: '督办 24 小时没有首次答复', kind: 'supervised', recipients: ['handlers', 'unitLeaders'] } },
  { key: 'f.urged', effect: 'finding', name: '催办未答复', definition: { conditions: [hours('urgeOwed', 24)], text: '催办 24 小时没有答复', kind: 'urged', recipients: ['handlers'] } },
  { key: 'f.stay', effect: 'finding', name: '停留过久', definition: { conditions: [hours('stayed', 72)], text: '在同一单位停留超过 72 小时', kind: 'flow', recipients: ['handlers'] } },
  { key: 'f.transfers', effect: 'finding', name: '多次流转', definition: { conditions: [least('dispatches', 3)], text: '工单已派发 3 次以上', kind: 'flow', recipients: ['dispatchDesk'] } },
  { key: 'f.toAndFro', effect: 'finding', name: '来回派送', definition: { conditions: [least('toAndFro', 2)], text: '同一轮内两次派给同一单位', kind: 'flow', recipients: ['dispatchDesk'] } },
  { key: 'f.upper', effect: 'finding', name: '上级件临期', definition: { conditions: [left('upperDueIn', 24)], text: '距上级时限不足 1 天', kind: 'upper', recipients: ['handlers', 'reviewers'] } },

  { key: 'l.upperRunning', effect: 'list', name: '上级件未办结（时限内）', definition: { conditions: [isIn('dispatchKind', 'direct', 'transferred'), left('dueIn', 24 * 30)], text: '上级来件，尚未办结' } },
  { key: 'l.upperOverdue', effect: 'list', name: '上级件超期', definition: { conditions: [isIn('dispatchKind', 'direct', 'transferred'), hours('overdue', 0)], text: '上级来件，已超期' } },
  { key: 'l.upperWaiting', effect: 'list', name: '上级件未受理', definition: { conditions: [isIn('dispatchKind', 'direct', 'transferred'), isIn('state', 'pendingReview', 'pendingDispatch')], text: '上级来件，本级尚未受理派发' } },
  { key: 'l.ownRunning', effect: 'list', name: '本级未受理派发（时限内）', definition: { conditions: [isIn('state', 'pendingReview', 'pendingDispatch'), left('stageDueIn', 24 * 30)], text: '本级审核、派发未超环节时限' } },
  { key: 'l.stage', effect: 'list', name: '本级未受理派发（环节超时）', definition: { conditions: [isIn('state', 'pendingReview', 'pendingDispatch'), hours('stageOverdue', 0)], text: '本级审核、派发已超环节时限' } },
  { key: 'l.unitUnsigned', effect: 'list', name: '单位未签收', definition: { conditions: [hours('unsigned', 0)], text: '已派发，尚未签收' } },
  { key: 'l.signRunning', effect: 'list', name: '单位未签收（时限内）', definition: { conditions: [left('signDueIn', 24 * 30)], text: '已派发，签收时限内' } },
  { key: 'l.signOverdue', effect: 'list', name: '单位未签收（超期）', definition: { conditions: [hours('signOverdue', 0)], text: '已派发，签收已超时限' } },
  { key: 'l.running', effect: 'list', name: '未办结（时限内）', definition: { conditions: [isIn('state', 'inProgress'), left('dueIn', 24 * 90)], text: '办理时限内，尚未办结' } },
  { key: 'l.near', effect: 'list', name: '三天内到期', definition: { conditions: [left('dueIn', 72)], text: '三天内到期，尚未办结' } },
  { key: 'l.overdue', effect: 'list', name: '超期未办结', definition: { conditions: [hours('overdue', 0)], text: '已超期，尚未办结' } },
  { key: 'l.redone', effect: 'list', name: '不满意重办中', definition: { conditions: [least('redone', 1), isIn('state', 'inProgress')], text: '不满意重办，影响满意率' } },
  { key: 'l.satisfaction', effect: 'list', name: '满意率低于目标的单位在办', definition: { conditions: [{ fact: 'unitSatisfaction', op: '<=', value: 84 }, isIn('state', 'inProgress', 'pendingResultReview')], text: '主办单位本月满意率低于 85%，办结前请把关', recipients: ['supervisors'] } },
  { key: 'u.transferred', effect: 'list', name: '转送件未签收', definition: { conditions: [isIn('dispatchKind', 'transferred'), hours('unsigned', 0)], text: '转送件，尚未签收', audience: 'unit' } },
  { key: 'u.unsigned', effect: 'list', name: '未签收', definition: { conditions: [hours('unsigned', 0)], text: '已派发，尚未签收', audience: 'unit' } },
  { key: 'u.signRunning', effect: 'list', name: '未签收（时限内）', definition: { conditions: [left('signDueIn', 24 * 30)], text: '已派发，签收时限内', audience: 'unit' } },
  { key: 'u.signOverdue', effect: 'list', name: '未签收（超期）', definition: { conditions: [hours('signOverdue', 0)], text: '已派发，签收已超时限', audience: 'unit' } },
  { key: 'u.running', effect: 'list', name: '未办结（时限内）', definition: { conditions: [isIn('state', 'inProgress'), left('dueIn', 24 * 90)], text: '办理时限内，尚未办结', audience: 'unit' } },
  { key: 'u.near', effect: 'list', name: '三天内到期', definition: { conditions: [left('dueIn', 72)], text: '三天内到期，尚未办结', audience: 'unit' } },
  { key: 'u.overdue', effect: 'list', name: '超期未办结', definition: { conditions: [hours('overdue', 0)], text: '已超期，尚未办结', audience: 'unit' } },
  { key: 'u.redone', effect: 'list', name: '不满意重办中', definition: { conditions: [least('redone', 1), isIn('state', 'inProgress')], text: '不满意重办，影响满意率', audience: 'unit' } },
  { key: 'u.satisfaction', effect: 'list', name: '满意率低于目标', definition: { conditions: [{ fact: 'unitSatisfaction', op: '<=', value: 84 }, isIn('state', 'inProgress')], text: '本单位本月满意率低于 85%，在办件请把关', audience: 'unit', recipients: ['unitLeaders'] } },
]
