// Figures of the last days by the definitions of the indicator catalogue; confidential orders are left out.
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { addDays, HOUR, localDate, MINUTE, plus, startOfDay, type Instant } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { bulletinFigures } from '../ports.ts'
import type * as contract from './statistics-contract.ts'
import { asGiven, suppress, suppressAll } from './suppress.ts'

export const bulletin = defineSetting({
  key: 'bulletin.rule', label: '运行通报', help: '公示最近多少天、延迟多少小时（只公示在此之前结束的整日）、多少件以下不显示、热点诉求显示几项', scope: 'tenant',
  schema: z.object({ days: z.number().int().min(1).max(366), delayHours: z.number().int().min(0).max(720), suppressBelow: z.number().int().min(1).max(100), hot: z.number().int().min(3).max(20) }), fallback: { days: 30, delayHours: 0, suppressBelow: 5, hot: 10 },
})

const itemCodes = ['received', 'handlingTime', 'closingRate', 'satisfaction', 'hot', 'types', 'areas', 'trend'] as const
export const bulletinItems = defineSetting({ key: 'bulletin.items', label: '运行通报公示的内容', help: '受理 received、办理时长 handlingTime、办结率 closingRate、满意率 satisfaction、热点 hot、类型 types、区域 areas、趋势 trend', scope: 'tenant', schema: z.array(z.enum(itemCodes)).min(1).max(itemCodes.length), fallback: [...itemCodes] })
export const bulletinAreas = defineSetting({ key: 'bulletin.areas', label: '运行通报的区域', help: '区划代码；只统计这些区域，留空为全部', scope: 'tenant', schema: z.array(z.string().regex(/^\d{6,12}$/)).max(50), fallback: [] as string[] })
type Rule = { days: number; suppressBelow: number; hot: number; delayHours: number; items: readonly string[]; areas: readonly string[] }

type Answer = Output<typeof contract.publicStatistics>
const held = new Map<string, { at: Instant; answer: Answer; rule: string }>()
/** Everybody sees the same page: it is reckoned once in five minutes. */
const KEEP = 5 * MINUTE

export async function publicStatistics(ctx: Ctx): Promise<Answer> {
  const rule: Rule = { ...(await setting(ctx, bulletin)), items: await setting(ctx, bulletinItems), areas: await setting(ctx, bulletinAreas) }
  const now = ctx.clock.now()
  const known = held.get(ctx.tenantId)
  if (known && known.rule === JSON.stringify(rule) && now >= known.at && now - known.at < KEEP) return known.answer
  const answer = await reckon(ctx, rule)
  held.set(ctx.tenantId, { at: now, answer, rule: JSON.stringify(rule) })
  return answer
}

/** The last day that is published: today, or with a delay the last whole day that ended so long ago. */
const lastDay = (now: Instant, delayHours: number, timeZone: string): string => (delayHours === 0 ? localDate(now, timeZone) : addDays(localDate(plus(now, -delayHours * HOUR), timeZone), -1))

async function reckon(ctx: Ctx, rule: Rule): Promise<Answer> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  const to = lastDay(ctx.clock.now(), rule.delayHours, tenant.timeZone)
  const from = addDays(to, 1 - rule.days)
  const below = rule.suppressBelow
  const shows = (code: string): boolean => rule.items.includes(code)
  const ask = (indicators: string[], dimension?: string, limit?: number) => bulletinFigures.one()(ctx, { indicators, from, to, areas: rule.areas, ...(dimension ? { dimension } : {}), ...(limit ? { limit } : {}) })
  const { total, definitions } = await ask(['received', 'closed', 'handleTime', 'closingRate', 'satisfiedRate'])
  const n = (code: string): number => Number(total[code] ?? 0)
  const received = async (item: string, dimension: string, limit?: number) => (shows(item) ? (await ask(['received'], dimension, limit)).rows.map((row) => ({ name: row.name, count: Number(row.values['received'] ?? 0) })).filter((row) => row.count > 0) : [])
  // A district's own page goes by its streets.
  const areas = await received('areas', tenant.areaCode.endsWith('00') ? 'county' : 'street')
  const trend = shows('trend') ? (await ask(['received', 'closed'], 'day', rule.days)).rows.map(({ key, values }) => ({ day: key, received: suppress('', Number(values['received'] ?? 0), below), closed: suppress('', Number(values['closed'] ?? 0), below) })) : []
  const figure = (code: string, indicator: string, value: string, base: string) => ({ code, name: definitions[indicator]?.name ?? '', value, base, definition: definitions[indicator]?.statement ?? '' })
  return {
    from: startOfDay(from, tenant.timeZone), until: plus(startOfDay(addDays(to, 1), tenant.timeZone), -1), suppressBelow: below, shown: [...rule.items],
    figures: [
      figure('received', 'received', suppress('', n('received'), below).shown, `近 ${rule.days} 天`),
      figure('handlingTime', 'handleTime', n('closed') < Math.max(1, below) || total['handleTime'] === null ? '–' : words(n('handleTime')), `已办结 ${suppress('', n('closed'), below).shown} 件`),
      figure('closingRate', 'closingRate', asGiven(total['closingRate'], n('received'), below), `受理 ${suppress('', n('received'), below).shown} 件`),
      figure('satisfaction', 'satisfiedRate', asGiven(total['satisfiedRate'], n('callbacks'), below), `回访和评价 ${suppress('', n('callbacks'), below).shown} 件`),
    ].filter((one) => shows(one.code)),
    hot: (await received('hot', 'matter', rule.hot)).filter((row) => row.count >= below).map((row) => suppress(row.name, row.count, below)),
    types: suppressAll(await received('types', 'appealType'), below),
    areas: suppressAll(areas, below),
    trend: trend.map(({ day, received: r, closed: c }) => ({ day, received: r.count, closed: c.count, shown: `受理 ${r.shown} 件，办结 ${c.shown} 件` })),
  }
}

const words = (hours: number): string => (hours < 48 ? `${hours.toFixed(1)} 小时` : `${(hours / 24).toFixed(1)} 天`)
