export const kindNames = { live: '运行动态', theme: '专题分析', comparison: '对比分析', table: '统计报表', screen: '大屏' } as const
export const warningTexts = { stopped: (what: string) => `筛选条件“${what}”已停用，本页只有停用前登记的工单`, gone: (what: string) => `筛选条件“${what}”已停用或不存在，请检查` } as const
export const wayNames = { last: '同上期', mean: '近三期平均', trend: '近期走势', season: '去年同期与近期走势' } as const
export const outlookTexts = {
  tooLittle: (n: number, grain: 'month' | 'week') => `历史不足：至少要有 ${n} 个完整的${grain === 'month' ? '月' : '周'}`,
  noStart: '没有起始日（发布日期）的事件或政策无法评估',
  order: '截止日不能早于起始日',
} as const
