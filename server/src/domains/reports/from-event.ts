// A report of a hot event: its words, and the figures of exactly its orders.
import type { Ctx } from '../../kernel/ctx.ts'
import { showHotEvent } from '../analytics/index.ts'
import { cards, line, orders, rows, sections, signature, table, text } from './shipped/make.ts'
import { template, type Template, type TemplateInput } from './template.ts'
import { eventCategory } from './texts.zh-CN.ts'

const MARK = 'event:'
const MOST_ROWS = 30
export const eventOf = (templateCode: string): string | null => (templateCode.startsWith(MARK) ? templateCode.slice(MARK.length) : null)

/** Braces would be read as placeholders. */
const plain = (words: string): string => words.replaceAll(/[{}]/g, '')

/** @throws analytics.unknownEvent for an event its reader may not see */
export async function templateOfEvent(ctx: Ctx, id: string): Promise<Template> {
  const event = await showHotEvent(ctx, { id })
  const told = [event.summary, event.subject ? `涉及主体：${event.subject}。` : '', event.areaName ? `主要地区：${event.areaName}。` : '', `涉及约 ${event.people} 人。`].filter(Boolean).map(plain)
  return template.parse({
    code: `event${id.replaceAll('-', '').slice(0, 34)}`, name: plain(event.title).slice(0, 40), kind: 'thematic', category: eventCategory, title: `${plain(event.title).slice(0, 50)}事件专报`, where: [{ dimension: 'order', values: event.orderIds }],
    sections: sections({
      lead: [text(`${event.from} 至 ${event.to}，“${plain(event.title)}”受理{received}件。`, ...told)],
      body: [cards('办理情况', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'satisfiedRate'], { compare: undefined }), line('走势', ['received'], ['day'], { sentence: true, limit: 100 }), rows('地区分布', ['received'], ['county'], { sentence: true, limit: MOST_ROWS }), table('承办单位', ['dispatches', 'closed', 'solvedRate', 'satisfiedRate'], ['unit'], { limit: MOST_ROWS }), orders('工单明细', 'received', { limit: 100 })],
      tail: [signature],
    }),
  } satisfies TemplateInput)
}
