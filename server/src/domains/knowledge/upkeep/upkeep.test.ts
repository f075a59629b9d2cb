// Units confirm what they own, and what is used most comes to the front.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isNear, reachNear } from '../../../kernel/http/far-request.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR } from '../../../kernel/time/index.ts'
import { cite, seedKnowledge } from '../index.ts'
import { crawl } from '../crawl/run-crawl.ts'
import { runPolicies } from './policies.ts'
import { applySetting } from '../../platform/index.ts'

let app: TestApp
let agent: Client, handler: Client, street: Client, admin: Client
let heat: string
let ids: Map<string, string>
const idOf = (title: string): string => ids.get(title) ?? ''
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
/** As if days had gone by for what was written before. */
const age = async (days: number): Promise<void> => {
  const db = app.app.runtime.db.withoutPlugins()
  await sql`update knowledge_item set confirmed_at = confirmed_at - make_interval(days => ${days}::int)`.execute(db)
  await sql`update knowledge_confirmation set begun_at = begun_at - make_interval(days => ${days}::int), due_at = due_at - make_interval(days => ${days}::int) where state = 'open'`.execute(db)
}
const run = () => app.command((ctx) => runPolicies(ctx))
const open = async (who: Client): Promise<any[]> => (await ok(who.get('/api/knowledge/confirmations?state=open'))).items

beforeAll(async () => {
  app = await testApp()
  ;[agent, handler, street, admin] = (await Promise.all(['agent', 'handler2', 'streetHandler', 'businessAdmin'].map((login) => app.as(login)))) as [Client, Client, Client, Client]
  heat = (await sql<{ id: string }>`select id from platform_unit where code = 'T-HEAT'`.execute(app.app.runtime.db.withoutPlugins())).rows[0]?.id ?? ''
  ids = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'heat', name: '供热' }], items: ['供热报停', '供热收费', '测温方法'].map((title) => ({ directory: 'heat', type: 'guide', title, keywords: [title], body: `${title}的办法。`, ...(title === '测温方法' ? {} : { ownerUnitCode: 'T-HEAT' }) })) }))
})
afterAll(() => app.stop())

test('一天的确认策略：任务到期出现，逾期标记并提醒，确认后重新计时；停用的策略不再产生任务', async () => {
  expect((await handler.post('/api/knowledge/policies', { name: '越权' })).status).toBe(403)
  const { id } = await ok(admin.post('/api/knowledge/policies', { name: '供热每日确认', unitIds: [heat], periodDays: 1, deadlineDays: 1, reminderDays: [1] }))
  expect((await admin.post('/api/knowledge/policies', { name: '供热每日确认' })).body.fields).toMatchObject([{ path: 'name' }])
  await run()
  expect(await open(handler)).toEqual([])
  await age(2)
  await run()
  await run()
  expect((await open(handler)).map((one) => [one.title, one.overdue]).toSorted()).toEqual([['供热报停', false], ['供热收费', false]])
  expect(await open(street)).toEqual([])
  expect((await agent.get('/api/knowledge/confirmations')).status).toBe(403)
  await age(2)
  await run()
  expect((await ok(handler.get('/api/knowledge/confirmations?overdue=true'))).items).toHaveLength(2)
  expect(JSON.stringify((await ok(handler.get('/api/messages'))).items)).toContain('知识逾期未确认：供热报停')
  await ok(handler.post(`/api/knowledge/items/${idOf('供热报停')}/confirm`))
  await run()
  expect((await open(handler)).map((one) => one.title)).toEqual(['供热收费'])
  expect((await ok(admin.get('/api/knowledge/confirmations/rates'))).items).toMatchObject([{ due: 2, inTime: 0, late: 1, overdue: 1 }])
  expect((await ok(admin.get('/api/knowledge/policies'))).items).toMatchObject([{ id, items: 2, open: 1, overdue: 1 }])
  const [policy] = (await ok(admin.get('/api/knowledge/policies'))).items
  const saved = { id, name: policy.name, unitIds: [heat], periodDays: 1, deadlineDays: 1, version: 1 }
  await ok(admin.post('/api/knowledge/policies', { ...saved, enabled: false }))
  expect((await admin.post('/api/knowledge/policies', { ...saved, enabled: true })).status).toBe(409)
  await age(5)
  await run()
  expect(await open(handler)).toEqual([])
})

