// Words of supervision tasks and appeals.
export const taskSourceNames: Record<string, string> = { auto: '系统自动', manual: '人工', instruction: '领导批示', warning: '预警事件' }
export const stepNames: Record<string, string> = { opened: '生成', acknowledged: '签收', progress: '报告进展', replied: '答复', returned: '退回', closed: '结案', raised: '提级', transferred: '转派', reminded: '督促', appealed: '申诉', ruled: '申诉裁定', evaluated: '监督评价' }
export const closeKindNames: Record<string, string> = { accepted: '督办员结案', orderClosed: '工单办结，自动结案', void: '申诉成立，已作废' }
export const evaluationNames: Record<string, string> = { good: '好', fair: '一般', poor: '差' }
export const groundNames: Record<string, string> = { concluded: '工单已办结', notDue: '督办时限未到' }
export const appealStateNames: Record<string, string> = { pending: '待裁定', upheld: '申诉成立', refused: '申诉不成立' }
export const manualName = '人工督办'
export const instructionName = '领导批示'
export const warningName = '预警事件督办'
export const raisedText = (level: string, hours: number): string => `到期未答复，提级至${level}督办，请在 ${hours} 小时内答复`
export const answerWithin = (demand: string, hours: number): string => (/小时内/.test(demand) ? demand : `${demand}，并在 ${hours} 小时内答复`)

export const stageNames: Record<string, string> = { acknowledge: '签收', reply: '答复', close: '审核结案' }
export const stageLate = (stage: string, hours: number): string => `督办${stage}已超过 ${hours} 小时`
