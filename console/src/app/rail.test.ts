import { describe, expect, test } from 'vitest'
import { defineFeature } from './feature.ts'
import { phoneTwin } from './phone.ts'
import { buildRail, currentEntry, findInRail, railManner } from './rail.ts'

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

  const admin = buildRail([defineFeature({ id: 'admin', routes: [], rail: [
    { group: 'admin', label: '用户', path: '/admin/users', section: '机构与人员' }, { group: 'admin', label: '机构', path: '/admin/units', section: '机构与人员' },
    { group: 'admin', label: '参数', path: '/admin/parameters' }, { group: 'matters', label: '事项目录', path: '/matters' },
  ] })], person(['tenantAdmin']))
  const initials = (text: string) => ({ 参数: 'cs', 事项目录: 'sxml' })[text] ?? ''
  test.each([
    ['参', ['参数']], ['机构与', ['用户', '机构']], ['事项', ['事项目录']], ['sxm', ['事项目录']], ['管理', ['用户', '机构', '参数']], ['不存在', []],
  ])('查找“%s”', (typed, found) => expect(findInRail(admin, typed, initials).flatMap((section) => section.entries.map((entry) => entry.label))).toEqual(found))
  test('入口少时不出现查找框，很多时才先收起', () => {
    const many = (n: number) => [{ group: 'admin' as const, label: '管理', icon: 'gear', entries: Array.from({ length: n }, (_, at) => ({ group: 'admin' as const, label: `功能${at}`, path: `/admin/${at}` })) }]
    expect([4, 30, 142].map((n) => railManner(many(n)))).toEqual([{ find: false, folded: false }, { find: true, folded: false }, { find: true, folded: true }])
  })
})

test.each([
  ['/cockpit', '/m/cockpit'], ['/unit', '/m'], ['/orders/26112399010100001', '/m/orders/26112399010100001'],
  ['/orders', null], ['/orders/query', null], ['/orders/26112399010100001/print', null], ['/unit/collect', null], ['/cockpit/events', null],
])('手机打开 %s 到手机版 %s', (path, phone) => expect(phoneTwin(path)).toBe(phone))
