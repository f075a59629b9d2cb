import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { labelUses } from './label-statistics.ts'
import { labelsByIds, labelsCountedUnder, offeredLabels } from './label.queries.ts'

let app: TestApp
let admin: Client
const marks = new Map<string, number>()
beforeAll(async () => {
  app = await testApp()
  admin = await app.as('businessAdmin')
  labelUses.clear() // marks of this test only, not those of orders
  labelUses.add(async () => ({ counts: marks, link: (id) => `/orders?label=${id}` }))
})
afterAll(async () => {
  labelUses.clear()
  await app.stop()
})

const make = async (name: string, code: string, more: object = {}) => admin.post('/api/labels', { classCode: 'own', code, name, ...more })

test('租户一开通就有出厂的标签类别', async () => {
  const { body } = await (await app.as('agent')).get('/api/label-classes')
  expect(body.items.map((c: { code: string }) => c.code)).toEqual(['upper', 'own', 'keyEvent', 'operation', 'topic', 'knowledge', 'risk', 'assessment'])
})

test('同类别重名为 409，编码全库唯一，没有权限的人不能新增', async () => {
  expect((await make('噪音扰民', 'noise')).status).toBe(200)
  expect(await make('噪音扰民', 'noise2')).toMatchObject({ status: 409, body: { code: 'platform.labelNameTaken' } })
  expect(await make('施工噪音', 'noise')).toMatchObject({ status: 409, body: { code: 'platform.labelCodeTaken' } })
  expect((await (await app.as('handler')).post('/api/labels', { classCode: 'own', code: 'x1', name: '甲' })).status).toBe(403)
  expect((await make('甲', 'x2', { classCode: 'none' })).body.code).toBe('platform.unknownLabelClass')
})

test('没有维护权的人只能建议，建议的标签确认后才可选', async () => {
  const { body } = await (await app.as('reviewer')).post('/api/labels', { classCode: 'own', code: 'lamp', name: '路灯' })
  expect(body.state).toBe('proposed')
  const names = async () => (await app.query((ctx) => offeredLabels(ctx, { ids: [body.id] }))).map((l) => l.name)
  expect(await names()).toEqual([])
  expect((await (await app.as('reviewer')).post(`/api/labels/${body.id}/state`, { state: 'enabled', version: 1 })).status).toBe(403)
  await admin.post(`/api/labels/${body.id}/state`, { state: 'enabled', version: 1 })
  expect(await names()).toEqual(['路灯'])
})

test('甲并入乙：乙的数量增加甲的数量，甲不再可选但旧名仍可查', async () => {
  const [a, b] = [(await make('占道经营', 'stall')).body.id, (await make('流动摊贩', 'vendor')).body.id]
  marks.set(a, 3).set(b, 4)
  const countOf = async (id: string) => (await admin.get('/api/labels/statistics?from=2026-11-01&to=2026-11-30')).body.items.find((i: { id: string }) => i.id === id)
  expect(await countOf(b)).toMatchObject({ count: 4 })
  expect((await admin.post(`/api/labels/${a}/merge`, { into: a, reason: '重复', version: 1 })).body.code).toBe('platform.labelMergeTarget')
  expect((await admin.post(`/api/labels/${a}/merge`, { into: b, reason: '重复', version: 1 })).status).toBe(200)
  expect(await countOf(b)).toMatchObject({ count: 7, included: ['占道经营'], link: `/orders?label=${b}` })
  expect(await countOf(a)).toBeUndefined()
  expect(await app.query((ctx) => offeredLabels(ctx, { ids: [a, b] }))).toHaveLength(1)
  expect((await app.query((ctx) => labelsByIds(ctx, [a]))).get(a)).toMatchObject({ name: '占道经营', state: 'merged', mergedInto: b })
  expect((await app.query((ctx) => labelsCountedUnder(ctx, [b]))).get(b)).toHaveLength(2)
  expect((await admin.patch(`/api/labels/${a}`, { name: '新名', version: 2 })).body.code).toBe('platform.labelEnded')
})

test('上级标签不能成环，版本不符为 409，别的租户看不到', async () => {
  const [a, b] = [(await make('上层', 'up')).body.id, (await make('下层', 'down')).body.id]
  expect((await admin.patch(`/api/labels/${b}`, { parentId: a, version: 1 })).status).toBe(200)
  expect((await admin.patch(`/api/labels/${a}`, { parentId: b, version: 1 })).body.code).toBe('platform.labelParent')
  expect((await admin.patch(`/api/labels/${b}`, { name: '下层甲', version: 1 })).status).toBe(409)
  expect((await (await app.as('otherAdmin')).get(`/api/labels/${a}`)).status).toBe(404)
  expect((await (await app.as('otherAdmin')).patch(`/api/labels/${a}`, { name: '改', version: 1 })).status).toBe(404)
})

test('月度复核列出建议、相近、过期和久未使用的标签', async () => {
  await (await app.as('shiftLeader')).post('/api/labels', { classCode: 'topic', code: 'p1', name: '供暖不热' })
  await make('供暖', 't2', { classCode: 'topic', synonyms: ['供暖不热'] })
  await make('旧专项', 't3', { classCode: 'topic', validTo: '2020-01-01' })
  const { body } = await admin.get('/api/labels/review')
  const kinds = (name: string) => body.items.filter((i: { name: string }) => i.name === name).map((i: { kind: string }) => i.kind)
  expect(kinds('供暖不热')).toContain('proposed')
  expect(kinds('旧专项')).toEqual(['expired', 'unused'])
  expect([...kinds('供暖'), ...kinds('供暖不热')]).toContain('similar')
})
