import { expect, test } from 'vitest'
import { bucketStart, spansOf } from './spans.ts'

test('定义在月中变更：按月统计时当月整月用新定义，之前的月用旧定义', () => {
  expect(spansOf('month', { from: '2026-09-01', to: '2026-11-30' }, ['2026-10-15'])).toEqual([{ from: '2026-09-01', to: '2026-09-30' }, { from: '2026-10-01', to: '2026-11-30' }])
  expect(spansOf('day', { from: '2026-10-01', to: '2026-10-31' }, ['2026-10-15'])).toEqual([{ from: '2026-10-01', to: '2026-10-14' }, { from: '2026-10-15', to: '2026-10-31' }])
  expect(spansOf('year', { from: '2026-01-01', to: '2026-12-31' }, ['2026-10-15'])).toEqual([{ from: '2026-01-01', to: '2026-12-31' }])
  expect(bucketStart('week', '2026-11-22')).toBe('2026-11-16')
  expect(bucketStart('quarter', '2026-11-22')).toBe('2026-10-01')
})
