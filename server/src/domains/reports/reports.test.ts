import { beforeAll, afterAll, expect, test } from 'vitest'
import { writeDocument } from '../../kernel/documents/index.ts'
import { threeLevels } from '../../kernel/sheets/book/three-levels.ts'
import { testApp, type Client, type TestApp } from '../../kernel/testing/index.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { db } from './reports.queries.ts'
import { makeScheduled } from './schedules.ts'
import { dueDay, lastPeriod, nextDue, periodOf } from './periods.ts'
import { template } from './template.ts'
import { sectionsOf } from './word.ts'
import { keepsNumbers, retrace, tokensOf } from './tokens.ts'

let app: TestApp
let admin: Client
let leader: Client
let reader: Client
let tenantId = ''
const today = '2026-11-17'
const everybody = { all: true, unitIds: [], userIds: [] }
beforeAll(async () => {
  app = await testApp()
  ;[admin, leader, reader] = await Promise.all([app.as('businessAdmin'), app.as('leader'), app.as('unitLeader')])
  tenantId = (await app.actor('businessAdmin')).tenantId
})
afterAll(() => app.stop())

const definition = (more: Record<string, unknown> = {}) => ({
  code: 'brief', name: '简报', kind: 'periodic', category: '热线报告', cycle: 'month', title: '{unit}简报', where: [], include: [], exclude: [],
  sections: { header: [{ kind: 'data', look: 'cards', title: '要情', indicators: ['received', 'closed'], compare: 'previous' }], lead: [{ kind: 'text', sentences: [{ text: '本期受理{received}件，{received.change}。' }, { text: '有超期{overdueOpen}件。', when: { indicator: 'overdueOpen', op: '>', than: 0 } }] }], body: [{ kind: 'data', look: 'pie', title: '类型', indicators: ['received'], dimensions: ['appealType'], sentence: true }], summary: [], tail: [] },
  ...more,
})

test('编辑后的文字：原数字仍可打开，手填的数字标为未溯源，长数里的一段不算', () => {
  const runs = retrace('本期受理120件，其中12件，另加7件，12345热线', [{ text: '12', figure: 'a' }], ['12345'])
  expect(runs).toEqual([{ text: '本期受理' }, { text: '120', untraced: true }, { text: '件，其中' }, { text: '12', figure: 'a' }, { text: '件，另加' }, { text: '7', untraced: true }, { text: '件，12345热线' }])
})

test.each([
  ['受理12件，办结9件', '共受理12件；其中办结9件', true], ['受理12件，办结9件', '受理9件，办结12件', false], ['占31%', '占三成', false], ['受理12件', '受理12件，超过半数', false], ['受理12件', '受理12件，比上期多3件', false],
])('改写“%s”为“%s”：数字未改为 %s', (before, after, same) => expect(keepsNumbers(before, after)).toBe(same))

test('占位符写错的指出是哪一个', () => {
  expect(tokensOf('{received} {received.top.category.3} {period}').filter((t) => t.kind === 'fault')).toEqual([])
  for (const wrong of ['{Received}', '{received.top}', '{received.most.unit}', '{received.top.unit.99}', '{received.value.unit}']) expect(tokensOf(wrong)[0]).toMatchObject({ kind: 'fault' })
})

test('模板在 Word 里改过再传回：文字按段进各节，图表标记换回原来的图，未改的句子保留条件，认不出的标记列出', () => {
  const from = template.parse(definition())
  const chart = from.sections.body[0]
  const { sections, title, lost } = sectionsOf([{ kind: 'paragraph', text: '月报' }, { kind: 'heading', text: '〔首段〕' }, { kind: 'paragraph', text: '本期受理{received}件，{received.change}。有超期{overdueOpen}件。' }, { kind: 'heading', text: '〔正文〕' }, { kind: 'heading', text: '一、新增的一节' }, { kind: 'paragraph', text: '〔图表：类型〕' }, { kind: 'paragraph', text: '〔图表：没有的〕' }, { kind: 'paragraph', text: '〔说明〕口径见目录' }, { kind: 'row', text: '单位　件数' }], from)
  expect({ title, lost }).toEqual({ title: '月报', lost: ['〔图表：没有的〕'] })
  expect(sections.lead).toEqual(from.sections.lead)
  expect(sections.body).toEqual([{ kind: 'heading', text: '一、新增的一节' }, chart, { kind: 'note', text: '口径见目录' }, { kind: 'text', sentences: [{ text: '单位　件数' }] }])
})

