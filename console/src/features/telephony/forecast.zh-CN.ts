import { defineTexts } from '../../ui/texts.ts'

export const f = defineTexts({
  title: '话务预测', next: '未来半小时', target: '目标：{seconds} 秒内接通 {share}%', noQueues: '还没有开放的队列',
  queue: '队列', recent: '近 {n} 分钟来电', usual: '往常', expected: '预测', needed: '需要座席', present: '签入座席', talking: '通话中', signInRate: '签入率', handle: '每通用时', advice: '建议', enough: '现有座席够用',
  dayOf: '{name} · {day}', day: '日期', slot: '时段', naive: '上周同时段', arrived: '实际', calls: '通', seats: '席', second: '秒', shortHistory: '只有 {n} 天的来电，预测会随积累变准', daySummary: '全天预测 {expected} 通，已到 {arrived} 通',
  days: '近两周与未来一周', daysSummary: '按日的来电与高峰所需座席', kind: '日类', workDay: '工作日', restDay: '休息日', peak: '高峰座席',
  errors: '预测误差', which: '预测', slots: '比较个数', error: '本预测误差', naiveError: '上周同期法误差', 'which.halfHour': '提前半小时（近两周回测）', 'which.day': '前一天（近两周回测）', 'which.kept': '当时告知的（近四周实录）',
  curve: '队列曲线', 'hours.1': '1 小时', 'hours.3': '3 小时', 'hours.24': '1 天', noCurve: '话务引擎运行后每分钟记录一次', curveSummary: '排队人数、最长等待与座席', waiting: '排队人数', longest: '最长等待（秒）', ready: '空闲座席',
})
