import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const get = async (login: string, path: string) => walk.ok((await walk.who(login)).get(path))
type Unit = { id: string; name: string; groups: { group: string; count: number; states: string[] }[] }
const count = (units: Unit[], id: string, group: string) => units.find((u) => u.id === id)?.groups.find((g) => g.group === group)?.count

test('村社区的一步在上面每一级都算进去，数字与打开的清单一致；外中心打不开', async () => {
  const order = await walk.dispatched([{ unit: 'T-COMMUNITY', role: 'lead' }])
  const top = await get('reviewer', '/api/orders/progress/units')
  expect(top.path.map((p: { name: string }) => p.name)).toEqual(['测试市热线中心'])
  expect(count(top.units, walk.unit('T-DISTRICT'), 'handling')).toBe(1)
  const below = await get('reviewer', `/api/orders/progress/units?parentId=${walk.unit('T-DISTRICT')}`)
  expect(count(below.units, walk.unit('T-STREET'), 'handling')).toBe(1)
  const village = await get('reviewer', `/api/orders/progress/units?parentId=${walk.unit('T-STREET')}`)
  expect(village.path.map((p: { name: string }) => p.name)).toEqual(['测试市热线中心', '临澜区政府', '澜湾街道办'])
  expect(count(village.units, walk.unit('T-COMMUNITY'), 'handling')).toBe(1)
  const where = encodeURIComponent(JSON.stringify({ all: [{ field: 'unitLine', op: 'has', value: [walk.unit('T-DISTRICT')] }, { field: 'state', op: 'in', value: ['inProgress'] }] }))
  expect((await get('reviewer', `/api/orders/query?where=${where}`)).items.map((r: { id: string }) => r.id)).toEqual([order.id])
  const seen = await get('handler2', '/api/orders/progress/units')
  expect(count(seen.units, walk.unit('T-DISTRICT'), 'handling')).toBe(0)
  expect((await (await walk.who('otherReviewer')).get(`/api/orders/progress/units?parentId=${walk.unit('T-DISTRICT')}`)).status).toBe(404)
})
