export const kindNames = { live: '运行动态', theme: '专题分析', comparison: '对比分析', table: '统计报表', screen: '大屏' } as const
export const warningTexts = { stopped: (what: string) => `筛选条件“${what}”已停用，本页只有停用前登记的工单`, gone: (what: string) => `筛选条件“${what}”已停用或不存在，请检查` } as const
export const wayNames = { last: '同上期', mean: '近三期平均', trend: '近期走势', season: '去年同期与近期走势' } as const
export const outlookTexts = {
  tooLittle: (n: number, grain: 'month' | 'week') => `历史不足：至少要有 ${n} 个完整的${grain === 'month' ? '月' : '周'}`,
  noStart: '没有起始日（发布日期）的事件或政策无法评估',
  order: '截止日不能早于起始日',
} as const
export const levelNames = { calm: '平稳', watch: '关注', warn: '预警', risk: '高风险' } as const

type Said = { name: string; unit: string; now: number | null; before: number | null; change: boolean; value: number | null; lost: number; top: string[] }
export const healthTexts = {
  none: '无数据',
  words: ({ name, unit, now, before, change, value, lost, top }: Said): string => {
    if (value === null) return change ? `${name}上期无数据，不计分` : `${name}无数据，不计分`
    const said = change ? `${name} ${now ?? 0}${unit}，较上期 ${before ?? 0}${unit} ${value >= 0 ? '上升' : '下降'} ${Math.abs(value).toFixed(1)}%` : `${name} ${now ?? '–'}${unit}${before === null ? '' : `，上期 ${before}${unit}`}`
    return `${said}${lost > 0 ? `，扣 ${lost} 分` : '，未扣分'}${top.length > 0 ? `；主要是${top.join('、')}` : ''}`
  },
} as const
export const trendNames = { rising: '上升', steady: '平稳', falling: '回落' } as const
export const eventListNames = { week: '周清单', month: '月清单', own: '自选时段' } as const
export const eventStateNames = { draft: '草稿', confirmed: '确认', rejected: '不采用' } as const
type Course = { orders: number; from: string; to: string; peak: { day: string; n: number }; recent: number; former: number; trend: keyof typeof trendNames; area: { name: string; n: number } | null; matter: { name: string; n: number } | null }
/** The conclusion on a topic: only what was counted. */
export const topicWords = ({ orders, from, to, peak, recent, former, trend, area, matter }: Course): string =>
  `${from === to ? from : `${from} 至 ${to}`} 共 ${orders} 件${from === to ? '' : `，${peak.day} 最多（${peak.n} 件）`}；近三日 ${recent} 件，前三日 ${former} 件，热度${trendNames[trend]}${area ? `；集中在${area.name}（${area.n} 件）` : ''}${matter ? `；多属“${matter.name}”（${matter.n} 件）` : ''}。`

export const patternNames = { repeatedDispatch: '反复派发', returns: '多次退单', pingPong: '两单位来回', longStay: '久留', unclearDuty: '职责不清' } as const
type FlowLimits = { repeats: number; stayHours: number }
export const patternStatements: Record<keyof typeof patternNames, (limits: FlowLimits) => string> = {
  repeatedDispatch: ({ repeats }) => `同一轮里中心派发 ${repeats} 次以上`, returns: ({ repeats }) => `退单 ${repeats} 次以上`, pingPong: () => '派给一个单位、换到另一个、又派回来', longStay: ({ stayHours }) => `在一个单位超过 ${stayHours} 小时，挂起的时间不计`, unclearDuty: () => '申请过职责不清挂办，或以非职责退单获准',
}
export const roleNames: Readonly<Record<string, string>> = { lead: '主办', assist: '协办', parallel: '多部门', section: '科室' }
/** Stages of the centre's own desks. */
export const deskStageNames: Readonly<Record<string, string>> = { acceptance: '上级来单签收', review: '审核', dispatch: '派发', callback: '回访' }
export const flowTexts = { otherUnit: '其他单位', noMatter: '未归到事项' } as const

type Impact = { name: string; observed: number; expected: number; extra: number; peak: string | null; lasted: number; rose: { label: string; name: string; extra: number }[] }
/** The conclusion on an event or policy: what came, what was to be expected, how long and where it stood out. */
export const impactWords = ({ name, observed, expected, extra, peak, lasted, rose }: Impact): string =>
  `期内${name} ${observed}，按之前同一星期几的平均应有 ${expected}，${extra > 0 ? `多出 ${extra}` : extra < 0 ? `少了 ${-extra}` : '与往常相同'}${peak === null ? '；没有明显高于往常的日子' : `；${peak} 高出最多，高于往常前后持续 ${lasted} 天`}${rose.length > 0 && extra > 0 ? `；主要是${rose.map((one) => `${one.label}“${one.name}”（+${one.extra}）`).join('、')}` : ''}。`
