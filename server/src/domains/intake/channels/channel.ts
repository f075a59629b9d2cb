// The shipped register of channels and when one is open. Pure.

export type ChannelCode = 'phone' | 'portal' | 'officialAccount' | 'miniProgram' | 'app' | 'qr' | 'chat' | 'letter' | 'visit' | 'unit' | 'connector'

export type Channel = {
  code: ChannelCode
  name: string
  /** Citizens send by themselves; what they send waits in the common desk. */
  online: boolean
  enabled: boolean
  /** HH:mm on the tenant's clock; both null: always open. */
  opensAt: string | null
  closesAt: string | null
  notice: string | null
  /** Null: the platform's limit. */
  maxFiles: number | null
  version: number
}

const shipped = (code: ChannelCode, name: string, online: boolean, enabled: boolean): Channel => ({ code, name, online, enabled, opensAt: null, closesAt: null, notice: null, maxFiles: null, version: 0 })

export const shippedChannels: readonly Channel[] = [
  shipped('phone', '电话', false, true),
  shipped('portal', '门户网站', true, true),
  shipped('officialAccount', '公众号', true, true),
  shipped('miniProgram', '小程序', true, true),
  shipped('app', 'APP', true, true),
  shipped('qr', '二维码', true, true),
  shipped('chat', '在线客服', true, true),
  shipped('letter', '来信', false, true),
  shipped('visit', '来访', false, true),
  shipped('unit', '单位自采', false, false),
  shipped('connector', '外部平台', false, true),
]

export const isChannelCode = (code: string): code is ChannelCode => shippedChannels.some((c) => c.code === code)

/** Null when the channel takes appeals at `time` (HH:mm), else what it tells instead. Hours may pass midnight (22:00–06:00). */
export function closedNotice(channel: Channel, time: string): string | null {
  if (!channel.enabled) return channel.notice ?? `“${channel.name}”暂停受理，请拨打热线电话`
  const { opensAt, closesAt } = channel
  if (opensAt === null || closesAt === null || opensAt === closesAt) return null
  const open = opensAt < closesAt ? time >= opensAt && time < closesAt : time >= opensAt || time < closesAt
  return open ? null : (channel.notice ?? `“${channel.name}”受理时间为 ${opensAt}–${closesAt}，请在此时间内提交或拨打热线电话`)
}
