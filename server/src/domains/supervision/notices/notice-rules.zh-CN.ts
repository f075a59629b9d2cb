// Who is told of what, and in which words: rows of data, one event may have several. {x} is filled from the event or the order.

export type RecipientKind = 'assignedUnits' | 'unit' | 'unitLeaders' | 'upperUnit' | 'holdingUnits' | 'agent' | 'resultDesk' | 'returnReviewers' | 'arbitrators' | 'dispatchDesk'

export type NoticeRule = {
  event: string
  /** Fields of the event that must have these values. */
  when?: Record<string, string | boolean>
  to: RecipientKind[]
  level: 'P2' | 'P3' | 'P4'
  title: string
  text?: string
  /** Template of the SMS to the handler, or to the unit's leaders where nobody is named yet. */
  sms?: string
}

export const noticeRules: readonly NoticeRule[] = [
  { event: 'order.dispatched', to: ['assignedUnits'], level: 'P2', title: '新工单：{title}', text: '工单 {number}，请及时签收并联系诉求人', sms: 'unitDispatched' },
  { event: 'order.redone', to: ['assignedUnits'], level: 'P2', title: '重办：{title}', text: '工单 {number} 第 {round} 轮：{reason}', sms: 'unitRedone' },
  { event: 'order.resultReturned', to: ['assignedUnits'], level: 'P2', title: '结果被退回：{title}', text: '工单 {number}：{opinion}' },
  { event: 'order.feedbackSentBack', to: ['unit'], level: 'P2', title: '反馈被退回修改：{title}', text: '工单 {number}：{opinion}' },
  { event: 'order.feedbackSubmitted', when: { kind: 'result' }, to: ['upperUnit'], level: 'P3', title: '办理结果待审核：{title}', text: '工单 {number}' },
  { event: 'order.feedbackSubmitted', when: { kind: 'progress' }, to: ['upperUnit'], level: 'P4', title: '办理进展：{title}', text: '工单 {number}' },
  { event: 'order.resultReady', to: ['resultDesk'], level: 'P3', title: '待结果审核：{title}', text: '工单 {number}' },
  { event: 'order.returnRequested', when: { stage: 'leader' }, to: ['unitLeaders'], level: 'P2', title: '退回申请待审：{title}', text: '{unitName}：{reason}' },
  { event: 'order.returnRequested', when: { stage: 'review' }, to: ['returnReviewers'], level: 'P2', title: '退回申请待审：{title}', text: '{unitName}：{reason}' },
  { event: 'order.returnRequested', when: { stage: 'arbitration' }, to: ['arbitrators'], level: 'P2', title: '退回仲裁待审：{title}', text: '{unitName}：{reason}' },
  { event: 'order.returnDecided', when: { outcome: 'approved' }, to: ['unit', 'dispatchDesk'], level: 'P3', title: '退回获批：{title}', text: '工单 {number}：{opinion}' },
  { event: 'order.returnDecided', when: { outcome: 'refused' }, to: ['unit'], level: 'P3', title: '退回被驳回：{title}', text: '工单 {number}：{opinion}' },
  { event: 'order.extensionDecided', when: { approved: true }, to: ['unit'], level: 'P3', title: '延时获批：{title}', text: '工单 {number}' },
  { event: 'order.extensionDecided', when: { approved: false }, to: ['unit'], level: 'P2', title: '延时未获批：{title}', text: '工单 {number}，请按原时限办理' },
  { event: 'order.assignmentCancelled', to: ['assignedUnits'], level: 'P3', title: '任务已取消：{title}', text: '工单 {number}：{reason}' },
  { event: 'order.supplemented', to: ['holdingUnits'], level: 'P2', title: '诉求有补充：{title}', text: '工单 {number}：{content}' },
  { event: 'order.returnedToAgent', to: ['agent'], level: 'P2', title: '退回补正：{title}', text: '工单 {number}：{opinion}' },
]

export type RequesterRule = { event: string; when?: Record<string, string | boolean>; template: string; /** Skipped where the requester wants no further contact. */ courtesy?: true }

/** Messages to requesters: number, code, reply and public words only. */
export const requesterRules: readonly RequesterRule[] = [
  { event: 'order.registered', template: 'orderAccepted' },
  { event: 'order.resultAccepted', when: { callbackOwed: true }, template: 'orderReplied', courtesy: true },
  { event: 'order.closed', when: { closeKind: 'answered' }, template: 'orderReplied', courtesy: true },
  { event: 'order.closed', when: { closeKind: 'handled' }, template: 'orderReplied', courtesy: true },
  { event: 'order.withdrawn', template: 'orderWithdrawn' },
]

export const staffSmsTemplates = {
  unitAlert: { text: '【12345】工单{number}：{text}。' },
  unitReminder: { text: '【12345】工单{number}的{clock}时限剩余{days}天，{due}到期，请抓紧办理。' },
  unitNearDue: { text: '【12345】涉企工单{number}的{clock}时限{due}到期，请尽快与企业联系并响应。' },
  unitDispatched: { text: '【12345】您单位收到新工单{number}，请及时登录系统签收，并在规定时间内联系诉求人。' },
  unitOverview: { text: '【12345】{unit}{time}案件情况：{figures}{link}。' },
  unitRedone: { text: '【12345】工单{number}因诉求人不满意已退回您单位重新办理，请及时登录系统查看。' },
}