test('31 日的任务在短月的最后一天运行；上期按周期取整', () => {
  expect(dueDay('month', '2026-02-10', 31)).toBe('2026-02-28')
  expect(nextDue('month', '2026-04-30', 31)).toBe('2026-05-31')
  expect(nextDue('week', '2026-11-18', 1)).toBe('2026-11-23')
  expect(lastPeriod('month', '2026-11-18')).toMatchObject({ from: '2026-10-01', to: '2026-10-31', name: '2026年10月' })
  expect(periodOf('halfYear', '2026-11-18')).toMatchObject({ from: '2026-07-01', to: '2026-12-31' })
})

test('每份交付的报告在有数据、没有数据的月份都能生成，没有数据的部分写明没有', async () => {
  const agent = await app.as('agent')
  for (const title of ['小区路灯不亮', '小区暖气不热']) expect((await agent.post('/api/orders', { requester: { name: '苗若溪', phone: '19900022001' }, appealType: 'complaint', title, content: `${title}已有三天，请尽快处理。` })).status).toBe(200)
  const { body } = await admin.get('/api/reports/templates')
  expect(body.items.length).toBeGreaterThanOrEqual(18)
  type Block = { kind: string; answer?: { total: Record<string, string | null> } }
  const received = (made: { content: { sections: { blocks: Block[] }[] } }): string[] => made.content.sections.flatMap((s) => s.blocks).flatMap((b) => b.answer?.total['received'] ?? [])
  for (const { code } of body.items as { code: string }[]) {
    const [empty, full] = await Promise.all([['2020-01-01', '2020-01-31'], ['2026-11-01', today]].map(([from, to]) => admin.post('/api/reports', { template: code, from, to, readers: everybody })))
    expect({ code, status: [empty?.status, full?.status] }).toEqual({ code, status: [200, 200] })
    for (const made of [empty, full]) expect(JSON.stringify(made?.body.content)).not.toMatch(/\{[a-z]|undefined|NaN/)
    // What it counts of all orders is nothing in the one month and these two in the other.
    expect({ code, counts: [...new Set(received(empty?.body))].filter((n) => n !== '0') }).toEqual({ code, counts: [] })
    if (code === 'monthly') expect(received(full?.body)).toContain('2')
  }
  const zero = (await admin.post('/api/reports', { template: 'zeroScore', from: '2020-01-01', to: '2020-01-31', readers: everybody })).body
  expect(JSON.stringify(zero.content)).toContain('本期没有')
})

test('模板有错指出所在；继承的在前；撤下模板连同报告一起撤回', async () => {
  const bad = await admin.post('/api/reports/templates', { definition: definition({ sections: { header: [], lead: [{ kind: 'text', sentences: [{ text: '{nothing}件' }] }], body: [{ kind: 'data', look: 'pie', title: '图', indicators: ['received'] }], summary: [], tail: [] } }) })
  expect(bad.status).toBe(422)
  expect(bad.body.fields.map((f: { path: string }) => f.path)).toEqual(['definition.sections.lead.0.sentences.0.text', 'definition.sections.body.0.dimensions'])
  expect((await admin.post('/api/reports/templates', { definition: definition({ code: 'round', base: 'round' }) })).status).toBe(422)
  expect((await admin.post('/api/reports/templates', { definition: definition() })).status).toBe(200)
  expect((await admin.post('/api/reports', { template: 'brief', from: today, to: today })).status).toBe(409)
  expect((await admin.post('/api/reports/templates/brief/publish', {})).body).toMatchObject({ state: 'published', version: 1 })
  const child = await admin.post('/api/reports/templates', { definition: definition({ code: 'child', base: 'brief', title: '子报告', sections: { header: [], lead: [], body: [{ kind: 'heading', text: '子节' }], summary: [], tail: [] } }) })
  expect(child.body.sections.find((s: { key: string }) => s.key === 'body').inherited).toBe(1)
  await admin.post('/api/reports/templates/child/publish', {})
  const made = await admin.post('/api/reports', { template: 'child', from: today, to: today })
  expect(made.body.content.sections[2].blocks.map((b: { kind: string }) => b.kind)).toEqual(['data', 'heading'])
  expect((await admin.post('/api/reports/templates/brief/state', { act: 'withdraw' })).status).toBe(409)
  await admin.post('/api/reports/templates/child/state', { act: 'withdraw' })
  expect((await admin.get(`/api/reports/${made.body.id}`)).body.state).toBe('withdrawn')
})

test('报告一生：未发布的读者查无此件；已发布的不能编辑；起草人不能审核自己的；撤回后无人可见', async () => {
  const made = (await admin.post('/api/reports', { template: 'brief', from: '2026-11-01', to: today, readers: everybody })).body
  expect((await reader.get(`/api/reports/${made.id}`)).status).toBe(404)
  await admin.post(`/api/reports/${made.id}/state`, { act: 'submit' })
  expect((await admin.post(`/api/reports/${made.id}/state`, { act: 'publish' })).body.code).toBe('reports.ownReview')
  expect((await leader.post(`/api/reports/${made.id}/state`, { act: 'publish' })).status).toBe(200)
  expect((await reader.get('/api/reports')).body).toMatchObject({ unread: 1, items: [expect.objectContaining({ id: made.id, unread: true })] })
  expect((await reader.get(`/api/reports/${made.id}`)).body).toMatchObject({ acts: [], mayEdit: false, steps: [] })
  expect((await reader.get('/api/reports')).body.unread).toBe(0)
  const text = made.content.sections[1].blocks[0]
  const was = text.runs.map((r: { text: string }) => r.text).join('')
  expect((await admin.patch(`/api/reports/${made.id}/blocks/${text.id}`, { text: '改', was })).status).toBe(409)
  await leader.post(`/api/reports/${made.id}/state`, { act: 'unpublish' })
  expect((await reader.get(`/api/reports/${made.id}`)).status).toBe(404)
  const edited = (await admin.patch(`/api/reports/${made.id}/blocks/${text.id}`, { text: `${was}另有35件，请回电13900001234。`, was })).body
  expect(edited).toMatchObject({ untraced: 2, personal: [{ place: '首段第 1 块', kinds: ['手机号'] }] })
  expect((await admin.patch(`/api/reports/${made.id}/blocks/${text.id}`, { text: '改', was })).status).toBe(409)
  await admin.post(`/api/reports/${made.id}/state`, { act: 'submit' })
  expect((await leader.post(`/api/reports/${made.id}/state`, { act: 'publish' })).body.code).toBe('reports.untraced')
  const held = await leader.post(`/api/reports/${made.id}/state`, { act: 'publish', untracedConfirmed: true })
  expect(held.body).toMatchObject({ code: 'reports.personal', title: expect.stringContaining('首段第 1 块（手机号）') })
  expect(JSON.stringify(held.body)).not.toContain('13900001234')
  const sent = await leader.post(`/api/reports/${made.id}/state`, { act: 'publish', untracedConfirmed: true, personalConfirmed: true })
  expect(sent.body.steps.at(-1)).toMatchObject({ act: 'publish', newText: expect.stringContaining('首段第 1 块（手机号）') })
  const read = (await reader.get(`/api/reports/${made.id}`)).body
  expect(read.personal).toEqual([])
  // Readers have the text as it went out, not what an editor took away or who did.
  expect(read.content.sections[1].blocks[0]).toMatchObject({ by: null, generated: read.content.sections[1].blocks[0].runs })
  expect(sent.body.content.sections[1].blocks[0].generated).not.toEqual(sent.body.content.sections[1].blocks[0].runs)
  expect((await leader.post(`/api/reports/${made.id}/state`, { act: 'withdraw', opinion: '' })).status).toBe(422)
  await leader.post(`/api/reports/${made.id}/state`, { act: 'withdraw', opinion: '数据有误' })
  expect((await reader.get(`/api/reports/${made.id}`)).status).toBe(404)
  expect((await reader.get(`/api/reports/${made.id}/file?format=pdf`)).status).toBe(404)
})

test('阅读范围：只给供热办的，城管局查无此件，收不到提醒；别的租户查无此件', async () => {
  const units = (await admin.get('/api/units?query=供热办')).body.items as { id: string; name: string }[]
  const made = (await admin.post('/api/reports', { template: 'brief', from: '2026-11-01', to: today, readers: { all: false, unitIds: [units[0]?.id], userIds: [] } })).body
  await admin.post(`/api/reports/${made.id}/state`, { act: 'submit' })
  await leader.post(`/api/reports/${made.id}/state`, { act: 'publish' })
  expect((await (await app.as('unitLeader2')).get(`/api/reports/${made.id}`)).status).toBe(200)
  expect((await reader.get(`/api/reports/${made.id}`)).status).toBe(404)
  const told = async (login: string): Promise<boolean> => JSON.stringify((await (await app.as(login)).get('/api/messages')).body).includes(made.id)
  expect([await told('unitLeader2'), await told('unitLeader')]).toEqual([true, false])
  expect((await (await app.as('otherAdmin')).get(`/api/reports/${made.id}`)).status).toBe(404)
  expect((await reader.post('/api/reports', { template: 'brief', from: today, to: today })).status).toBe(403)
})

test('送阅：单位收到、已阅、转给下级、采用，退回要写理由，收回后查无此件；状态都在发送人处', async () => {
  const units = (await admin.get('/api/units?query=供热办')).body.items as { id: string; name: string }[]
  const unitIds = units.slice(0, 1).map((u) => u.id)
  const made = (await admin.post('/api/reports', { template: 'daily', from: today, to: today, readers: { all: false, unitIds: [], userIds: [] } })).body
  const path = `/api/reports/${made.id}`
  expect((await leader.post(`${path}/circulation`, { unitIds })).body).toMatchObject({ status: 409, code: 'reports.notPublic' })
  await admin.post(`${path}/state`, { act: 'submit' })
  await leader.post(`${path}/state`, { act: 'publish' })
  const heating = await app.as('unitLeader2')
  expect([(await heating.get(path)).status, (await reader.post(`${path}/circulation`, { unitIds })).status, (await app.nobody().post(`${path}/circulation`, { unitIds })).status]).toEqual([404, 404, 401])
  expect((await leader.post(`${path}/circulation`, {})).status).toBe(422)
  expect((await leader.post(`${path}/circulation`, { userIds: [(await app.actor('agent')).id] })).body.code).toBe('reports.noReaders')
  const sent = await leader.post(`${path}/circulation`, { unitIds, note: '请研究' })
  expect(sent.body.items).toMatchObject([{ toName: units[0]?.name, state: 'sent', acts: ['recall'] }])
  expect((await leader.post(`${path}/circulation`, { unitIds })).body.code).toBe('reports.sentAlready')
  const [way] = sent.body.items as { id: string }[]
  const answer = (who: Client, body: Record<string, unknown>) => who.post(`/api/reports/circulation/${way?.id}/answer`, body)
  expect((await reader.get(path)).status).toBe(404)
  expect((await answer(reader, { act: 'adopt' })).status).toBe(404)
  expect((await answer(await app.as('otherAdmin'), { act: 'recall' })).status).toBe(404)
  expect((await heating.get('/api/reports/circulation')).body).toMatchObject({ waiting: 1, items: [{ reportName: made.name, state: 'sent', mine: true, open: true }] })
  expect((await heating.get(path)).body.circulation).toMatchObject({ maySend: true, anywhere: false, items: [{ state: 'read', acts: ['adopt', 'return'] }] })
  expect((await leader.get(path)).body.circulation.items).toMatchObject([{ state: 'read', readByName: expect.any(String) }])
  // Passing on reaches those below only.
  expect((await heating.post(`${path}/circulation`, { userIds: [(await app.actor('unitLeader')).id] })).body.code).toBe('reports.sendBeyond')
  expect((await answer(heating, { act: 'recall' })).status).toBe(403)
  expect((await answer(heating, { act: 'return' })).status).toBe(422)
  expect((await answer(heating, { act: 'return', opinion: '不属本单位' })).body).toMatchObject({ state: 'returned', acts: [] })
  expect((await answer(heating, { act: 'adopt' })).body.code).toBe('reports.answered')
  expect((await leader.get('/api/reports/circulation?box=out&state=returned')).body.items).toMatchObject([{ toName: units[0]?.name, opinion: '不属本单位' }])
  expect(JSON.stringify((await leader.get('/api/messages')).body)).toContain('已退回')
  const again = (await leader.post(`${path}/circulation`, { userIds: [(await app.actor('unitLeader')).id] })).body.items.at(-1)
  expect((await reader.get(path)).status).toBe(200)
  expect((await leader.post(`/api/reports/circulation/${again.id}/answer`, { act: 'recall' })).body.state).toBe('recalled')
  expect((await reader.get(path)).status).toBe(404)
  expect((await reader.get('/api/reports/circulation')).body.items).toEqual([])
  // Through the levels: what a receiver passes on shows at the first sender and goes back with it.
  const reviewer = await app.as('reviewer')
  const first = (await leader.post(`${path}/circulation`, { userIds: [(await app.actor('reviewer')).id] })).body.items.at(-1)
  expect((await reviewer.post(`${path}/circulation`, { unitIds, note: '转供热办' })).body.items).toMatchObject([{ id: first.id }, { parentId: first.id, state: 'sent', acts: ['recall'] }])
  expect((await leader.get(path)).body.circulation.items).toMatchObject([{ state: 'returned' }, { state: 'recalled' }, { state: 'sent' }, { parentId: first.id, fromName: '测试reviewer' }])
  expect((await leader.post(`/api/reports/circulation/${first.id}/answer`, { act: 'recall' })).status).toBe(200)
  expect((await heating.get('/api/reports/circulation')).body.items).toMatchObject([{ state: 'returned' }])
})

test('起草人可撤下自己没发布过的草稿，不能撤别人的；清单按报告期筛选', async () => {
  const shift = await app.as('shiftLeader')
  const draft = { template: 'special', from: '2019-05-01', to: '2019-05-31' }
  const [own, other] = [(await shift.post('/api/reports', draft)).body, (await admin.post('/api/reports', draft)).body]
  const withdraw = (id: string) => shift.post(`/api/reports/${id}/state`, { act: 'withdraw', opinion: '做错了' })
  expect((await shift.get('/api/reports?from=2019-05-31&to=2019-06-30')).body.items.map((r: { id: string }) => r.id).toSorted()).toEqual([own.id, other.id].toSorted())
  expect((await shift.get('/api/reports?from=2019-06-01&to=2019-06-30')).body).toMatchObject({ items: [], works: true })
  expect([(await withdraw(own.id)).body.state, (await withdraw(other.id)).status]).toEqual(['withdrawn', 403])
  const again = (await shift.post('/api/reports', draft)).body
  await shift.post(`/api/reports/${again.id}/state`, { act: 'submit' })
  expect((await withdraw(again.id)).status).toBe(403)
})

test('下载 PDF、Word、Excel；文字里的脚本只是文字', async () => {
  const made = (await admin.post('/api/reports', { template: 'brief', from: '2026-11-01', to: today, name: '<script>报告', readers: everybody })).body
  const word = await admin.get(`/api/reports/${made.id}/file?format=docx`)
  expect(word.status).toBe(200)
  expect(word.headers['content-type']).toContain('wordprocessingml')
  const picture = await admin.get(`/api/reports/${made.id}/blocks/body1/picture`)
  expect(picture.headers['content-type']).toContain('svg')
  expect((await admin.get(`/api/reports/${made.id}/blocks/lead1/picture`)).status).toBe(404)
  expect((await admin.get(`/api/reports/${made.id}/file?format=exe`)).status).toBe(422)
  const secret = await admin.post(`/api/reports/${made.id}/file`, { password: '打开密码12' })
  expect([secret.status, String(secret.body).includes('/Encrypt'), String(secret.body).includes('小区')]).toEqual([200, true, false])
  expect((await admin.post(`/api/reports/${made.id}/file`, { password: '123' })).status).toBe(422)
  expect((await reader.post(`/api/reports/${made.id}/file`, { password: '打开密码12' })).status).toBe(404)
})

test('两人同时打开：各看到对方在改哪一段，离开或久不续报的不再显示', async () => {
  const made = (await admin.post('/api/reports', { template: 'brief', from: '2026-11-01', to: today, readers: everybody })).body
  const shift = await app.as('shiftLeader')
  const stay = async (who: Client, more: object = {}) => (await who.post(`/api/reports/${made.id}/presence`, more)).body.others?.length
  expect([await stay(admin, { block: 'lead1' }), await stay(shift)]).toEqual([0, 1])
  expect((await shift.post(`/api/reports/${made.id}/presence`, {})).body.others).toMatchObject([{ block: 'lead1' }])
  expect([await stay(admin, { leave: true }), await stay(shift), await stay(admin)]).toEqual([1, 0, 1])
  app.clock.advance(61_000)
  expect(await stay(admin)).toBe(0)
  expect((await reader.post(`/api/reports/${made.id}/presence`, {})).status).toBe(403)
})

test('四个导览视图按报告期和统计范围统计；改报告期重新生成，改名不动数', async () => {
  const made = (await admin.post('/api/reports', { template: 'brief', from: '2026-11-01', to: today, readers: everybody })).body
  for (const view of ['overview', 'events', 'units', 'cases']) {
    const { status, body } = await admin.get(`/api/reports/${made.id}/views/${view}`)
    expect({ view, status, blocks: body.content?.sections[2].blocks.length > 2 }).toEqual({ view, status: 200, blocks: true })
  }
  expect((await admin.get(`/api/reports/${made.id}/views/nothing`)).status).toBe(404)
  expect((await reader.get(`/api/reports/${made.id}/views/overview`)).status).toBe(404)
  const change = (more: object, version = made.version) => admin.patch(`/api/reports/${made.id}`, { name: '改名', readers: everybody, version, ...more })
  const named = await change({ category: '专报' })
  expect(named.body).toMatchObject({ name: '改名', category: '专报', fromDay: '2026-11-01', content: made.content })
  expect((await change({})).status).toBe(409)
  expect((await change({ from: '2020-01-01', to: '2020-01-31' }, named.body.version)).body).toMatchObject({ fromDay: '2020-01-01', name: '改名' })
  expect((await change({ from: '2020-02-01', to: '2020-01-31' }, named.body.version + 1)).status).toBe(422)
})

test('定时任务按时生成草稿；失败只留一次记录并告知负责人，不留半份；有个人信息的不直接发布', async () => {
  const task = { name: '月报任务', templateCode: 'brief', cycle: 'month', atDay: 31, atTime: '08:00', fromDay: '2026-11-01', readers: everybody }
  const made = await admin.post('/api/reports/schedules', task)
  expect(made.status).toBe(200)
  expect(made.body.nextAt.slice(0, 10)).toBe('2026-11-30')
  expect((await admin.post('/api/reports/schedules', { ...task, atTime: '25:00' })).status).toBe(422)
  await admin.post(`/api/reports/schedules/${made.body.id}/run`, {})
  const { id } = made.body
  const { runId } = await app.query(async (ctx) => ({ runId: (await db(ctx).selectFrom('reports_run').select('id').where('tenant_id', '=', ctx.tenantId).where('schedule_id', '=', id).executeTakeFirstOrThrow()).id }), 'businessAdmin')
  const begin = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => app.command(fn, { tenantId })
  await makeScheduled.run(begin, { tenantId, runId }, { attempt: 1, maxAttempts: 3 })
  await makeScheduled.run(begin, { tenantId, runId }, { attempt: 2, maxAttempts: 3 })
  const { body } = await admin.get('/api/reports/schedules')
  expect(body.items[0].runs[0]).toMatchObject({ state: 'done', fromDay: '2026-10-01', toDay: '2026-10-31' })
  expect((await admin.get(`/api/reports/${body.items[0].runs[0].reportId}`)).body.state).toBe('draft')
  const before = (await admin.get('/api/reports')).body.items.length
  await admin.post('/api/reports/templates/brief/state', { act: 'withdraw' })
  await admin.post(`/api/reports/schedules/${id}/run`, {})
  const failing = await app.query(async (ctx) => (await db(ctx).selectFrom('reports_run').select('id').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'running').executeTakeFirstOrThrow()).id, 'businessAdmin')
  await expect(makeScheduled.run(begin, { tenantId, runId: failing }, { attempt: 1, maxAttempts: 3 })).rejects.toThrow()
  await makeScheduled.run(begin, { tenantId, runId: failing }, { attempt: 3, maxAttempts: 3 })
  expect((await admin.get('/api/reports/schedules')).body.items[0].runs[0]).toMatchObject({ state: 'failed', attempts: 3, reportId: null })
  expect((await admin.get('/api/reports')).body.items.length).toBeLessThanOrEqual(before)
  expect(JSON.stringify((await admin.get('/api/messages')).body)).toContain('定时报告生成失败')
  await admin.post('/api/reports/templates/brief/state', { act: 'restore' })
  await admin.post('/api/reports/templates', { definition: definition({ code: 'phone', sections: { header: [], lead: [], body: [{ kind: 'heading', text: '联系13900001234' }], summary: [], tail: [] } }) })
  await admin.post('/api/reports/templates/phone/publish', {})
  const straight = await admin.post('/api/reports/schedules', { ...task, name: '直接发布', templateCode: 'phone', publish: 'published' })
  await admin.post(`/api/reports/schedules/${straight.body.id}/run`, {})
  const held = await app.query(async (ctx) => (await db(ctx).selectFrom('reports_run').select('id').where('tenant_id', '=', ctx.tenantId).where('schedule_id', '=', straight.body.id).executeTakeFirstOrThrow()).id, 'businessAdmin')
  await makeScheduled.run(begin, { tenantId, runId: held }, { attempt: 1, maxAttempts: 3 })
  expect((await admin.get('/api/reports?template=phone')).body.items).toMatchObject([{ state: 'inReview' }])
})

