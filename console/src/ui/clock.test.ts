import { describe, expect, test } from 'vitest'
import { readClock } from './clock.ts'

const at = Date.parse('2026-11-21T06:00:00Z')
const iso = (minutes: number) => new Date(at + minutes * 60_000).toISOString()

describe('时钟用形状和文字说明剩余时间', () => {
  test('在期：圆点，不足一天用小时和分', () => {
    expect(readClock({ state: 'running', dueAt: iso(200) }, at)).toEqual({ shape: '●', tone: 'ok', text: '剩余 3小时20分' })
  })
  test('到提醒时刻起为临期：三角', () => {
    expect(readClock({ state: 'running', dueAt: iso(200), nearAt: iso(0) }, at)).toMatchObject({ shape: '▲', tone: 'near' })
    expect(readClock({ state: 'running', dueAt: iso(200), nearAt: iso(1) }, at)).toMatchObject({ shape: '●', tone: 'ok' })
  })
  test('过了时限为超期：菱形，时长向上取整', () => {
    expect(readClock({ state: 'running', dueAt: new Date(at - 129 * 60_000 - 1).toISOString() }, at)).toEqual({ shape: '◆', tone: 'over', text: '超期 2小时10分' })
  })
  test('暂停的时钟不倒数并说明原因', () => {
    expect(readClock({ state: 'paused', dueAt: iso(-5), pausedBy: '挂起' }, at)).toEqual({ shape: '‖', tone: 'calm', text: '已暂停(挂起)' })
  })
  test('已完成的时钟写用时', () => {
    expect(readClock({ state: 'met', startedAt: iso(-65), endedAt: iso(0) }, at).text).toBe('已完成 1小时5分')
  })
  test('工作时间按服务端所算显示', () => {
    expect(readClock({ state: 'running', dueAt: iso(6000), working: { days: 2, hours: 3 } }, at).text).toBe('剩余 2个工作日3小时')
  })
})
