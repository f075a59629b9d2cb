// Days that are more than dates: the tenant's days off and made-up working days, and the special periods it names (heating season, a
// congress). Given to questions as lists, so that the same statement runs on every store.
import { z } from 'zod'
import type { Ctx } from '../../kernel/ctx.ts'
import { localDate } from '../../kernel/http/codec.ts'
import { defineSetting } from '../../kernel/settings.ts'
import { calendarOf, setting } from '../platform/index.ts'

export type SpecialDays = { off: readonly string[]; work: readonly string[]; periods: readonly { name: string; from: string; to: string }[] }

export const specialPeriods = defineSetting({
  key: 'data.specialPeriods', label: '专门时期', help: '统计可按专门时期分组和筛选，如供暖季、汛期、重要会议；一天属于先列出的那个',
  schema: z.array(z.object({ name: z.string().trim().min(1).max(20), from: localDate, to: localDate }).refine((p) => p.from <= p.to, '起始日期不能晚于截止日期')).max(60), fallback: [], scope: 'tenant',
})

export async function specialDaysOf(ctx: Ctx): Promise<SpecialDays> {
  const [{ days }, periods] = [await calendarOf(ctx), await setting(ctx, specialPeriods)]
  const of = (work: boolean): string[] => [...days].filter(([, kind]) => (kind === 'workday') === work).map(([day]) => day)
  return { off: of(false), work: of(true), periods }
}
export const noSpecialDays: SpecialDays = { off: [], work: [], periods: [] }
