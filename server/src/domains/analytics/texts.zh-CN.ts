export const kindNames = { live: '运行动态', theme: '专题分析', comparison: '对比分析', table: '统计报表', screen: '大屏' } as const
export const warningTexts = { gone: (what: string) => `筛选条件“${what}”已停用或不存在，请检查` } as const
