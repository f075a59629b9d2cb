import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '运行通报', intro: '{from} 至 {until}，数据每五分钟更新', hot: '热点诉求', types: '诉求类型', areas: '区域分布', trend: '每日趋势', definition: '口径', day: '日期', received: '受理', closed: '办结', table: '看表格', small: '少于 {n} 件的不显示具体数字；为防止倒推，有时会多隐去一格（–）。', download: '下载数据（CSV）', none: '数据还不够，暂不显示', summary: '{name}最多，{n} 件', trendSummary: '受理最多的一天是 {day}，{n} 件', legend: '上为受理，下为办结',
} as const)