test('上传 Word 得到模板草稿；不是 Word 的、没有名称的被拒绝', async () => {
  const upload = async (name: string, content: Buffer) => (await admin.upload('/api/attachments?place=import', { name, type: 'application/octet-stream', content })).body.id
  const word = await writeDocument({ title: '城区简报', blocks: [{ kind: 'heading', level: 1, text: '一、总体' }, { kind: 'paragraph', runs: ['本期受理{received}件。'] }] }, 'docx')
  const { status, body } = await admin.post('/api/reports/templates/word', { fileId: await upload('城区简报.docx', word), newCode: 'cityBrief' })
  expect({ status, definition: body.definition }).toMatchObject({ status: 200, definition: { code: 'cityBrief', name: '城区简报', title: '城区简报', sections: { body: [{ kind: 'heading', text: '一、总体' }, { kind: 'text', sentences: [{ text: '本期受理{received}件。' }] }] } } })
  expect((await admin.post('/api/reports/templates/word', { fileId: await upload('简报.txt', Buffer.from('不是 Word')) })).body.title).toContain('只能上传 Word')
  expect((await admin.post('/api/reports/templates', { definition: { ...body.definition, name: ' ' } })).status).toBe(422)
  expect((await admin.post('/api/reports/templates', { definition: body.definition, departmentId: tenantId })).status).toBe(422)
  expect((await admin.post('/api/reports/templates', { definition: body.definition })).status).toBe(200)
  expect((await admin.get('/api/reports/templates/cityBrief/file')).headers['content-type']).toContain('wordprocessingml')
  expect((await leader.get('/api/reports/templates/cityBrief/file')).status).toBe(403)
})

