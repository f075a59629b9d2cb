import type { Demandable, Node, pushAfter, pushTo } from './node-rule.ts'

export const nodeNames: Record<Node, string> = { registration: '登记补正', review: '审核', dispatch: '派发', sign: '签收', handling: '办理', unitReview: '单位审核', resultReview: '结果审核' }
export const demandNames: Record<Demandable, string> = {
  matterId: '诉求事项', categoryId: '问题分类', industryId: '行业分类', areaCode: '区划', address: '地点', detailAddress: '详细地址', point: '地图点位', occurredAt: '发生时间', summary: '摘要', purpose: '诉求目的', enterpriseCode: '企业信用代码', involvedCount: '涉及人数',
}
export const pushAfterNames: Record<(typeof pushAfter)[number], string> = { registered: '登记后', returnedToAgent: '退回补正后', dispatched: '派发后', assignmentSigned: '签收后', feedbackSubmitted: '提交反馈后', resultReady: '结果上报后', resultReturned: '结果退回后', resultAccepted: '结果审核通过后', closed: '办结后' }
export const pushToNames: Record<(typeof pushTo)[number], string> = { registrar: '登记人', units: '承办单位', reviewers: '审核岗', dispatchers: '派发员', resultReviewers: '结果审核岗', requester: '诉求人（短信）' }
