import { channelAdapters, type Adapter, type Channel } from '../channels.ts'
import { developmentAdapters } from './development.ts'
import { smsAdapter } from './sms.ts'
import { smsHttpAdapter } from './sms-http.ts'
import { smtpAdapter } from './smtp.ts'
import { webhookAdapter } from './webhook.ts'
import { wechatAdapter } from './wechat.ts'

export const allAdapters = (): Adapter[] => [smsAdapter, smsHttpAdapter, smtpAdapter, wechatAdapter, webhookAdapter, ...developmentAdapters, ...channelAdapters.all().flatMap((list) => list())]
export const adapterOf = (channel: Channel, code: string): Adapter | undefined => allAdapters().find((adapter) => adapter.channel === channel && adapter.code === code)
