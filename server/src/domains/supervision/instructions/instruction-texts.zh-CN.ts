export const instructionStateNames = { requested: '待批示', issued: '待报告', reported: '已报告', closed: '已办结', declined: '已退回' } as const
export const instructionUrgencyNames = { normal: '一般', urgent: '紧急', major: '重大' } as const
export const NO_MATTER = '未归类'
