import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const chronicWeeks = defineSetting({ key: 'analytics.map.chronicWeeks', label: '民生地图：同一方格在多少个不同的星期里都有诉求算顽疾点位', schema: z.number().int().min(2).max(52), fallback: 3, scope: 'tenant' })
export const suddenRise = defineSetting({ key: 'analytics.map.suddenRise', label: '民生地图：最近七天达到以往每周平均的多少倍算突发点位', schema: z.number().min(1.5).max(50), fallback: 3, scope: 'tenant' })
export const leastOfSpot = defineSetting({ key: 'analytics.map.least', label: '民生地图：少于多少件的方格不标顽疾和突发', schema: z.number().int().min(2).max(100), fallback: 3, scope: 'tenant' })
