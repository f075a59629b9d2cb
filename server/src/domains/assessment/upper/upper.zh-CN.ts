// Chinese names of the upper platform's detail and of what is compared with it.
export const fieldNames = {
  number: '工单号', contacted: '是否响应', solved: '是否解决', satisfied: '是否满意', notCounted: '是否不纳入', shelvingEnded: '是否销账', keyEvent: '是否重点关注', unitName: '承办单位', caseType: '诉求类型', source: '诉求来源', removed: '是否主动剔除', removedReason: '主动剔除原因',
} as const
export const exampleRow: Record<keyof typeof fieldNames, string> = { number: '26112199010100001', contacted: '是', solved: '是', satisfied: '否', notCounted: '否', shelvingEnded: '', keyEvent: '否', unitName: '测试市城管局', caseType: '投诉', source: '电话', removed: '否', removedReason: '' }
/** The seven subjects that levels are compared in (table A2 of the requirements). */
export const subjectNames = { callbacks: '回访结果', exclusions: '不纳入工单', shelvings: '销账工单', units: '承办单位', types: '诉求类型', keyEvents: '重点关注事项', sources: '诉求来源' } as const
export const resultNames = { differs: '不一致', same: '一致', ownMissing: '本级没有', upperMissing: '上级未写' } as const
export const definitionText = '以上级明细中的工单逐件与本级当前数据比对；一方没有内容的不比，单独计数'
