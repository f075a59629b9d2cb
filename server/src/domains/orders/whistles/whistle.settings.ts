import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const whistleReportIn = defineSetting({ key: 'whistleReportIn', label: '吹哨后报到时限（小时）', schema: z.number().min(0.5).max(24 * 30), fallback: 24, scope: 'tenant' })
export const whistleUnits = defineSetting({ key: 'whistle.units', label: '可以吹哨的单位', help: '街道社区：区划到街道一级的单位；不限：任何承办单位', schema: z.enum(['streets', 'any']), fallback: 'streets' as const, scope: 'tenant' })
