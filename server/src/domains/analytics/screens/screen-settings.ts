import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const smallCell = defineSetting({ key: 'analytics.screen.small', label: '大屏上街镇、社区的数小于多少只显示“小于”（0 为照实显示）', schema: z.number().int().min(0).max(50), fallback: 5, scope: 'tenant' })
