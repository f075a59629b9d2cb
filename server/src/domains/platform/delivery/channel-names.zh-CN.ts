import type { ChannelCode } from '../messages/message-types.ts'

export const channelNames: Record<ChannelCode, string> = { inApp: '站内消息', sms: '短信', email: '电子邮件', wechat: '微信公众号', webhook: '推送接口' }
export const tryTexts = { title: '测试消息', text: '这是一条通道测试消息，收到即表示通道可用。' }
