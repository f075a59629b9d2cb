// Knowledge beyond one list: scenarios, other tenants, groups of the public, connected applications (KNO-13, 20, 31, 32, 36).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { publicPolicies, publicScenes } from '../index.ts'
import { publicGroups } from '../ports.ts'
import { seedKnowledge } from '../seed.ts'

let app: TestApp
let admin: Client
let agent: Client
let below: Client
let ids: Map<string, string>
let countyId: string
let cityId: string

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const item = (title: string, more: Record<string, unknown> = {}) => ({ title, keywords: [], directory: 'heat', type: 'policy', body: `${title}的内容。`, audience: 'public' as const, ...more })

beforeAll(async () => {
  app = await testApp()
  ;[admin, agent, below] = [await app.as('businessAdmin'), await app.as('agent'), await app.as('countyReviewer')]
  countyId = (await app.actor('countyReviewer')).tenantId
  cityId = (await app.actor('agent')).tenantId
  ids = await app.command((ctx) => seedKnowledge(ctx, {
    directories: [{ code: 'heat', name: '供热' }],
    items: [
      item('供热补贴政策'), item('企业用热优惠政策', { groups: ['enterprise'] }), item('停热抢修指南', { type: 'guide' }), item('暖气不热先自查', { type: 'faq' }),
      item('老旧小区供热改造案例', { type: 'case', audience: 'staff', body: '居民电话13912345678反映室温低。', fields: { appeal: '联系人13912345678', handling: '更换管网', result: '室温达标' } }), item('只给中心看的话术', { audience: 'centre', type: 'script' }),
    ],
  }))
})
afterAll(() => app.stop())
const idOf = (title: string): string => ids.get(title) ?? ''

test('建立场景并关联三条知识：检索时领头；取消关联后不再出现；公众页只看到公开的', async () => {
  expect((await ok(admin.post('/api/knowledge/libraries/shipped', {}))).added).toBe(8)
  const list = await ok(admin.get('/api/knowledge/libraries'))
  expect([list.shipped, list.items.length]).toEqual([0, 8])
  const handling = list.items.find((one: { code: string }) => one.code === 'handling')
  const { id } = await ok(admin.post('/api/knowledge/scenarios', { libraryId: handling.id, name: '停热', words: ['停热', '抢修'] }))
  expect((await admin.post('/api/knowledge/scenarios', { libraryId: handling.id, name: '停热' })).status).toBe(422)
  const three = [idOf('暖气不热先自查'), idOf('停热抢修指南'), idOf('只给中心看的话术')]
  await ok(admin.put(`/api/knowledge/scenarios/${id}/items`, { itemIds: three }))
  const led = (await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('小区停热了怎么办')}`))).scenario
  expect([led.name, led.items.map((one: { title: string }) => one.title)]).toEqual(['停热', ['暖气不热先自查', '停热抢修指南', '只给中心看的话术']])
  const opened = (await ok(agent.get(`/api/knowledge/scenarios/${id}`))).list
  expect(opened.slice(0, 3).every((one: { linked: boolean }) => one.linked)).toBe(true)
  // Staff only: not among the public scenes; in a public library without what only the centre may see.
  expect(await app.query((ctx) => publicScenes(ctx))).toEqual([])
  const work = list.items.find((one: { code: string }) => one.code === 'housing')
  const shown = await ok(admin.post('/api/knowledge/scenarios', { libraryId: work.id, name: '供热', words: ['暖气'] }))
  await ok(admin.put(`/api/knowledge/scenarios/${shown.id}/items`, { itemIds: three }))
  expect((await app.query((ctx) => publicScenes(ctx))).flatMap((one) => one.scenarios.flatMap((s) => s.items.map((i) => i.title)))).toEqual(['暖气不热先自查', '停热抢修指南'])
  await ok(admin.put(`/api/knowledge/scenarios/${id}/items`, { itemIds: [] }))
  expect((await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('小区停热了怎么办')}`))).scenario.items).toEqual([])
  expect((await agent.put(`/api/knowledge/scenarios/${id}/items`, { itemIds: three })).status).toBe(403)
  expect((await admin.put(`/api/knowledge/scenarios/${id}/items`, { itemIds: ['0190a000-0000-7000-8000-000000000000'] })).status).toBe(422)
  expect((await below.get(`/api/knowledge/scenarios/${id}`)).status).toBe(404)
})

