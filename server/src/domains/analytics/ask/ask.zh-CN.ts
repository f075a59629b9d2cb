import type { Refusal } from './parse-question.ts'

export const refusalTexts: Readonly<Record<Refusal | 'notAllowed' | 'notDivided' | 'failed', string>> = {
  unknownIndicator: '没有这个指标。能统计的有受理、办结、签收、回访、三率、超期、退单等，可以换个说法再问。',
  personalData: '不提供诉求人的姓名、电话、住址和诉求原文。可以问数量、比率和排名。',
  notAQuestion: '请问一个统计问题，例如“上月各区县受理量”“哪个单位满意率最低”。这里只回答数字，不办理工单。',
  forecast: '只统计已经发生的，不猜测以后的数。可以问同比、环比和走势。',
  noSuchDay: '没有这个日期或月份、季度，请检查后再问。',
  notAllowed: '您没有查看这个指标的权限。',
  notDivided: '这个指标不能按所问的分组或条件统计，请换一种分组再问。',
  failed: '这个问题暂时算不出来。',
}
export const examples = ['本月受理了多少件', '上个月各区县满意率', '哪个单位超期在办最多', '今年受理量按月看，同比', '上周投诉前十的事项', '近30天每天办结多少', '各月接通率对比', '热点事件占比'] as const
export const partLabels = { indicator: '指标', by: '分组', where: '条件', period: '时间', compare: '比较', order: '排序' } as const
export const compareNames = { previous: '环比（上一期）', lastYear: '同比（去年同期）' } as const
export const orderText = (name: string, down: boolean, limit: number | null): string => `按${name}从${down ? '高到低' : '低到高'}${limit === null ? '' : `，取前 ${limit} 个`}`
export const follows = { compare: '同比呢', previous: '环比呢', street: '按街道分', unit: '按单位分', trend: '按天看走势', worst: '最低的三个', top: '前三名' } as const
export const sentences = {
  total: (where: string, period: string, parts: string) => `${period}${where}${parts}。`,
  part: (name: string, value: string) => `${name} ${value}`,
  change: (before: string, change: string) => `（对比期 ${before}，${change}）`,
  best: (by: string, name: string, value: string) => `${by}中最高的是${name}（${value}）`,
  only: (name: string) => `只有“${name}”这一组。`,
  worst: (name: string, value: string) => `，最低的是${name}（${value}）`,
  rank: (names: string) => `依次是：${names}`,
  none: '这段时间没有符合条件的工单。',
  up: (n: string) => `上升 ${n}`, down: (n: string) => `下降 ${n}`, same: '持平', points: (n: string) => `${n} 个百分点`, percent: (n: string) => `${n}%`,
} as const