test('撤下分类：分类里的报告一并撤回，不能再生成，恢复后可以；上级不能绕成一圈', async () => {
  const made = (await admin.post('/api/reports', { template: 'operation', from: '2026-11-01', to: today, readers: everybody })).body
  const find = (body: { items: { name: string }[] }, name: string) => body.items.find((c) => c.name === name)
  expect(find((await admin.get('/api/reports/categories')).body, '运营报告')).toMatchObject({ kind: 'periodic', parent: null, reports: 3, edit: 0 })
  const path = (name: string) => `/api/reports/categories/${encodeURIComponent(name)}`
  expect((await leader.put(path('内部'), { kind: 'periodic', edit: 0 })).status).toBe(403)
  expect(find((await admin.put(path('内部'), { kind: 'periodic', sort: 5, edit: 0 })).body, '内部')).toMatchObject({ sort: 5, edit: 1 })
  expect((await admin.put(path('运营报告'), { kind: 'periodic', parent: '内部', edit: 0 })).status).toBe(200)
  expect([(await admin.put(path('运营报告'), { kind: 'periodic', edit: 0 })).status, (await admin.put(path('内部'), { kind: 'periodic', parent: '运营报告', edit: 1 })).status]).toEqual([409, 422])
  expect((await admin.post(`${path('内部')}/state`, { act: 'withdraw' })).status).toBe(409)
  expect((await admin.post(`${path('运营报告')}/state`, { act: 'withdraw' })).status).toBe(200)
  expect((await admin.get(`/api/reports/${made.id}`)).body.state).toBe('withdrawn')
  expect(find((await reader.get('/api/reports/categories')).body, '运营报告')).toBeUndefined()
  expect((await admin.post('/api/reports', { template: 'operation', from: '2026-11-01', to: today, readers: everybody })).status).toBe(409)
  await admin.post(`${path('运营报告')}/state`, { act: 'restore' })
  expect((await admin.post('/api/reports', { template: 'operation', from: '2026-11-01', to: today, readers: everybody })).status).toBe(200)
})