test('推送案例：对方收到通知和只读知识，个人信息打码；登记使用、复制为草稿后，属主看得到；取消后对方检索不到也打不开', async () => {
  const id = idOf('老旧小区供热改造案例')
  const targets = (await ok(admin.get('/api/knowledge/shares/targets'))).items
  expect(targets.map((one: { id: string }) => one.id)).toContain(countyId)
  expect(targets.map((one: { id: string }) => one.id)).not.toContain(cityId)
  expect((await ok(below.get('/api/knowledge/shared'))).items).toEqual([])
  expect((await below.get(`/api/knowledge/shared/${cityId}/${id}`)).status).toBe(404)
  expect((await agent.post('/api/knowledge/shares', { itemId: id, tenantIds: [countyId] })).status).toBe(403)
  expect((await admin.post('/api/knowledge/shares', { itemId: id, tenantIds: ['0190a000-0000-7000-8000-000000000000'] })).status).toBe(422)
  expect((await ok(admin.post('/api/knowledge/shares', { itemId: id, tenantIds: [countyId], kind: 'push', reason: '值得借鉴' }))).added).toBe(1)
  expect((await ok(below.get(`/api/knowledge/shared?q=${encodeURIComponent('供热改造')}`))).items).toMatchObject([{ id, tenantId: cityId, pushed: true }])
  // Lists quote the text: numbers are masked in them too, here, at home and in public.
  for (const list of [await ok(below.get(`/api/knowledge/shared?q=${encodeURIComponent('居民电话')}`)), await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('居民电话')}`))]) {
    expect(JSON.stringify(list.items)).toContain('139****5678')
    expect(JSON.stringify(list.items)).not.toContain('13912345678')
  }
  // One list over the hotlines: what happened, what was done, what came of it, and how much of the question it holds.
  const cases = (client: Client, query: string) => ok(client.get(`/api/knowledge/cases?${query}`))
  const [found] = (await cases(below, `q=${encodeURIComponent('供热改造 管网')}`)).items
  expect(found).toMatchObject({ tenantId: cityId, tenantName: expect.any(String), pushed: true, id, match: 100, appeal: '联系人139****5678', handling: '更换管网', result: '室温达标' })
  expect((await cases(below, `q=${encodeURIComponent('供热改造')}&scope=own`)).items).toEqual([])
  expect((await cases(agent, `q=${encodeURIComponent('供热改造')}`)).items).toMatchObject([{ id, tenantId: cityId, tenantName: null }])
  expect((await cases(agent, `q=${encodeURIComponent('供热改造')}&scope=shared`))).toMatchObject({ items: [], count: 0, sources: [] })
  expect((await cases(below, `tenantId=${cityId}`))).toMatchObject({ count: 1, sources: [{ tenantId: cityId, count: 1 }] })
  expect((await below.get(`/api/knowledge/cases?likeId=${idOf('供热补贴政策')}&likeTenantId=${cityId}`)).status).toBe(404)
  expect((await cases(below, `likeId=${id}&likeTenantId=${cityId}`)).items).toEqual([])
  await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'local', name: '本地案例' }], items: [{ title: '小区供热管网改造案例', keywords: [], directory: 'local', type: 'case', audience: 'staff', body: '改造后室温达标。', fields: { appeal: '室温低', handling: '改造', result: '达标' } }] }), { tenantId: countyId })
  expect((await cases(below, `likeId=${id}&likeTenantId=${cityId}`)).items).toMatchObject([{ title: '小区供热管网改造案例', tenantName: null, match: expect.any(Number) }])
  expect((await cases(below, `q=${encodeURIComponent('供热')}&sort=fit`)).items.map((one: { title: string }) => one.title).toSorted()).toEqual(['小区供热管网改造案例', '老旧小区供热改造案例'])
  expect((await app.nobody('staff').get('/api/knowledge/cases')).status).toBe(401)
  // What was not shared stays unknown, by search and by its id.
  expect((await ok(below.get(`/api/knowledge/shared?q=${encodeURIComponent('供热')}`))).count).toBe(1)
  expect((await below.get(`/api/knowledge/shared/${cityId}/${idOf('供热补贴政策')}`)).status).toBe(404)
  const opened = await ok(below.get(`/api/knowledge/shared/${cityId}/${id}`))
  expect(JSON.stringify(opened)).toContain('139****5678')
  expect(JSON.stringify(opened)).not.toContain('13912345678')
  const { rows } = await sql<{ title: string }>`select title from platform_message where tenant_id = ${countyId} and type = 'knowledge.pushed'`.execute(app.app.runtime.db.withoutPlugins())
  expect(rows.every((row) => row.title.includes('老旧小区供热改造案例'))).toBe(true)
  expect((await ok(below.post(`/api/knowledge/shared/${cityId}/${id}/use`, { note: '照此办理两件' }))).used).toBe(1)
  const countyUnit = (await sql<{ id: string }>`select id from platform_unit where tenant_id = ${countyId} and kind = 'centre'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id
  const directory = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'own', name: '本地' }], items: [] }).then(() => sql<{ id: string }>`select id from knowledge_directory where tenant_id = ${countyId}`.execute(ctx.db())), { tenantId: countyId })
  const copied = await ok(below.post(`/api/knowledge/shared/${cityId}/${id}/copy`, { directoryId: directory.rows[0]?.id, ownerUnitId: countyUnit }))
  expect((await ok(below.get(`/api/knowledge/tickets/${copied.ticketId}`))).content).toMatchObject({ title: '老旧小区供热改造案例', audience: 'staff' })
  const [share] = (await ok(admin.get(`/api/knowledge/shares?itemId=${id}`))).items
  expect(share).toMatchObject({ kind: 'push', reads: 1, used: 1, copies: 1, state: 'active' })
  expect((await ok(admin.get(`/api/knowledge/shares/${share.id}/uses`))).items.map((one: { kind: string }) => one.kind).toSorted()).toEqual(['copy', 'used'])
  await ok(admin.post(`/api/knowledge/shares/${share.id}/state`, { state: 'suspended' }))
  expect((await ok(below.get('/api/knowledge/shared'))).count).toBe(0)
  await ok(admin.post(`/api/knowledge/shares/${share.id}/state`, { state: 'cancelled' }))
  expect((await below.get(`/api/knowledge/shared/${cityId}/${id}`)).status).toBe(404)
  expect((await admin.post(`/api/knowledge/shares/${share.id}/state`, { state: 'active' })).status).toBe(409)
})

