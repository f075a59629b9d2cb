import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeXlsx } from '../../kernel/sheets/index.ts'
import { testApp, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { recommendUnits, seedMatters, type SeededMatters } from './index.ts'
import { reviewTodo } from './standard/platform-answers.ts'

let app: TestApp
let seeded: SeededMatters
let manager: Client
let reviewer: Client

beforeAll(async () => {
  app = await testApp()
  seeded = await app.command((ctx) =>
    seedMatters(ctx, {
      directories: [{ code: 'CG', name: '城市管理', parentCode: null }, { code: 'CG-01', name: '市容环境', parentCode: 'CG' }],
      matters: [
        { code: 'CG-01-01', name: '占道经营', directoryCode: 'CG-01', competentUnitCode: 'T-URBAN', appealTypes: ['complaint', 'report'], closingStandard: [{ text: '现场整改', evidence: true }], closingBasis: '市容示例办法' },
        { code: 'CG-01-02', name: '垃圾清运', directoryCode: 'CG-01', closingStandard: [{ text: '清运完毕', evidence: false }] },
      ],
      duties: [{ matterCode: 'CG-01-01', unitCode: 'T-URBAN', role: 'lead', areaCode: '990100' }, { matterCode: 'CG-01-01', unitCode: 'T-STREET', role: 'lead', areaCode: '990101001' }],
      nodes: [{ scheme: 'category', code: '01', name: '城市管理', parentCode: null }, { scheme: 'category', code: '0101', name: '市容', parentCode: '01' }],
      limits: [{ scopeKind: 'category', scopeCode: '01', clock: 'handling', duration: { amount: 4, unit: 'workingDays' } }],
    }),
  )
  manager = await app.as('matterManager')
  reviewer = await app.as('businessAdmin')
})
afterAll(() => app.stop())

const matterId = (): string => seeded.matters.get('CG-01-01') ?? ''

test('未登录 401，承办人员可查看不可修改，没有的事项 404', async () => {
  expect((await app.nobody().get('/api/matters/items')).status).toBe(401)
  const handler = await app.as('handler')
  const list = await handler.get('/api/matters/items?query=zdjy')
  expect(list.body.items.map((item: { code: string }) => item.code)).toEqual(['CG-01-01'])
  expect(list.body.items[0].acts).toEqual([])
  expect((await handler.post('/api/matters/items', { code: 'X', name: 'X', directoryId: seeded.directories.get('CG-01') })).status).toBe(403)
  expect((await handler.get('/api/matters/items/00000000-0000-7000-8000-000000000000')).status).toBe(404)
  expect((await handler.get('/api/matters/items/none')).status).toBe(404)
})

test('修改经他人审核后生效，审核人收到待办', async () => {
  const item = await manager.get(`/api/matters/items/${matterId()}`)
  const edited = await manager.patch(`/api/matters/items/${matterId()}`, { revision: item.body.revision, conditions: '占用城市道路经营' })
  expect(edited.status).toBe(200)
  expect((await app.query(reviewTodo, 'businessAdmin')).todo.map((todo) => todo.title)).toEqual(['占道经营'])
  expect((await app.query(reviewTodo, 'matterManager')).todo).toEqual([])
  expect((await manager.post(`/api/matters/changes/${edited.body.changeId}/decide`, { outcome: 'approve' })).status).toBe(403)
  expect((await reviewer.post(`/api/matters/changes/${edited.body.changeId}/decide`, { outcome: 'approve', opinion: '同意' })).body).toEqual({ state: 'approved', version: 2 })
  expect((await manager.get(`/api/matters/items/${matterId()}`)).body).toMatchObject({ conditions: '占用城市道路经营', version: 2 })
})

test('已生效事项改目录 409，删除 409，字段错误 422 并指出字段', async () => {
  const { revision } = (await manager.get(`/api/matters/items/${matterId()}`)).body
  const locked = await manager.patch(`/api/matters/items/${matterId()}`, { revision, directoryId: seeded.directories.get('CG') })
  expect([locked.status, locked.body.code, locked.body.fields[0].path]).toEqual([409, 'matters.lockedFields', 'directoryId'])
  expect((await manager.post(`/api/matters/objects/matter/${matterId()}/acts`, { act: 'delete' })).status).toBe(409)
  const bad = await manager.post('/api/matters/items', { code: '不行', name: '', directoryId: seeded.directories.get('CG-01') })
  expect([bad.status, bad.body.fields.map((field: { path: string }) => field.path)]).toEqual([422, ['code', 'name']])
  expect((await manager.post('/api/matters/items', { code: 'CG-9', name: '挂错', directoryId: seeded.directories.get('CG') })).status).toBe(422)
})

test('时限规则的负数 422，测试接口给出规则', async () => {
  const bad = await manager.post('/api/matters/limits', { scopeKind: 'tenant', clock: 'sign', duration: { amount: -2, unit: 'naturalHours' } })
  expect([bad.status, bad.body.fields[0].path]).toEqual([422, 'duration.amount'])
  const answer = await manager.post('/api/matters/limits/test', { appealType: 'complaint', categoryId: seeded.nodes.get('category:0101'), clocks: ['handling'] })
  expect(answer.body.items[0].limit).toMatchObject({ durationText: '4个工作日', scopeText: '归口：城市管理' })
})

test('播种的职责清单按区划推荐，县级租户看到上级事项而职责各自维护', async () => {
  const units = await app.query((ctx) => recommendUnits(ctx, { matterId: matterId(), areaCode: '990101001001' }), 'agent')
  expect(units.map((unit) => [unit.path.length, unit.path.at(-1)?.id === unit.unitId, unit.path.at(-1)?.name.endsWith('街道办')])).toEqual([[3, true, true]])
  const county = await app.as('countyReviewer')
  expect((await county.get('/api/matters/search?query=zhandao')).body.items).toHaveLength(1)
  expect((await county.get(`/api/matters/recommendation?matterId=${matterId()}&areaCode=990102`)).body).toEqual({ units: [], negative: [] })
})

test('县级有同编码的自有事项时不再提供上级的，旧工单仍可按编号读到上级的', async () => {
  const tenantId = (await app.actor('countyReviewer')).tenantId
  const own = await app.command(
    (ctx) => seedMatters(ctx, {
      directories: [{ code: 'CG', name: '县城管', parentCode: null }],
      matters: [{ code: 'CG-01-01', name: '占道经营（县）', directoryCode: 'CG', closingStandard: [{ text: '整改', evidence: false }] }],
      duties: [{ matterCode: 'CG-01-02', unitCode: 'C-URBAN', role: 'lead', areaCode: '990102' }],
      nodes: [{ scheme: 'category', code: '01', name: '县城市管理', parentCode: null, ownerUnitCode: 'C-URBAN' }],
    }),
    { tenantId },
  )
  const county = await app.as('countyReviewer')
  expect((await county.get('/api/matters/search?query=zhandao')).body.items.map((item: { id: string }) => item.id)).toEqual([own.matters.get('CG-01-01')])
  expect((await county.get('/api/matters/items')).body.items.map((item: { name: string }) => item.name)).toEqual(['占道经营（县）', '垃圾清运'])
  const tree = (await county.get('/api/matters/directories/tree')).body.items as { id: string; name: string; parentId: string | null }[]
  expect(tree.map((node) => node.name)).toEqual(['县城管', '市容环境'])
  expect(tree[1]?.parentId).toBe(tree[0]?.id)
  expect((await county.get('/api/matters/schemes/category/tree')).body.items.map((node: { name: string }) => node.name)).toEqual(['县城市管理', '市容'])
  expect((await county.get(`/api/matters/items/${matterId()}`)).body).toMatchObject({ name: '占道经营', origin: 'upper' })
  expect((await county.get(`/api/matters/recommendation?matterId=${seeded.matters.get('CG-01-02')}&areaCode=990102001`)).body.units).toHaveLength(1)
  expect((await manager.get('/api/matters/search?query=zhandao')).body.items.map((item: { id: string }) => item.id)).toEqual([matterId()])
})

test('上传、检查、导入职责清单', async () => {
  const columns = ['事项编码*', '单位*', '角色*', '区划代码*'].map((label) => ({ key: label, label }))
  const rows = [{ '事项编码*': 'CG-01-02', '单位*': 'T-URBAN', '角色*': '主办', '区划代码*': '990100' }, { '事项编码*': 'CG-01-99', '单位*': 'T-URBAN', '角色*': '主办', '区划代码*': '990100' }]
  const content = await buffer(writeXlsx({ columns, rows }))
  const uploaded = await manager.upload('/api/matters/imports/dutyEntry', { name: '职责清单.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content })
  expect(uploaded.body).toMatchObject({ rows: 2 })
  expect((await manager.post(`/api/matters/imports/${uploaded.body.id}/check`)).body).toMatchObject({ good: 1, bad: 1, state: 'checked' })
  expect((await reviewer.post(`/api/matters/imports/${uploaded.body.id}/apply`)).status).toBe(404)
  expect((await manager.post(`/api/matters/imports/${uploaded.body.id}/apply`)).body).toMatchObject({ good: 1, state: 'applied' })
  expect((await manager.get('/api/matters/duties?state=pendingReview')).body.items).toHaveLength(1)
  const template = await manager.get('/api/matters/imports/matter/template')
  expect([template.status, template.headers['content-type']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'])
})