test('排除词：含该词的工单不进任何数字', async () => {
  const agent = await app.as('agent')
  for (const title of ['小区路灯不亮', '小区电梯停运']) expect((await agent.post('/api/orders', { requester: { name: '苗若溪', phone: '19900022001' }, appealType: 'help', title, content: `${title}已有三天，请尽快处理。` })).status).toBe(200)
  const preview = async (exclude: string[]): Promise<string> => (await admin.post('/api/reports/preview', { definition: definition({ exclude }), from: today, to: today })).body.content.sections[0].blocks[0].answer.total.received
  const [all, less] = [Number(await preview([])), Number(await preview(['电梯']))]
  expect(all - less).toBe(1)
})

test('报表：三级表头的 Excel 导入后绑定指标和填报格，版式与公式不变；两人不互相覆盖；填错的指出单元格', async () => {
  const file = (await admin.upload('/api/attachments?place=import', { name: '月报表.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: await threeLevels() })).body
  const read = await admin.post('/api/reports/sheets/read', { fileId: file.id })
  expect(read).toMatchObject({ status: 200, body: { name: '月报表', lost: [] } })
  expect((await leader.post('/api/reports/sheets/read', { fileId: file.id })).status).toBe(403)
  const fillers = { all: false, unitIds: [], userIds: [(await app.actor('unitLeader')).id] }
  const bindings = [{ kind: 'value', sheet: 0, cell: 'B5', indicator: 'received' }, { kind: 'entry', sheet: 0, cell: 'B6', name: '城管受理', type: 'integer', required: true, min: 0 }, { kind: 'entry', sheet: 0, cell: 'E6', name: '备注', type: 'text' }, { kind: 'constant', sheet: 0, cell: 'E5', name: 'period' }, { kind: 'list', sheet: 1, cell: 'A5', dimension: 'appealType', indicators: ['received', 'closed'], limit: 3 }, { kind: 'list', sheet: 1, cell: 'A10', dimension: 'appealType', across: 'channel', indicators: ['received'], limit: 3, limitAcross: 4 }]
  const definition = { name: '办理情况', folder: '区级报送', cycle: 'month', book: read.body.book, bindings }
  const wrong = await admin.post('/api/reports/sheets', { definition: { ...definition, bindings: [{ ...bindings[0], indicator: 'nothing' }] }, fillers })
  expect(wrong).toMatchObject({ status: 422, body: { fields: [{ path: 'definition.bindings.0', message: '月报表!B5：没有编码为“nothing”的指标' }] } })
  const made = (await admin.post('/api/reports/sheets', { definition, fillers, readers: { ...fillers, userIds: [] } })).body
  expect((await admin.post('/api/reports/sheets', { definition, fillers })).status).toBe(409)
  const path = `/api/reports/sheets/${made.id}`
  expect([(await reader.get(`${path}/result`)).status, (await admin.get(`${path}/result`)).status]).toEqual([404, 409])
  const save = (edit: number, name: string) => admin.patch(path, { definition: { ...definition, name }, readers: made.readers, fillers, edit })
  expect([(await save(made.edit, '甲改的')).status, (await save(made.edit, '乙改的')).status]).toEqual([200, 409])
  expect((await admin.get(path)).body.definition.name).toBe('甲改的')
  expect((await admin.post(`${path}/publish`, { edit: made.edit })).status).toBe(409)
  expect((await admin.post(`${path}/publish`, { edit: made.edit + 1 })).body).toMatchObject({ state: 'published', version: 1, hasDraft: false })
  // Neither reader nor filler: may not know of it.
  expect([(await leader.get(`${path}/result`)).status, (await leader.get('/api/reports/sheets')).body.items]).toEqual([404, []])
  expect((await reader.get('/api/reports/sheets')).body.items).toMatchObject([{ name: '甲改的', folder: '区级报送', mayFill: true, entries: 2 }])

  const fill = (values: object[], who = reader) => who.post(`${path}/entries`, { day: today, values })
  const bad = await fill([{ sheet: 0, cell: 'B6', value: '-3', was: null }, { sheet: 0, cell: 'C6', value: 1, was: null }])
  expect(bad).toMatchObject({ status: 422, body: { fields: [{ message: '月报表!B6（城管受理）：不能小于 0' }, { message: '月报表!C6：不是填报的单元格' }] } })
  expect((await reader.get(`${path}/result?day=${today}`)).body).toMatchObject({ missing: 1, mayFill: true, from: '2026-11-01', to: '2026-11-30' })
  expect((await fill([{ sheet: 0, cell: 'B6', value: 1, was: null }, { sheet: 0, cell: 'B6', value: 2, was: null }])).body.fields).toMatchObject([{ message: '月报表!B6：同一格给了两次' }])
  expect((await reader.post(`${path}/entries`, { day: '2027-03-01', values: [{ sheet: 0, cell: 'B6', value: 1, was: null }] })).body.title).toContain('还没有开始')
  const first = await fill([{ sheet: 0, cell: 'B6', value: '12', was: null }])
  expect(first).toMatchObject({ status: 200, body: { missing: 0 } })
  expect((await fill([{ sheet: 0, cell: 'B6', value: 13, was: null }])).body.title).toContain('月报表!B6 已由')
  expect((await fill([{ sheet: 0, cell: 'B6', value: 13, was: 12 }], admin)).status).toBe(403)
  const received = Number((await admin.post('/api/data/figures', { from: '2026-11-01', to: '2026-11-30', indicators: ['received'] })).body.total.received)
  const shown = (await admin.get(`${path}/result?day=${today}`)).body
  expect(received).toBeGreaterThan(0)
  expect([shown.computed[0].B5.value, shown.computed[0].B7.value, shown.computed[1].B5.value]).toEqual([received, received + 12, expect.any(Number)])
  expect(shown.computed[1].B10.text).not.toBe('')
  expect(shown.computed[0].E5.text).toBe('2026年11月')

  expect((await admin.get(`${path}/file?day=${today}`)).headers['content-type']).toContain('spreadsheetml')
  expect((await admin.get(`${path}/file?day=${today}&format=csv`)).body).toContain(`合计,${received + 12}`)
  expect((await reader.post(`${path}/state`, { act: 'withdraw' })).status).toBe(403)
  await admin.post(`${path}/state`, { act: 'withdraw' })
  expect((await reader.get(`${path}/result`)).status).toBe(404)
})
