export const sourceNames = { draft: '暂存', pending: '审批中', approved: '已批准' } as const
export const faultNames = { class: '情形不在规定之列', kind: '情形与种类不符', reason: '理由不完整', expiry: '到期时间缺失或已过', repeated: '重复申报' } as const
export const faultTexts = { class: '情形不在规定之列', kind: '该情形不适用于所报种类', reason: '理由过短或只重复了情形', expiry: '挂账没有到期时间，或到期时间已过', repeated: '同一工单有多条有效申报' } as const
export const fieldNames = { reasonClass: '情形', reason: '理由', expiresAt: '到期时间' } as const
