import { defineTexts } from '../kit/texts.ts'

export const t = defineTexts({
  open: '问一问', title: '智能问答', intro: '您好，我可以回答常见问题，也可以带您填好诉求。随时可以转人工。', hello: '试试这样问：', log: '问答内容', you: '您', robot: '智能问答', ask: '您想问什么', holder: '例如：高龄补贴怎么申请', send: '发送', thinking: '正在查找',
  more: '查看全文', toForm: '去提交：{name}', prepare: '需要说明：{what}', toOwn: '查看或补充', human: '转人工', solved: '解决了', unsolved: '没解决', thanks: '谢谢，已记录', note: '回答来自已公开的问答和事项目录，不是人工答复', failed: '没有发出，请重试',
} as const)
