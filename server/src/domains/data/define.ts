// Short ways to write delivered definitions.
import type { Basic, Computed, Condition, Definition } from './indicator.ts'

type Look = Partial<Pick<Basic, 'unit' | 'scale' | 'direction'>>
export const count = (fact: string, date: string, statement: string, where: Condition[] = [], look: Look = {}): Definition => ({ kind: 'basic', fact, date, aggregate: 'count', where, unit: '件', scale: 0, direction: 'none', statement, ...look })
export const total = (fact: string, date: string, measure: string, statement: string, where: Condition[] = [], unit = ''): Definition => ({ kind: 'basic', fact, date, aggregate: 'sum', measure, where, unit, scale: 0, direction: 'none', statement })
export const rate = (part: string, whole: string, statement: string, direction: Computed['direction'] = 'up'): Definition => ({ kind: 'derived', formula: `${part} / ${whole} * 100`, unit: '%', scale: 2, direction, statement })
export const hours = (sum: string, n: string, statement: string): Definition => ({ kind: 'derived', formula: `${sum} / ${n} / 3600`, unit: '小时', scale: 1, direction: 'down', statement })
/** Rates by their weights, out of a hundred; without one of them there is no value. */
export const weighted = (parts: Record<string, [name: string, weight: number]>): Definition => ({ kind: 'composite', formula: Object.entries(parts).map(([code, [, weight]]) => `${code} * ${weight}`).join(' + '), unit: '分', scale: 2, direction: 'up', statement: `${Object.values(parts).map(([name, weight]) => `${name} ${Math.round(weight * 100)}%`).join('、')} 加权` })
export const is = (field: string, ...value: string[]): Condition => ({ field, op: 'in', value })
export const not = (field: string, ...value: string[]): Condition => ({ field, op: 'notIn', value })
export const yes = (field: string): Condition => ({ field, op: 'yes' })
export const filled = (field: string): Condition => ({ field, op: 'filled' })
export const more = (field: string, value: number): Condition => ({ field, op: 'gte', value })
export const alive = not('state', 'draft', 'merged')
export const asked = yes('attributable')
export const no = (field: string): Condition => ({ field, op: 'no' })
