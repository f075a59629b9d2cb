// What the chat itself says, to citizens and to staff.
export const chatTexts = {
  agent: '客服',
  file: '[文件]',
  taken: '客服已接入，请描述您的问题',
  transferred: '正在为您转接，请稍候，前面的对话会一并转给下一位客服',
  transferTaken: '已转接，由另一位客服继续为您服务',
  agentGone: '客服网络中断，正在为您重新接入，前面的对话都在',
  closedByAgent: '客服已结束会话，请您评价',
  closedByCitizen: '诉求人已结束会话',
  closedIdle: '较长时间没有新消息，会话已结束。您可以随时重新开始',
  becameLeft: '排队时间较长，您的话已转为留言，我们会尽快答复',
  registered: '已为您登记诉求，编号 {number}，查询码 {code}',
  promised: '我们会在 {due} 前答复您：{text}',
  promiseKept: '您咨询的问题答复如下：{text}',
  nobody: '现在没有客服在线，请留言，我们会在工作时间按先后顺序答复',
  leftAnswered: '您的留言已答复：{text}',
  transferNote: '转接说明：{note}',
} as const