test('面向企业的政策企业看得到、个人看不到；下架后下一次打开就没有', async () => {
  let group = 'person'
  publicGroups.add(async () => [group])
  const titles = (of: string) => { group = of; return app.query(async (ctx) => (await publicPolicies(ctx, { limit: 20 })).map((one) => one.title)) }
  expect((await titles('enterprise')).toSorted()).toEqual(['企业用热优惠政策', '供热补贴政策'])
  expect(await titles('person')).toEqual(['供热补贴政策'])
  await ok(admin.post(`/api/knowledge/items/${idOf('企业用热优惠政策')}/suspend-now`, { reason: '政策废止' }))
  expect(await titles('enterprise')).toEqual(['供热补贴政策'])
})

test('应用只读到对它开放的知识；撤下的在增量里是删除；不认识的条件拒绝；超过配额 429；调用有日志', async () => {
  const [system, approver] = [await app.as('systemAdmin'), await app.as('tenantAdmin')]
  const made = await ok(system.post('/api/admin/applications', { code: 'portal', name: '政务服务平台', category: '业务系统', owner: '数据局', address: 'https://p.example.gov.cn/', accountId: (await app.actor('handler2')).id, checklist: ['identity', 'organisation', 'messages', 'audit'] }))
  const read = await ok(system.get(`/api/admin/applications/${made.id}`))
  await ok(system.patch(`/api/admin/applications/${made.id}`, { version: read.version, state: 'running' }))
  const grant = await ok(system.post(`/api/admin/applications/${made.id}/grants`, { purpose: '同步知识', scopes: ['knowledge.read'], validTo: '2099-01-01' }))
  await ok(approver.post(`/api/admin/application-grants/${grant.id}/decide`, { outcome: 'approve' }))
  const token = (await ok(app.nobody('staff').post('/api/oauth/token', { grant_type: 'client_credentials', client_id: 'portal@test', client_secret: made.secret }))).access_token
  const call = (path: string) => app.nobody('staff').get(path, { authorization: `Bearer ${token}` })
  app.clock.advance(MINUTE)
  const all = await ok(call('/api/open/knowledge/changes'))
  const of = (title: string) => all.changes.find((one: { id: string }) => one.id === idOf(title))
  expect(of('供热补贴政策')).toMatchObject({ change: 'put', item: { title: '供热补贴政策', text: '供热补贴政策的内容。' } })
  expect(of('企业用热优惠政策')).toMatchObject({ change: 'delete', item: null })
  expect(of('只给中心看的话术')).toBeUndefined()
  expect((await ok(call(`/api/open/knowledge/changes?after=${all.after}`))).changes).toEqual([])
  // A library that programs take over: what is linked to it by hand reaches them, what is unlinked comes as a deletion.
  const enterprise = (await ok(admin.get('/api/knowledge/libraries'))).items.find((one: { code: string }) => one.code === 'enterprise')
  const zone = async (after: string | null) => ok(call(`/api/open/knowledge/changes?library=enterprise${after === null ? '' : `&after=${after}`}`))
  const none = await zone(null)
  expect(none.changes).toEqual([])
  const link = async (itemIds: string[]) => { await ok(admin.put(`/api/knowledge/scenarios/${enterprise.scenarios[0].id}/items`, { itemIds })); app.clock.advance(MINUTE) }
  await link([idOf('停热抢修指南')])
  const came = await zone(none.after)
  expect(came.changes).toMatchObject([{ id: idOf('停热抢修指南'), change: 'put', item: { title: '停热抢修指南' } }])
  await link([])
  const went = await zone(came.after)
  expect(went.changes).toMatchObject([{ id: idOf('停热抢修指南'), change: 'delete', item: null }])
  expect((await zone(went.after)).changes).toEqual([])
  await ok(admin.post(`/api/knowledge/items/${idOf('供热补贴政策')}/suspend-now`, { reason: '更正' }))
  app.clock.advance(MINUTE)
  expect((await ok(call(`/api/open/knowledge/changes?after=${all.after}`))).changes).toMatchObject([{ id: idOf('供热补贴政策'), change: 'delete' }])
  expect((await ok(call(`/api/open/knowledge?q=${encodeURIComponent('停热抢修')}&typeCode=guide`))).items.map((one: { title: string }) => one.title)).toEqual(['停热抢修指南'])
  expect((await ok(call(`/api/open/knowledge?q=${encodeURIComponent('话术')}`))).items.map((one: { title: string }) => one.title)).not.toContain('只给中心看的话术')
  expect(await call('/api/open/knowledge?unit=1')).toMatchObject({ status: 422, body: { code: 'kernel.invalid' } })
  expect((await app.nobody('staff').get('/api/open/knowledge')).status).toBe(401)
  const log = await ok(admin.get('/api/knowledge/open-calls'))
  expect(log.today).toMatchObject([{ application: expect.stringContaining('政务服务平台'), calls: 9 }])
  await ok(approver.put('/api/admin/settings/kno.open.quota', { value: 9, version: 0 }))
  expect((await call('/api/open/knowledge')).status).toBe(429)
})

