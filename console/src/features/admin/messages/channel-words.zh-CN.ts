export const channelNames: Record<string, string> = { inApp: '站内消息', sms: '短信', email: '电子邮件', wechat: '微信公众号', webhook: '推送接口' }
export const channelChoices = ['sms', 'email', 'wechat', 'webhook'].map((value) => ({ value, label: channelNames[value] ?? value }))
export const levelNames: Record<string, string> = { P1: 'P1 紧急', P2: 'P2 重要', P3: 'P3 一般', P4: 'P4 仅记录' }
