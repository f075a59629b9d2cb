import { expect, test } from 'vitest'
import { instant } from '../../ui/time.ts'
import { changeOf, questionOf } from './question.ts'
import { stepsOf } from './time-steps.ts'

const panel = { id: 'a', kind: 'bar' as const, title: '区县', indicators: ['received'], dimensions: ['county'], where: [{ dimension: 'channel', values: ['phone'] }], drill: 'street', width: 6 as const }
const period = { from: '2026-11-01', to: '2026-11-18' }

test('点选的成员筛选每个组件；有下钻的组件换到下一级', () => {
  const picks = [{ dimension: 'county', key: '990101', name: '临澜区' }]
  expect(questionOf({ where: [] }, panel, period, [])).toMatchObject({ dimensions: ['county'], where: [{ dimension: 'channel', values: ['phone'] }] })
  expect(questionOf({ where: [{ dimension: 'words', values: ['供热'] }] }, panel, period, picks)).toMatchObject({ dimensions: ['street'], where: [{ dimension: 'words' }, { dimension: 'channel' }, { dimension: 'county', values: ['990101'] }] })
})

test('折线超过两个月改按周，超过半年改按月；表格仍按日', () => {
  const days = { ...panel, kind: 'line' as const, dimensions: ['day'] }
  const by = (from: string, kind: 'line' | 'table' = 'line') => questionOf({ where: [] }, { ...days, kind }, { from, to: '2026-11-18' }, []).dimensions
  expect([by('2026-11-01'), by('2026-08-01'), by('2026-01-01'), by('2026-01-01', 'table')]).toEqual([['day'], ['week'], ['month'], ['day']])
})

test('变化：率用百分点，其余用百分比；没有上期不编数；好坏按指标方向', () => {
  expect(changeOf({ unit: '件', direction: 'none' }, 120, 100)).toEqual({ text: 'percent', sign: '↑', size: '20.0', better: undefined })
  expect(changeOf({ unit: '%', direction: 'up' }, 85.1, 85.9)).toEqual({ text: 'points', sign: '↓', size: '0.8', better: false })
  expect(changeOf({ unit: '小时', direction: 'down' }, 8, 10)).toMatchObject({ sign: '↓', better: true })
  expect(changeOf({ unit: '件', direction: 'up' }, 5, 0)).toEqual({ text: 'none' })
  expect(changeOf({ unit: '件', direction: 'up' }, null, 3)).toEqual({ text: 'none' })
  expect(changeOf({ unit: '件', direction: 'up' }, 3, 3)).toEqual({ text: 'same' })
})

test('时间轴的每一步首尾相接，覆盖整个统计期', () => {
  for (const [from, to, steps, first] of [['2026-11-01', '2026-11-23', 23, '2026-11-01'], ['2026-08-01', '2026-11-23', 17, '2026-08-07'], ['2026-01-15', '2026-11-23', 11, '2026-01-31']] as const) {
    const all = stepsOf({ from, to })
    expect(all).toHaveLength(steps)
    expect([all[0], all.at(-1)?.to]).toEqual([{ from, to: first }, to])
    for (const [i, one] of all.slice(1).entries()) expect(instant(`${one.from}T00:00:00+08:00`) - instant(`${all[i]?.to}T00:00:00+08:00`)).toBe(86_400_000)
  }
})
