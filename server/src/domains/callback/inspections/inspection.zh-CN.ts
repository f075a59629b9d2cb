export const wayNames = { call: '电话', inPerson: '当面' } as const
export const gradeNames = { satisfied: '满意', basically: '基本满意', dissatisfied: '不满意' } as const