test('逾期自动下架的策略：逾期后从检索消失', async () => {
  await ok(admin.post('/api/knowledge/policies', { name: '测温半年确认', typeCodes: ['guide'], periodDays: 180, deadlineDays: 0, suspends: true }))
  await age(400)
  await run()
  await age(1)
  await run()
  expect(await ok(agent.get(`/api/knowledge/items/${idOf('测温方法')}`))).toMatchObject({ why: '已下架', content: null })
})

test('周期内检索打开和引用最多的进热榜；可置顶、可隐藏；看不到的不出现', async () => {
  const again = await app.command((ctx) => seedKnowledge(ctx, { directories: [{ code: 'hot', name: '热点' }], items: [{ directory: 'hot', type: 'faq', title: '停水怎么办', keywords: [], body: '拨打供水热线。' }, { directory: 'hot', type: 'faq', title: '停电怎么办', keywords: [], body: '拨打供电热线。' }, { directory: 'hot', type: 'script', title: '中心口径', keywords: [], body: '内部。', audience: 'centre' }] }))
  const of = (title: string): string => again.get(title) ?? ''
  await ok(agent.get(`/api/knowledge/search?q=${encodeURIComponent('停水怎么办')}&settled=true`))
  await ok(agent.post(`/api/knowledge/items/${of('停水怎么办')}/opened`, { words: '停水怎么办' }))
  for (const title of ['停电怎么办', '中心口径']) await app.command((ctx) => cite(ctx, { objectType: 'order', objectId: '00000000-0000-4000-8000-00000000eeee', citations: [{ itemId: of(title), version: 1 }] }), 'agent')
  const titles = async (who: Client): Promise<string[]> => (await ok(who.get('/api/knowledge/hot'))).items.map((one: { title: string }) => one.title)
  expect((await titles(agent)).toSorted()).toEqual(['中心口径', '停水怎么办', '停电怎么办'])
  expect((await titles(agent)).at(-1)).toBe('停水怎么办')
  expect((await titles(street)).toSorted()).toEqual(['停水怎么办', '停电怎么办'])
  await ok(admin.put(`/api/knowledge/items/${of('停水怎么办')}/hot`, { mode: 'pin' }))
  await ok(admin.put(`/api/knowledge/items/${of('停电怎么办')}/hot`, { mode: 'hide' }))
  expect(await titles(street)).toEqual(['停水怎么办'])
  expect((await ok(admin.get('/api/knowledge/hot'))).hidden).toMatchObject([{ title: '停电怎么办' }])
  expect((await agent.put(`/api/knowledge/items/${of('停水怎么办')}/hot`, { mode: 'pin' })).status).toBe(403)
})

describe('个人标签', () => {
  beforeAll(async () => void (await sql`update knowledge_item set state = 'published', ticket_id = null where state = 'suspended'`.execute(app.app.runtime.db.withoutPlugins())))
  const words = async (who: Client): Promise<string[]> => (await ok(who.get('/api/knowledge/label-filters'))).mine.map((one: { content: string }) => one.content)
  const byOwn = async (who: Client): Promise<number> => (await ok(who.get(`/api/knowledge/search?q=&ownLabel=${encodeURIComponent('常用')}`))).count

  test('个人标签只进自己的筛选；别人看得到、可以点赞一次，自己不能；转为公共标签经审核后人人可筛选', async () => {
    const { id } = await ok(agent.post(`/api/knowledge/items/${idOf('测温方法')}/personal-labels`, { content: '常用' }))
    expect([await words(agent), await words(street), await byOwn(agent), await byOwn(street)]).toEqual([['常用'], [], 1, 0])
    expect((await agent.put(`/api/knowledge/personal-labels/${id}/like`, { on: true })).status).toBe(409)
    await ok(street.put(`/api/knowledge/personal-labels/${id}/like`, { on: true }))
    expect(await ok(street.put(`/api/knowledge/personal-labels/${id}/like`, { on: true }))).toEqual({ likes: 1, liked: true })
    expect((await ok(handler.get(`/api/knowledge/items/${idOf('测温方法')}/personal-labels`))).items).toMatchObject([{ content: '常用', likes: 1, liked: false, mine: false }])
    expect((await street.delete(`/api/knowledge/personal-labels/${id}`)).status).toBe(404)
    expect((await agent.post('/api/knowledge/personal-labels/promote', { content: '常用', classCode: 'topic' })).status).toBe(403)
    const classCode = (await ok(admin.get('/api/label-classes'))).items[0].code
    const done = await ok(admin.post('/api/knowledge/personal-labels/promote', { content: '常用', classCode }))
    expect(done).toMatchObject({ state: 'enabled', sent: 1, left: [] })
    expect((await admin.post('/api/knowledge/personal-labels/promote', { content: '常用', classCode })).status).toBe(422)
    const { rows } = await sql<{ state: string; label: boolean }>`select state, content -> 'labelIds' ? ${done.labelId} as label from knowledge_ticket where item_id = ${idOf('测温方法')} and state = 'inReview'`.execute(app.app.runtime.db.withoutPlugins())
    expect(rows).toEqual([{ state: 'inReview', label: true }])
  })
})

