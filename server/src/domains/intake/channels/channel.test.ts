import { expect, test } from 'vitest'
import { closedNotice, shippedChannels, type Channel } from './channel.ts'

const portal = shippedChannels.find((c) => c.code === 'portal') as Channel

test.each([
  ['全天开放的渠道任何时候都受理', {}, '03:00', null],
  ['停用的渠道显示自己的公告', { enabled: false, notice: '系统升级' }, '10:00', '系统升级'],
  ['开放时间的第一分钟受理', { opensAt: '08:00', closesAt: '20:00' }, '08:00', null],
  ['跨零点的开放时间在凌晨受理', { opensAt: '22:00', closesAt: '06:00' }, '05:59', null],
] as const)('%s', (_name, change, time, notice) => {
  expect(closedNotice({ ...portal, ...change }, time)).toBe(notice)
})

test('开放时间结束的那一分钟起不再受理，并说明受理时间', () => {
  expect(closedNotice({ ...portal, opensAt: '08:00', closesAt: '20:00' }, '20:00')).toContain('08:00–20:00')
  expect(closedNotice({ ...portal, opensAt: '22:00', closesAt: '06:00' }, '12:00')).toContain('22:00–06:00')
})