test('同一事项两条知识收费不同会列出两处原文；保留后再校验不再出现，改了文字才再列出；依据失效、相关知识下架也列出', async () => {
  await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'cards', name: '证件' }], items: [
    { title: '居住证补领指南', keywords: [], directory: 'cards', type: 'guide', audience: 'public', body: '补领工本费每证20元。' }, { title: '居住证补领须知', keywords: [], directory: 'cards', type: 'faq', audience: 'public', body: '补领居住证免费办理。', basis: '《居住证收费办法》' },
  ] }).then((made) => { for (const [title, id] of made) ids.set(title, id) }))
  await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'laws', name: '法规' }], items: [{ title: '居住证收费办法', keywords: [], directory: 'laws', type: 'policy', audience: 'public', body: '自印发之日起施行。' }] }).then((made) => ids.set('居住证收费办法', made.get('居住证收费办法') ?? '')))
  const open = async (state = 'open') => (await ok(admin.get(`/api/knowledge/findings?state=${state}`))).items
  await ok(admin.post('/api/knowledge/findings/check', {}))
  const [found] = (await open()).filter((one: { kind: string }) => one.kind === 'contradiction')
  expect([found.label, [found.a.passage, found.b.passage].toSorted()]).toEqual(['收费', ['补领居住证免费办理', '补领工本费每证20元'].toSorted()])
  await ok(admin.post(`/api/knowledge/findings/${found.id}/decide`, { state: 'kept', note: '两类人群' }))
  expect((await admin.post(`/api/knowledge/findings/${found.id}/decide`, { state: 'kept' })).status).toBe(409)
  expect((await ok(admin.post('/api/knowledge/findings/check', {}))).found).toBe(0)
  expect((await open()).filter((one: { kind: string }) => one.kind === 'contradiction')).toEqual([])
  await ok(admin.post(`/api/knowledge/items/${idOf('居住证收费办法')}/suspend-now`, { reason: '已废止' }))
  await ok(admin.post('/api/knowledge/findings/check', {}))
  expect(await open()).toMatchObject([{ kind: 'repealedBasis', label: '居住证收费办法', a: { title: '居住证补领须知' } }])
  expect((await agent.get('/api/knowledge/findings')).status).toBe(403)
  expect((await ok(below.get('/api/knowledge/findings'))).items).toEqual([])
})