describe('专题导图', () => {
  test('按三段自动生成、编辑节点、发布；草稿别人看不到；下架的知识在导图里标明不可用；删除要先下线并再次确认', async () => {
    const library = (await ok(admin.post('/api/knowledge/libraries', { code: 'heating', name: '供热专题库', audience: 'public' }))).id
    const scene = (await ok(admin.post('/api/knowledge/scenarios', { libraryId: library, name: '报停' }))).id
    await ok(admin.put(`/api/knowledge/scenarios/${scene}/items`, { itemIds: [idOf('供热报停')] }))
    const { id } = await ok(admin.post('/api/knowledge/topics', { name: '冬季供热', style: 'map', audience: 'public' }))
    expect((await admin.post(`/api/knowledge/topics/${id}/state`, { state: 'published', version: 1 })).body.code).toBe('knowledge.topicEmpty')
    expect(await ok(admin.post(`/api/knowledge/topics/${id}/draw`, { libraryIds: [library] }))).toEqual({ added: 2 })
    expect(await ok(admin.post(`/api/knowledge/topics/${id}/draw`, { libraryIds: [library] }))).toEqual({ added: 0 })
    expect((await agent.get(`/api/knowledge/topics/${id}`)).status).toBe(404)
    expect((await agent.post('/api/knowledge/topics', { name: '越权', style: 'map', audience: 'staff' })).status).toBe(403)
    const read = await ok(admin.get(`/api/knowledge/topics/${id}`))
    expect(read.tree.map((one: any) => [one.name, one.items.map((item: any) => item.title)])).toEqual([['供热专题库', []], ['报停', ['供热报停']]])
    const [top, leaf] = read.tree
    expect((await admin.post(`/api/knowledge/topics/${id}/nodes`, { nodeId: top.id, parentId: leaf.id, name: '倒挂' })).body.fields).toMatchObject([{ path: 'parentId' }])
    await ok(admin.post(`/api/knowledge/topics/${id}/nodes`, { nodeId: leaf.id, parentId: top.id, name: '报停和恢复', attributes: [{ label: '办理时间', value: '每年 9 月' }], itemIds: [idOf('供热报停')] }))
    const now = await ok(admin.get(`/api/knowledge/topics/${id}`))
    await ok(admin.post(`/api/knowledge/topics/${id}/state`, { state: 'published', version: now.version }))
    expect((await admin.post(`/api/knowledge/topics/${id}/delete`, { confirm: '冬季供热' })).status).toBe(409)
    const outside = async () => (await ok(app.nobody('public').get(`/api/public/topics/${id}`))).tree.find((one: any) => one.name === '报停和恢复')
    expect(await outside()).toMatchObject({ attributes: [{ label: '办理时间', value: '每年 9 月' }] })
    await sql`update knowledge_item set audience = 'public', state = 'suspended' where id = ${idOf('供热报停')}`.execute(app.app.runtime.db.withoutPlugins())
    expect((await outside()).items).toMatchObject([{ title: '供热报停', usable: false, why: '已下架' }])
    const shown = await ok(agent.get(`/api/knowledge/topics/${id}`))
    await ok(admin.post(`/api/knowledge/topics/${id}/state`, { state: 'offline', version: shown.version }))
    expect((await app.nobody('public').get(`/api/public/topics/${id}`)).status).toBe(404)
    expect((await admin.post(`/api/knowledge/topics/${id}/delete`, { confirm: '冬天' })).status).toBe(422)
    await ok(admin.post(`/api/knowledge/topics/${id}/delete`, { confirm: '冬季供热' }))
    expect((await ok(admin.get(`/api/knowledge/topics/${id}/log`))).items[0]).toMatchObject({ actName: '删除', topicName: '冬季供热' })
  })
})

