// What every module must hold to: unique names, known permissions, Chinese texts.
import { expect, test } from 'vitest'
import { modules } from '../src/modules.ts'

const routes = modules.flatMap((m) => (m.routes ?? []).map((r) => ({ module: m, spec: r.spec })))
const permissions = new Map(modules.flatMap((m) => Object.entries(m.permissions ?? {})))

test('路由名和地址不重复', () => {
  const ids = routes.map((r) => r.spec.id)
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  const addresses = routes.map((r) => `${r.spec.audience === 'public' ? 'public' : 'staff'} ${r.spec.method} ${r.spec.path}`)
  expect(addresses.filter((a, i) => addresses.indexOf(a) !== i)).toEqual([])
})

test('路由只用已声明的权限，摘要为中文', () => {
  for (const { spec } of routes) {
    const named = typeof spec.access === 'string' ? [] : 'permission' in spec.access ? [spec.access.permission] : spec.access.anyOf
    expect([spec.id, named.filter((p) => !permissions.has(p))]).toEqual([spec.id, []])
    expect([spec.id, /[\u4e00-\u9fff]/.test(spec.summary)]).toEqual([spec.id, true])
  }
})

test('岗位模板只含已声明的权限', () => {
  for (const module of modules) for (const [role, held] of Object.entries(module.roles ?? {})) expect([module.name, role, Object.keys(held ?? {}).filter((p) => !permissions.has(p))]).toEqual([module.name, role, []])
})

/** Held by devices, never by a person's role. */
const ofDevices = ['analytics.screen']

test('每个权限至少有一个岗位持有，设备的权限没有岗位持有', () => {
  const held = new Set(modules.flatMap((m) => Object.values(m.roles ?? {}).flatMap((r) => Object.keys(r ?? {}))))
  expect([...permissions.keys()].filter((p) => !held.has(p))).toEqual(ofDevices)
})

test('领域只依赖排在前面的领域', () => {
  const order = modules.map((m) => m.name)
  for (const [i, module] of modules.entries()) expect([module.name, module.dependsOn.filter((d) => !order.slice(0, i).includes(d))]).toEqual([module.name, []])
})

test('设置键不重复', () => {
  const keys = modules.flatMap((m) => (m.settings ?? []).map((s) => s.key))
  expect(keys.filter((k, i) => keys.indexOf(k) !== i)).toEqual([])
})
