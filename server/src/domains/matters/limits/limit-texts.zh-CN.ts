export const limitFieldNames: Record<string, string> = {
  scopeKind: '适用范围', scopeId: '适用对象', level: '层级', urgency: '紧急程度', unitKind: '单位类型', enterpriseGrade: '企业等级', clock: '时钟', duration: '时限', yellowBefore: '黄牌提前量',
  receivers: '接收人', validFrom: '有效期起', validTo: '有效期止', note: '说明',
}

export const clockNames = { sign: '签收', response: '响应', handling: '办理', resultReview: '结果审核', firstContact: '首次联系' } as const
export const scopeNames = { matter: '事项', category: '归口', industry: '行业', appealType: '诉求类型', tenant: '全局' } as const
export const originNames = { own: '时限规则', upper: '上级时限规则', shipped: '默认时限' } as const
