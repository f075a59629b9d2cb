/** Kinds of words (WAR-12) and what each is for. */
export const wordKinds = {
  sensitive: { name: '敏感词', use: '登记时提示，短信、公开内容不得含有' }, block: { name: '阻断词', use: '办结意见、答复和公开内容不得含有' }, filter: { name: '过滤词', use: '机器人输入与输出' },
  hot: { name: '热词', use: '近期的人名、地名、事件' }, synonym: { name: '同义归集词', use: '主词与关联词' }, stop: { name: '停用词', use: '检索和统计时不计' }, quality: { name: '质检关键词', use: '通话与答复质检' }, recognition: { name: '识别热词', use: '语音识别' },
} as const
export type WordKind = keyof typeof wordKinds
export const wordKindCodes = ['sensitive', 'block', 'filter', 'hot', 'synonym', 'stop', 'quality', 'recognition'] as const satisfies readonly WordKind[]
export const gradeNames = { high: '高', medium: '中', low: '低' } as const
export const wordStateNames = { proposed: '待确认', active: '启用', retired: '停用' } as const
