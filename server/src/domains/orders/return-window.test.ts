import { describe, expect, test } from 'vitest'
import { HOUR, instant, MINUTE, plus } from '../../kernel/time/index.ts'
import { returnWindow } from './return-window.ts'

const from = instant('2026-11-17T08:00:00+08:00')
const facts = { from, windowHours: 19, multiRoundHours: 48, multiRound: false }

describe('退回窗口', () => {
  test('18 小时 59 分可以退回', () => expect(returnWindow({ ...facts, now: plus(from, 19 * HOUR - MINUTE) }).open).toBe(true))
  test('19 小时整即关闭', () => expect(returnWindow({ ...facts, now: plus(from, 19 * HOUR) }).open).toBe(false))
  test('19 小时 01 分被拒，并给出关闭时刻', () => expect(returnWindow({ ...facts, now: plus(from, 19 * HOUR + MINUTE) })).toEqual({ open: false, closesAt: plus(from, 19 * HOUR), multiRound: false }))
  test('多轮退回在 48 小时内仍可', () => expect(returnWindow({ ...facts, multiRound: true, now: plus(from, 30 * HOUR) })).toMatchObject({ open: true, multiRound: true }))
  test('多轮退回超过 48 小时关闭', () => expect(returnWindow({ ...facts, multiRound: true, now: plus(from, 48 * HOUR) }).open).toBe(false))
})
