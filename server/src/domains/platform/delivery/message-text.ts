// Filling templates: checked placeholders, and the text of a channel where no template speaks.
import { typeOf } from '../messages/message-types.ts'
import type { Channel } from './channels.ts'
import type { Template } from './message-setup.ts'

export type Content = { title: string; text: string; link: string | null }

const always: Record<string, string> = { title: '消息标题', text: '消息正文', time: '发出时间' }

/** Placeholders that a template of this type may use, with what they mean. */
export const placeholdersOf = (type: string): Record<string, string> => ({ ...always, ...typeOf(type)?.params })

/** The placeholders of a text that its type does not have. Pure. */
export function unknownPlaceholders(text: string, known: Record<string, string>): string[] {
  return [...new Set([...text.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '').filter((name) => !(name in known)))]
}

const fill = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

const MOST_SMS = 300

export function contentFor(channel: Channel, template: Template | undefined, message: { title: string; text?: string; link?: string; params?: Record<string, string>; time: string }): Content {
  const values = { ...message.params, title: message.title, text: message.text ?? '', time: message.time }
  const link = message.link ?? null
  if (template) return { title: fill(template.title || '{title}', values), text: fill(template.text, values), link }
  const text = message.text ?? ''
  if (channel === 'sms') return { title: message.title, text: (text ? `${message.title}：${text}` : message.title).slice(0, MOST_SMS), link }
  return { title: message.title, text: text || message.title, link }
}
