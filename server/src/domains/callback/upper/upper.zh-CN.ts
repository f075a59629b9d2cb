// Chinese names of the comparison with the upper platform.
export const matchKindNames = { differs: '不一致', same: '一致', ownOnly: '上级明细中缺', upperOnly: '本级未回访', unstated: '未表态，不比' } as const
export const questionNames = { contacted: '是否联系', solved: '是否解决', satisfied: '是否满意' } as const
export const comparisonDefinition = '吻合率 = 各项回答都相同的工单 ÷ 两级都有明确回答的工单；只有一级回访的工单不比对，单独计数'
