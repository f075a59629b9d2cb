import { expect, test } from 'vitest'
import { instant } from '../../../kernel/time/index.ts'
import { keyedAnswers, mayCall, weekdayOf } from './strategy.ts'

test('星期按日期算，不看时区以外的时钟', () => {
  expect(['2026-11-22', '2026-11-23', '2026-11-29', '2024-02-29', '2000-01-01'].map(weekdayOf)).toEqual([7, 1, 7, 4, 6])
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