describe('网站采集', () => {
  let site: Server
  let base: string
  let leave = (): void => undefined
  const pages = new Map<string, string>()
  const asked: string[] = []
  const article = (text: string) => `<html><title>页面 - 某市</title><h1>${text.slice(0, 6)}通知</h1><div id="zoom"><p>${text}</p></div><div class="foot">版权所有</div></html>`
  beforeAll(async () => {
    site = createServer((request, response) => {
      const path = request.url ?? '/'
      asked.push(path)
      const html = pages.get(path)
      response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(html ?? '')
    })
    await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
    base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    leave = reachNear(new URL(base).host)
    pages.set('/robots.txt', 'User-agent: *\nDisallow: /zc/inner')
    pages.set('/zc/', '<a href="/zc/1.html">一</a><a href="/zc/2.html">二</a><a href="/zc/inner3.html">三</a><a href="/other.html">别处</a>')
    pages.set('/zc/1.html', article('供热季延长到四月五日，请各供热单位做好准备。'))
    pages.set('/zc/2.html', article('全市运动会五月举行，欢迎市民报名参加各个项目。'))
    await app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'kno.crawl.rate', 20, '测试'))
  })
  afterAll(() => {
    leave()
    site.close()
  })

  test('按规则采成草稿，守 robots.txt；没变的不再添；变了的成为可对照的修改；撤下的提示核实；连不上只记原因', async () => {
    const directoryId = (await ok(admin.get('/api/knowledge/directories'))).items[0].id
    const source = { name: '市政府网', listUrl: `${base}/zc/`, linkRule: '/zc/*.html', bodyFrom: 'id="zoom"', bodyTo: '<div class="foot"', keywords: ['供热'], typeCode: 'guide', directoryId, ownerUnitId: heat }
    expect((await agent.post('/api/knowledge/crawl-sources', source)).status).toBe(403)
    expect((await admin.post('/api/knowledge/crawl-sources', { ...source, listUrl: 'file:///etc/passwd' })).status).toBe(422)
    expect(await ok(admin.post('/api/knowledge/crawl-sources/try', { listUrl: source.listUrl, linkRule: source.linkRule, bodyFrom: source.bodyFrom, bodyTo: source.bodyTo }))).toMatchObject({ fault: null, title: '供热季延长到通知', text: '供热季延长到四月五日，请各供热单位做好准备。' })
    const big = { ...source, listUrl: `${base}/big/` }
    pages.set('/big/', `<a href="/zc/1.html">一</a>${' '.repeat(3_000_001)}`)
    expect(await ok(admin.post('/api/knowledge/crawl-sources/try', { listUrl: big.listUrl, linkRule: big.linkRule, bodyFrom: '', bodyTo: '' }))).toMatchObject({ fault: '页面过大', links: [] })
    const { id } = await ok(admin.post('/api/knowledge/crawl-sources', source))
    const round = async (): Promise<any> => {
      app.clock.advance(HOUR)
      await ok(admin.post(`/api/knowledge/crawl-sources/${id}/run`, {}))
      expect((await admin.post(`/api/knowledge/crawl-sources/${id}/run`, {})).status).toBe(409)
      const { rows } = await sql<{ tenantId: string; sourceId: string; runId: string }>`select tenant_id as "tenantId", source_id as "sourceId", id as "runId" from knowledge_crawl_run order by begun_at desc, id desc limit 1`.execute(app.app.runtime.db.withoutPlugins())
      await crawl.run((fn) => app.command(fn), crawl.schema.parse(rows[0]), { attempt: 1, maxAttempts: 1 })
      return (await ok(admin.get(`/api/knowledge/crawl-sources/${id}/runs`))).items[0]
    }
    const first = await round()
    expect(first).toMatchObject({ added: 1, fault: null })
    expect(first.lines.map((line: any) => line.done).toSorted()).toEqual(['不要', '新增草稿', '未采'])
    expect(asked).not.toContain('/zc/inner3.html')
    expect(await round()).toMatchObject({ added: 0, changed: 0, gone: 0 })
    const db = app.app.runtime.db.withoutPlugins()
    const item = (await sql<{ id: string; ticket: string }>`select id, ticket_id as ticket from knowledge_item where title = '供热季延长到通知'`.execute(db)).rows[0]
    const ticket = await ok(handler.get(`/api/knowledge/tickets/${item?.ticket}`))
    await ok(handler.post(`/api/knowledge/tickets/${item?.ticket}/submit`, { version: ticket.version }))
    const [leader, shift] = [await app.as('unitLeader2'), await app.as('shiftLeader')]
    for (const who of [leader, shift]) await ok(who.post(`/api/knowledge/tickets/${item?.ticket}/decide`, { outcome: 'approve', version: (await ok(admin.get(`/api/knowledge/tickets/${item?.ticket}`))).version }))
    await ok(admin.post(`/api/knowledge/tickets/${item?.ticket}/publish`, { version: (await ok(admin.get(`/api/knowledge/tickets/${item?.ticket}`))).version }))
    pages.set('/zc/1.html', article('供热季延长到四月十日，请各供热单位做好准备。'))
    expect(await round()).toMatchObject({ changed: 1, added: 0 })
    const change = (await ok(admin.get('/api/knowledge/tickets?box=all&kind=modify'))).items.find((one: any) => one.itemId === item?.id)
    expect((await ok(admin.get(`/api/knowledge/tickets/${change.id}`))).lines.map((line: any) => [line.mark, line.text])).toEqual([['removed', '供热季延长到四月五日，请各供热单位做好准备。'], ['added', '供热季延长到四月十日，请各供热单位做好准备。']])
    pages.delete('/zc/1.html')
    expect(await round()).toMatchObject({ gone: 1 })
    await ok(admin.post('/api/knowledge/findings/check', {}))
    expect((await ok(admin.get('/api/knowledge/findings?kind=sourceGone'))).items).toMatchObject([{ kindName: '原网页已撤下', a: { id: item?.id } }])
    await new Promise((closed) => site.close(closed))
    expect(await round()).toMatchObject({ fault: '连接不上网站', added: 0, changed: 0, gone: 0 })
  })

  test('指向本机、链路本地和云主机元数据的地址不采集，换个写法或用域名也不行；政府内网照常', async () => {
    const fault = async (listUrl: string): Promise<string> => (await ok(admin.post('/api/knowledge/crawl-sources/try', { listUrl, linkRule: '/*', bodyFrom: '', bodyTo: '' }))).fault
    const asking = createServer((_, response) => response.end('<a href="/1">一</a>'))
    await new Promise<void>((listening) => asking.listen(0, '127.0.0.1', listening))
    const { port } = asking.address() as AddressInfo
    const own = [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, `http://2130706433:${port}/`, `http://[::1]:${port}/`, `http://[::ffff:127.0.0.1]:${port}/`, `http://0.0.0.0:${port}/`, 'http://169.254.169.254/latest/', 'http://100.100.100.200/']
    for (const address of own) expect({ address, fault: await fault(address) }).toEqual({ address, fault: '地址指向本机，不能采集' })
    asking.close()
    expect(['10.1.2.3', '192.168.0.8', '172.16.9.9', '100.64.0.1', '8.8.8.8', 'fd12::1', '2001:db8::1'].filter(isNear)).toEqual([])
    expect(['127.8.8.8', '169.254.1.1', '224.0.0.1', '255.255.255.255', '::', '::1', 'fe80::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:169.254.1.1'].filter((one) => !isNear(one))).toEqual(['::ffff:10.0.0.1'])
  })
})
