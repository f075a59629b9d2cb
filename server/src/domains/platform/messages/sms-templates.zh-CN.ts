// Texts of the SMS that the product sends by itself; {x} is filled from the parameters. Later domains add theirs by the port smsTemplates.

export type SmsTemplate = {
  text: string
  /** Carries a one-time code or another secret: unreadable in the outbox without a right of its own. */
  secret?: boolean
}

export const smsTemplates: Record<string, SmsTemplate> = {
  loginCode: { text: '【12345】您的验证码是{code}，{minutes}分钟内有效，请勿告诉他人。', secret: true },
  firstPassword: { text: '【12345】您的账号{login}已开通，一次性密码{password}，请登录后立即修改。', secret: true },
  orderAccepted: { text: '【12345】您的诉求已受理，工单编号{number}，查询码{code}，可在热线网站查询办理进度。', secret: true },
  orderTransferred: { text: '【12345】您的诉求（编号{number}）已转{unit}办理，请保持电话畅通。' },
  orderReplied: { text: '【12345】您的诉求（编号{number}）已办理完毕：{reply}' },
  orderClosed: { text: '【12345】您的诉求（编号{number}）已办结，欢迎登录热线网站评价。' },
  orderWithdrawn: { text: '【12345】您的诉求（编号{number}）已撤销。' },
  supplementAccepted: { text: '【12345】您对诉求（编号{number}）的补充已收到，已转办理单位。' },
  notice: { text: '【12345】{text}' },
}
