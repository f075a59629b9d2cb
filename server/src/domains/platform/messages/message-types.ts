// Kinds of messages: declared by the modules that send them, so that rules, templates and the log can name them.
import { definePort } from '../../../kernel/port.ts'

/** P1 interrupts, P2 asks for attention, P3 is seen in passing, P4 stands in the list only (ux.md, notices by priority). */
export type MessageLevel = 'P1' | 'P2' | 'P3' | 'P4'

export type ChannelCode = 'inApp' | 'sms' | 'email' | 'wechat' | 'webhook'

export type MessageType = {
  /** `order.dispatched`; the part before the point is the group that rules may name. */
  code: string
  name: string
  module: string
  /** Placeholders of its templates beside {title}, {text}, {time}: name → what it means. `notify` is given their values in `params`. */
  params?: Record<string, string>
  /** Channels used where no rule of the tenant speaks; in-app is always written. */
  channels?: ChannelCode[]
  /** Work that waits: users cannot switch its channels off. */
  duty?: true
  /** What a preview fills in. */
  sample?: { title: string; text?: string; level?: MessageLevel; params?: Record<string, string> }
}

/** `implements: [implement(messageTypes, () => [...])]` in module.ts. */
export const messageTypes = definePort<() => MessageType[]>('platform.messageTypes')

const own: MessageType[] = [
  { code: 'todo', name: '待办', module: 'platform', duty: true, sample: { title: '有一件待办' } },
  { code: 'task', name: '任务', module: 'platform', duty: true, sample: { title: '导出完成：工单，共 120 条' } },
  { code: 'user', name: '人员消息', module: 'platform', sample: { title: '请于今日下班前核对台账', text: '如有疑问请联系值班长。' } },
  { code: 'notice', name: '通知公告', module: 'platform', sample: { title: '系统将于周六升级' } },
  { code: 'suggestion', name: '改进意见', module: 'platform', sample: { title: '您的改进意见“派单页记住上次筛选”：已立项' } },
  { code: 'system.rights', name: '权限变更', module: 'platform', channels: ['email'], sample: { title: '您的权限有变更', text: '授予角色：审核员' } },
  { code: 'system.directory', name: '机构用户比对', module: 'platform', sample: { title: '机构用户每夜比对没有成功：oa', text: '连接不上对方' } },
]

/** All declared types by code; a code that none declares is known by its group. */
export function declaredTypes(): MessageType[] {
  const found = new Map(own.map((type) => [type.code, type]))
  for (const source of messageTypes.all()) for (const type of source()) found.set(type.code, type)
  return [...found.values()]
}

export const typeOf = (code: string): MessageType | undefined => {
  const all = declaredTypes()
  return all.find((type) => type.code === code) ?? all.find((type) => type.code === code.split('.')[0])
}

/** How a kind is called: as its module declares it, as it was stored, by its group, and never by its code. */
export function typeName(code: string, stored: string | null): string {
  const own = declaredTypes().find((type) => type.code === code)
  return own?.name ?? (stored !== null && stored !== code ? stored : (typeOf(code)?.name ?? '系统消息'))
}

export const groupOf = (code: string): string => code.split('.')[0] ?? code
