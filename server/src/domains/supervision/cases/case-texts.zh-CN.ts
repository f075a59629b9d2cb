export const caseStateNames = { pending: '待审批', returned: '退回修改', handling: '办理中', reported: '待判定', closed: '已结案' } as const
export const caseStepNames: Record<string, string> = { created: '立项', revised: '修改报批', approved: '批准', sentBack: '退回修改', supervised: '督办', material: '补充材料', reported: '报告', returned: '退回', opinion: '督查意见', judged: '汇报', closed: '结案' }
