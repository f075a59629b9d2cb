/** By level of the unit: 0 is the centre itself. */
export const levelNames = ['热线中心', '省级', '市级', '县区级', '乡镇街道', '村社区'] as const
export const WITHOUT = { industry: '未填行业', category: '未归口' } as const
export const TOTAL = '合计'
