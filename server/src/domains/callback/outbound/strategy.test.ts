import { expect, test } from 'vitest'
import { instant } from '../../../kernel/time/index.ts'
import { keyedAnswers, mayCall, periodBefore } from './strategy.ts'

test('每周、每月抽取的是上一个整周、整月', () => {
  const of = (kind: 'weekly' | 'monthly', at: string) => { const one = periodBefore(kind, instant(at), 'Asia/Shanghai'); return [one.day, new Date(one.from).toISOString(), new Date(one.before).toISOString()] }
  expect(of('weekly', '2026-11-23T00:00:00+08:00')).toEqual(['2026-11-16', '2026-11-15T16:00:00.000Z', '2026-11-22T16:00:00.000Z'])
  expect(of('weekly', '2026-11-22T23:59:00+08:00')[0]).toBe('2026-11-09')
  expect(of('monthly', '2026-03-31T12:00:00+08:00')).toEqual(['2026-02-01', '2026-01-31T16:00:00.000Z', '2026-02-28T16:00:00.000Z'])
  expect(of('monthly', '2026-01-01T00:30:00+08:00')[0]).toBe('2025-12-01')
})

test.each([
  ['时段内', '2026-11-23T10:00:00+08:00', true],
  ['22 点不拨', '2026-11-23T22:00:00+08:00', false],
  ['两个时段之间不拨', '2026-11-23T13:00:00+08:00', false],
  ['结束的那一分钟不拨', '2026-11-23T12:00:00+08:00', false],
  ['周日不拨', '2026-11-29T10:00:00+08:00', false],
])('%s', (_name, at, open) => {
  expect(mayCall({ weekdays: [1, 2, 3, 4, 5, 6], windows: [{ from: '09:00', to: '12:00' }, { from: '15:00', to: '20:00' }] }, instant(at), 'Asia/Shanghai')).toBe(open)
})

test('按键读成回答；少一个或按错一个，就什么都不当作回答', () => {
  expect(keyedAnswers({ contacted: '1', solved: '2', satisfied: '3' })).toEqual({ contacted: 'yes', solved: 'no', satisfied: 'no', grade: 'dissatisfied' })
  expect(keyedAnswers({ contacted: '3', solved: '3', satisfied: '4' })).toEqual({ contacted: 'notStated', solved: 'notStated', satisfied: 'notStated', grade: null })
  expect(keyedAnswers({ contacted: '1', solved: '1' })).toBeNull()
  expect(keyedAnswers({ contacted: '1', solved: '1', satisfied: '9' })).toBeNull()
  expect(keyedAnswers(null)).toBeNull()
})
