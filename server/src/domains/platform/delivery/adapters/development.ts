import { developmentSms } from './texts.zh-CN.ts'
import { channels, type Adapter } from '../channels.ts'

/** Keeps the text in the delivery log only: nothing leaves the machine. One for each channel. */
export const developmentAdapters: Adapter[] = channels.map((channel) => ({ code: 'development', channel, name: '开发发件箱', fields: [], send: async () => ({ ok: true, result: developmentSms }) }))
