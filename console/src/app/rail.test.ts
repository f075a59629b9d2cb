import { describe, expect, test } from 'vitest'
import { defineFeature } from './feature.ts'
import { phoneTwin } from './phone.ts'
import { buildRail, currentEntry } from './rail.ts'

const features = [
  defineFeature({ id: 'home', routes: [], rail: [{ group: 'home', label: '待办', path: '/home' }, { group: 'home', label: '消息', path: '/home/messages' }] }),
  defineFeature({ id: 'orders', routes: [], rail: [{ group: 'orders', label: '合并', path: '/orders/merges', permission: 'orders.merge', order: 2 }, { group: 'orders', label: '全部工单', path: '/orders', permission: ['orders.read', 'orders.readUnit'], order: 1 }] }),
  defineFeature({ id: 'review', routes: [], rail: [{ group: 'review', label: '待审核', path: '/review/pending', permission: 'orders.review', roles: ['reviewer'] }] }),
]
const person = (roles: string[], ...permissions: string[]) => ({ roles, permissions: new Set(permissions) })
const groups = (roles: string[], ...permissions: string[]) => buildRail(features, person(roles, ...permissions)).map((section) => section.group)

describe('左侧导航', () => {
  test('只显示有权限的入口，空的分组不出现', () => {
    expect(groups(['agent'])).toEqual(['home'])
    expect(buildRail(features, person(['agent'], 'orders.readUnit'))[0]?.entries.map((entry) => entry.label)).toEqual(['全部工单'])
  })
  test('按角色排序', () => {
    expect(groups(['agent'], 'orders.read')).toEqual(['orders', 'home'])
    expect(groups(['reviewer'], 'orders.read', 'orders.review')).toEqual(['review', 'orders', 'home'])
  })
  test('角色之外但有权限的分组排在后面，限定角色的入口除外', () => {
    expect(groups(['leader'], 'orders.read', 'orders.review')).toEqual(['home', 'orders'])
  })
  test('组内按指定次序', () => {
    expect(buildRail(features, person(['agent'], 'orders.read', 'orders.merge'))[0]?.entries.map((entry) => entry.label)).toEqual(['全部工单', '合并'])
  })
  test('当前入口是最长的匹配', () => {
    const sections = buildRail(features, person(['agent'], 'orders.read', 'orders.merge'))
    expect(currentEntry(sections, '/orders/merges/7')).toBe('/orders/merges')
    expect(currentEntry(sections, '/orders/2611210381')).toBe('/orders')
    expect(currentEntry(sections, '/orderspace')).toBeUndefined()
  })
})

test.each([
  ['/cockpit', '/m/cockpit'], ['/unit', '/m'], ['/orders/26112399010100001', '/m/orders/26112399010100001'],
  ['/orders', null], ['/orders/query', null], ['/orders/26112399010100001/print', null], ['/unit/collect', null], ['/cockpit/events', null],
])('手机打开 %s 到手机版 %s', (path, phone) => expect(phoneTwin(path)).toBe(phone))
