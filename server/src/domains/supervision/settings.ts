// Parameters of supervision (supervision.md Settings). The lead of yellow cards belongs to the time-limit rules.
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'
import { clockKinds } from './supervision.ts'

const noThresholds: Partial<Record<(typeof clockKinds)[number], number>> = {}

export const stayAtUnit = defineSetting({ key: 'stayAtUnit', label: '单位滞留预警（小时）', help: '任务在同一单位超过此时长列入滞留清单', schema: z.number().min(1).max(24 * 365), fallback: 72, scope: 'tenant' })
export const reminderDays = defineSetting({ key: 'reminderDays', label: '到期前提醒（天）', schema: z.array(z.number().int().min(1).max(60)).max(10), fallback: [3, 2, 1], scope: 'tenant' })
export const nextUrgingAfter = defineSetting({ key: 'nextUrgingAfter', label: '下次催办间隔（小时）', schema: z.number().min(0.1).max(24 * 30), fallback: 24, scope: 'tenant' })
export const colourThresholds = defineSetting({
  key: 'supervision.colourThresholds', label: '三色倒计时：变黄提前量（小时）', help: '按时钟设置；未设置的与黄牌一致，列表、牌和看板不会矛盾', schema: z.partialRecord(z.enum(clockKinds), z.number().min(0).max(24 * 60)), fallback: noThresholds, scope: 'tenant',
})
export const returnsWatched = defineSetting({ key: 'supervision.returnsWatched', label: '多次退单关注（次）', schema: z.number().int().min(1).max(50), fallback: 2, scope: 'tenant' })
export const taskAfterHours = defineSetting({ key: 'supervision.overdueHours', label: '超期多久自动督办（小时）', help: '0 为红牌发出即督办', schema: z.number().min(0).max(24 * 60), fallback: 0, scope: 'tenant' })
export const replyWithin = defineSetting({ key: 'supervision.replyWithin', label: '督办答复期限（小时）', schema: z.number().min(1).max(24 * 30), fallback: 24, scope: 'tenant' })
export const levelNames = defineSetting({ key: 'supervision.levels', label: '督办级别名称', schema: z.array(z.string().min(1)).min(1).max(5), fallback: ['基层', '市级', '省级'], scope: 'tenant' })

export const supervisionSettings = [stayAtUnit, reminderDays, nextUrgingAfter, colourThresholds, returnsWatched, taskAfterHours, replyWithin, levelNames]
