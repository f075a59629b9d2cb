export const kindNames = { progress: '办理进度', result: '办理结果与答复', policy: '政策与公告', system: '系统通知' } as const

export const messageTexts = {
  dispatched: '您的诉求“{title}”已转承办单位办理',
  report: '您的诉求“{title}”有新的办理进展',
  result: '您的诉求“{title}”已办结，请查看答复并评价',
  redone: '您的诉求“{title}”已退回承办单位再次办理',
  reportClosed: '您的纠错 {number} 已办结：{title}',
  withdrawn: '您的诉求“{title}”已撤单',
} as const
