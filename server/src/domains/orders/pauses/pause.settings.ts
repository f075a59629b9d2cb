import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const pauseMax = defineSetting({ key: 'suspension.max', label: '每个任务挂起次数上限', schema: z.number().int().min(0).max(50), fallback: 3, scope: 'tenant' })
export const pauseWarnBefore = defineSetting({ key: 'suspension.warnBefore', label: '挂起到期前预警（工作日）', schema: z.number().min(0).max(60), fallback: 1, scope: 'tenant' })
export const pauseAutoResume = defineSetting({ key: 'suspension.autoResume', label: '超过允许时长自动续办', help: '关闭时只预警，由单位申请或中心责令续办', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const promiseReminder = defineSetting({ key: 'promiseReminder', label: '承诺日期前提醒（天）', schema: z.number().min(0).max(60), fallback: 2, scope: 'tenant' })
export const promiseGrace = defineSetting({ key: 'promise.grace', label: '已确认的承诺到期后等待（工作日）', help: '到期后仍无结果、也未申请新日期的，系统续办', schema: z.number().min(0).max(30), fallback: 1, scope: 'tenant' })

export const pauseSettings = [pauseMax, pauseWarnBefore, pauseAutoResume, promiseReminder, promiseGrace]
