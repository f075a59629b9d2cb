// Days of an assessment period, and what may be done with it in which state. Pure.
import { addDays } from '../../kernel/time/index.ts'
import { assessmentFail } from './assessment.errors.ts'
import type { PeriodState } from './assessment.queries.ts'
import { periodStateNames } from './texts.zh-CN.ts'

export const periodKinds = ['day', 'week', 'month', 'quarter', 'year'] as const
export type PeriodKind = (typeof periodKinds)[number]

const two = (n: number): string => String(n).padStart(2, '0')
const ymd = (day: string): [number, number, number] => [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
const dayOf = (year: number, month: number, day: number): string => {
  const [y, m] = [year + Math.floor((month - 1) / 12), ((((month - 1) % 12) + 12) % 12) + 1]
  return `${y}-${two(m)}-${two(day)}`
}

/** 2000-01-03 was a Monday. */
const weekday = (day: string): number => {
  const [y, m, d] = ymd(day)
  const a = Math.floor((14 - m) / 12)
  const [yy, mm] = [y - a, m + 12 * a - 2]
  return (((d + yy + Math.floor(yy / 4) - Math.floor(yy / 100) + Math.floor(yy / 400) + Math.floor((31 * mm) / 12)) % 7) + 6) % 7
}

type PeriodDays = { from: string; to: string; name: string }

/**
 * The period that holds a day. Months begin on `startDay`: with 20, 2026-11 runs from 10-20 to 11-19; quarters and years are made of
 * such months. Weeks begin on Monday.
 */
export function periodHolding(kind: PeriodKind, day: string, startDay: number): PeriodDays {
  if (kind === 'day') return { from: day, to: day, name: day }
  if (kind === 'week') {
    const from = addDays(day, -weekday(day))
    return { from, to: addDays(from, 6), name: `${from} 周` }
  }
  const [y, m, d] = ymd(day)
  // The month a period is named after: that of its last day.
  const named = startDay > 1 && d >= startDay ? m + 1 : m
  const [year, month] = [y + Math.floor((named - 1) / 12), ((named - 1) % 12) + 1]
  const span = { month: 1, quarter: 3, year: 12 }[kind]
  const first = Math.floor((month - 1) / span) * span + 1
  const begin = (of: number): string => (startDay > 1 ? dayOf(year, of - 1, startDay) : dayOf(year, of, 1))
  const name = kind === 'month' ? `${year}年${month}月` : kind === 'quarter' ? `${year}年第${(first - 1) / 3 + 1}季度` : `${year}年`
  return { from: begin(first), to: addDays(begin(first + span), -1), name }
}

const acts = {
  run: { from: ['open', 'inReview'], name: '核算' }, submit: { from: ['open'], name: '提交审核' }, review: { from: ['inReview'], name: '审核' }, withdraw: { from: ['published'], name: '撤回发布' },
  reopen: { from: ['published', 'frozen'], name: '重新核算' }, appeal: { from: ['published'], name: '申诉' },
} as const satisfies Record<string, { from: readonly PeriodState[]; name: string }>

/** @throws assessment.state */
export function requireState(state: string, act: keyof typeof acts): void {
  if (!(acts[act].from as readonly string[]).includes(state)) throw assessmentFail('state', { rule: `assessment.${act}`, params: { state: periodStateNames[state as PeriodState], act: acts[act].name } })
}
export const mayIn = (state: string, act: keyof typeof acts): boolean => (acts[act].from as readonly string[]).includes(state)
