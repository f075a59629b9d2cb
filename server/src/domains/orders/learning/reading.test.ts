// Beside an order: feeling, complained-against subjects, the script of a talk, where it was sent and why that was wrong (AI-14, 22, 24, 26).
import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { seedKnowledge } from '../../knowledge/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
}, 120_000)
afterAll(() => app.stop())

async function run(code: string, mode: string): Promise<void> {
  const admin = await walk.who('tenantAdmin')
  const { version } = (await walk.ok(admin.get('/api/ai/applications'))).items.find((a: { code: string }) => a.code === code)
  await walk.ok(admin.patch(`/api/ai/applications/${code}`, { mode, candidates: 3, threshold: 0.5, limitMs: 3000, target: 0.9, reason: '试用', version }))
}

test('停水来电给出停水话术和下一步，说过的打勾；停用话术立即不再给出；应用关闭、别的词检索', async () => {
  const ids = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'scripts', name: '话术' }], items: [
    { title: '停水来电应答', keywords: ['停水', '抢修'], directory: 'scripts', type: 'script', fields: { scene: '停水' }, audience: 'staff', body: '先安抚来电人，说明正在核实停水情况\n\n询问小区名称和楼号\n\n告知抢修恢复时间' },
    { title: '拒绝越权承诺', keywords: ['承诺'], directory: 'scripts', type: 'script', fields: { scene: '拒绝' }, audience: 'staff', body: '不能代承办单位承诺办结时间' },
  ] }))
  const agent = await walk.who('agent')
  const fit = async (body: Record<string, unknown>) => walk.ok(agent.post('/api/orders/fit-script', body))
  const found = await fit({ heard: '我们小区停水一天了，什么时候来水', said: '您好，请问您的小区名称和楼号是多少？' })
  expect(found.items[0]).toMatchObject({ title: '停水来电应答', why: expect.arrayContaining(['停水']), steps: [{ done: false }, { done: true }, { done: false }], next: 0 })
  expect((await fit({ q: '承诺' })).items.map((one: { title: string }) => one.title)).toEqual(['拒绝越权承诺'])
  expect((await fit({ heard: '路灯不亮' })).items).toEqual([])
  await walk.ok((await walk.who('businessAdmin')).post(`/api/knowledge/items/${ids.get('停水来电应答') ?? ''}/suspend-now`, { reason: '口径调整' }))
  expect((await fit({ heard: '小区停水' })).items).toEqual([])
  await run('script', 'off')
  expect(await fit({ q: '承诺' })).toEqual({ available: false, items: [] })
})

test('被诉主体：简称和全称归到同一家企业，名录没有的不关联，人改过的再读也不变，删掉的不再出现；情绪给出依据', async () => {
  const { tenantId } = await app.actor('agent')
  const enterprise = randomUUID()
  await walk.rows(sql`insert into matter_enterprise (tenant_id, id, credit_code, name, aliases, area_code, industry, search_key, search_tokens, state, created_by_name, created_at, updated_at) values (${tenantId}, ${enterprise}, '91110000TEST00001X', '澜川暖阳供热有限公司', array['暖阳供热公司'], '880100', '供热', 'x', ''::tsvector, 'effective', '测试', now(), now()) returning id`)
  const order = await walk.register({ title: '供热公司不退费', content: '投诉澜川暖阳供热有限公司不退费，暖阳供热公司态度恶劣，非常气愤。另外幸福里超市也乱收费。' })
  const reviewer = await walk.who('reviewer')
  const read = await walk.ok(reviewer.get(`/api/orders/${order.id}/reading`))
  expect(read.emotion).toMatchObject({ polarity: 'negative', words: expect.arrayContaining(['非常气愤']) })
  expect(read.subjects.filter((one: { enterpriseId: string }) => one.enterpriseId === enterprise)).toMatchObject([{ name: '澜川暖阳供热有限公司', industry: '供热', outOfArea: true }])
  const other = read.subjects.find((one: { raw: string }) => one.raw.includes('超市'))
  expect(other).toMatchObject({ enterpriseId: null, by: 'machine' })
  await walk.ok(reviewer.put(`/api/orders/${order.id}/subjects`, { raw: other.raw, name: '幸福里便民超市' }))
  expect((await walk.ok(reviewer.get(`/api/orders/${order.id}/reading`))).subjects).toContainEqual(expect.objectContaining({ raw: other.raw, name: '幸福里便民超市', by: 'person' }))
  await walk.ok(reviewer.put(`/api/orders/${order.id}/subjects`, { raw: other.raw, name: null }))
  expect((await walk.ok(reviewer.get(`/api/orders/${order.id}/reading`))).subjects.map((one: { raw: string }) => one.raw)).not.toContain(other.raw)
  expect((await (await walk.who('handler2')).get(`/api/orders/${order.id}/reading`)).status).toBe(404)
  expect((await (await walk.who('inspector')).put(`/api/orders/${order.id}/subjects`, { raw: 'x', name: 'y' })).status).toBe(403)
  await run('emotion', 'off')
  expect((await walk.ok(reviewer.get(`/api/orders/${order.id}/reading`))).emotion).toBeNull()
})

test('退回的派发出现在误派里并给出原因，准确率正好少这一件；确认后计入原因；没退回的不能定因', async () => {
  const [kept, wrong] = [await walk.dispatched(), await walk.dispatched()]
  const admin = await walk.who('tenantAdmin')
  const figures = async () => walk.ok(admin.get('/api/orders/dispatches/figures'))
  const before = await figures()
  expect(before).toMatchObject({ dispatched: 2, wrong: 0 })
  await walk.rows(sql`insert into order_request (tenant_id, id, order_id, assignment_id, unit_id, unit_name, kind, stage, state, reason_class, reason, applicant_name, created_at, decided_at) select tenant_id, gen_random_uuid(), order_id, id, unit_id, unit_name, 'return', 'ended', 'approved', '内容不清', '未写明具体楼号，无法到场核实', '测试', dispatched_at, dispatched_at + interval '90 minutes' from order_assignment where id = ${wrong.first} returning id`)
  expect(await figures()).toMatchObject({ dispatched: 2, wrong: 1, lostMinutes: 90 })
  const { items } = await walk.ok(admin.get('/api/orders/dispatches?wrong=true'))
  expect(items).toMatchObject([{ id: wrong.first, mode: 'person', proposed: 'ambiguous', lostMinutes: 90, cause: null }])
  expect((await walk.ok(admin.get('/api/orders/dispatches'))).items).toHaveLength(2)
  expect((await admin.put(`/api/orders/dispatches/${kept.first}/cause`, { cause: 'person' })).status).toBe(422)
  await walk.ok(admin.put(`/api/orders/dispatches/${wrong.first}/cause`, { cause: 'ambiguous', note: '登记时补问楼号' }))
  expect((await figures()).causes).toEqual([{ cause: 'ambiguous', confirmed: 1 }])
  expect((await walk.ok(admin.get('/api/orders/dispatches?unconfirmed=true'))).items).toEqual([])
  expect((await (await walk.who('agent')).get('/api/orders/dispatches')).status).toBe(403)
  expect((await (await walk.who('reviewer')).put(`/api/orders/dispatches/${wrong.first}/cause`, { cause: 'person' })).status).toBe(403)
})
