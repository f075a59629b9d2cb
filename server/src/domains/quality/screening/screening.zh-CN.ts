import type { IndicatorKind } from './screening.ts'

export const indicatorKindNames: Record<IndicatorKind, string> = { lateSign: '受理超期', lateHandling: '办结超期', lateContact: '答复超期', dissatisfied: '评价不满意', unsolved: '问题未解决', askedAgain: '办结后再次反映', unconfirmed: '没有满意回访', returned: '退单次数', redone: '重办次数', urged: '催办次数', keyword: '答复含质检关键词' }
export const poolNames = { classic: '经典案例候选', inspection: '待督查候选' } as const
export const poolStateNames = { waiting: '待选', picked: '已采用', left: '不采用' } as const

const shippedId = (n: number): string => `5c000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const indicators: [kind: IndicatorKind, weight: number][] = [['lateSign', 11], ['lateHandling', 25], ['lateContact', 12], ['dissatisfied', 12], ['askedAgain', 20], ['unsolved', 5], ['unconfirmed', 12], ['keyword', 3]]
const SCORING = shippedId(101)

/** What every centre finds; a row of its own with the same id takes its place. */
export const shippedParts = [
  ...indicators.map(([kind], i) => ({ id: shippedId(i + 1), kind: 'indicator' as const, name: indicatorKindNames[kind], definition: { kind, atLeast: 1, words: [] as string[] } })),
  { id: shippedId(100), kind: 'screening' as const, name: '办理质量筛查', definition: { indicatorIds: indicators.map((_, i) => shippedId(i + 1)), scoringId: SCORING, days: 30 } },
  { id: SCORING, kind: 'scoring' as const, name: '办理质量打分', definition: { weights: Object.fromEntries(indicators.map(([, weight], i) => [shippedId(i + 1), weight])), high: 90, low: 60 } },
]
