// Numbers of a screen: large ones in 万, hidden small ones in words, changes with what they mean.
import type { OutputOf } from '../api/call.ts'
import { t } from './texts.zh-CN.ts'

export type ScreenData = OutputOf<'showScreen'>
export type PanelData = ScreenData['panels'][number]
export type Panel = ScreenData['board']['panels'][number]
export type Answer = NonNullable<PanelData['answer']>
export type Column = Answer['columns'][number]

export const asked = (answer: Answer): Column[] => answer.columns.filter((c) => c.asked)

/** For drawing: a hidden number counts as half its bound. */
export function amount(value: string | null | undefined): number | null {
  if (value === null || value === undefined) return null
  return value.startsWith('<') ? Number(value.slice(1)) / 2 : Number(value)
}

/** 12,345; 1.23万 from a hundred thousand on; rates with one decimal. */
export function words(value: string | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–'
  if (value.startsWith('<')) return t('small', { n: value.slice(1) })
  const n = Number(value)
  if (unit === '%') return `${n.toFixed(1)}%`
  return n >= 100_000 ? `${(n / 10_000).toFixed(2)}万` : n.toLocaleString('zh-CN')
}

export function changeOf(column: { unit: string; direction: 'up' | 'down' | 'none' }, now: number | null, before: number | null): { text: string; tone?: 'ok' | 'over' } | null {
  if (now === null || before === null || (before === 0 && column.unit !== '%')) return null
  const difference = now - before
  if (difference === 0) return { text: t('same') }
  const sign = difference > 0 ? '↑' : '↓'
  const tone = column.direction === 'none' ? undefined : (difference > 0) === (column.direction === 'up') ? 'ok' : 'over'
  const text = column.unit === '%' ? t('points', { sign, n: Math.abs(difference).toFixed(1) }) : t('percent', { sign, n: Math.abs((difference / before) * 100).toFixed(1) })
  return { text, ...(tone ? { tone } : {}) }
}
