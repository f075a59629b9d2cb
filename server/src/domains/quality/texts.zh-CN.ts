export const objectKindNames = { call: '通话', chat: '在线会话', order: '工单' } as const
export const modeNames = { parallel: '人机并行', machineFirst: '先机检后人检', personOnly: '仅人工', machineOnly: '仅机检' } as const
export const taskStateNames = { machine: '机检中', pending: '待领取', first: '待初检', second: '待复检', final: '待终审', concluded: '已出结果', unchecked: '未检', withdrawn: '已撤销' } as const
export const reasonNames = { mode: '按任务方式', sampled: '抽样验证', failed: '机检不合格', highRisk: '高风险', unchecked: '机检未完成' } as const
export const stageNames = { machine: '机检', first: '初检', second: '复检', final: '终审', appeal: '申诉复评', correction: '更正' } as const
export const planStateNames = { active: '启用', paused: '暂停', ended: '结束' } as const
export const cycleNames = { once: '专项（一次）', day: '每天', week: '每周' } as const
export const assignNames = { dispatch: '平均派发', grab: '自行领取' } as const
export const severityNames = { light: '轻微', serious: '严重', fatal: '否决' } as const
export const conditionNames = {
  forbidden: '禁用语', required: '必说语', sequence: '话术顺序', sensitive: '敏感词', lexicon: '词库', silence: '静默', rate: '语速', interruption: '抢话', length: '通话时长', answer: '答复间隔', field: '工单字段', openNumber: '敏感信息', reply: '答复对照模板', late: '办理超时', returned: '退单次数',
} as const
export const uncheckedNames = { noTranscript: '没有转写文字', noMessages: '会话没有内容', gone: '对象已不存在' } as const
export const changeNames = { machine: '机检得分', first: '初检', second: '复检', final: '终审', appeal: '申诉改分', appealKept: '申诉维持', joint: '联合评审', correction: '更正', withdraw: '撤销任务' } as const
export const appealStateNames = { running: '处理中', approved: '已改分', kept: '维持原分', returned: '不予受理', withdrawn: '已撤回' } as const
