// What is sent to units and what their leaders report: daily overviews (SUP-08), personal cases (SUP-26), and units that merge.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decrypt } from '../../kernel/crypto/index.ts'
import { DAY, plus, toIso } from '../../kernel/time/index.ts'
import { sweepLeaderReports } from './leader-cases/leader-statistics.ts'
import { sweepOverviews } from './overview/send-overviews.ts'
import { scene, type Scene } from './testing/scene.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-02T08:00:00+08:00')
})
afterAll(() => s.app.stop())

const texts = async () => (await s.rows<{ object_id: string; phone_mask: string; text_enc: string }>(sql`select object_id, phone_mask, text_enc from platform_sms where template = 'unitOverview' order by created_at, id`)).map((r) => ({ ...r, text: decrypt(s.app.app.runtime.keys, r.text_enc, 'sms.text') }))
const overviewsOf = async (login: string) => (await s.ok(s.who(login).get('/api/supervision/overviews'))).items
const numbersIn = (words: string): number[] => [...words.matchAll(/(\d+)件/g)].map((m) => Number(m[1]))
const countsOf = (overview: { figures: { count: number }[] }): number[] => overview.figures.map((f) => f.count)

test('短信里的数字与快照一致，工单办结之后也不变；每个时点只发一次，没有案件的单位不发', async () => {
  const [first] = [await s.signed(), await s.dispatched(), await s.dispatched({ order: { confidential: true } })]
  await s.app.command(sweepOverviews)
  expect(await texts()).toEqual([])
  s.app.clock.set('2026-11-02T09:00:30+08:00')
  await s.app.command(sweepOverviews)
  await s.app.command(sweepOverviews)
  const sent = await texts()
  expect(sent).toHaveLength(1)
  expect(sent[0]?.text).toContain('测试市城管局2026-11-02 09:00案件情况：')
  const snapshot = await s.ok(s.who('unitLeader').get(`/api/supervision/overviews/${sent[0]?.object_id ?? ''}`))
  expect(numbersIn(sent[0]?.text ?? '')).toEqual(countsOf(snapshot))
  expect(snapshot.figures).toMatchObject([{ key: 'u.running', count: 3 }, { key: 'u.unsigned', count: 2 }, { key: 'u.near' }, { key: 'u.overdue', count: 0 }])
  for (const list of snapshot.lists) expect(list.orders).toHaveLength(list.count)
  await s.finish(first as Awaited<ReturnType<Scene['signed']>>)
  const later = await s.ok(s.who('unitLeader').get(`/api/supervision/overviews/${snapshot.id}`))
  expect(later).toEqual(snapshot)
  expect((await s.messages('unitLeader', 'supervision.overview'))[0]?.title).toBe('测试市城管局案件情况（09:00）')
  // The unit without any case: frozen as empty, nobody is told.
  expect(await overviewsOf('unitLeader2')).toEqual([])
  expect(await s.messages('unitLeader2', 'supervision.overview')).toEqual([])
})

test('保密工单计数但不写标题；别的单位和别的中心看不到快照', async () => {
  const [mine] = await overviewsOf('unitLeader')
  const found = await s.ok(s.who('supervisor').get(`/api/supervision/overviews/${mine.id}`))
  expect(found.lists[0].orders.filter((o: { title: string | null }) => o.title === null)).toHaveLength((await s.rows<{ n: number }>(sql`select count(*)::int as n from order_order where confidential`))[0]?.n ?? 0)
  expect((await s.who('handler2').get(`/api/supervision/overviews/${mine.id}`)).status).toBe(404)
  expect((await s.who('otherReviewer').get(`/api/supervision/overviews/${mine.id}`)).status).toBe(404)
})

test('单位自己管接收人：移出的不再收到；只能选本单位的人；停发的单位没有快照', async () => {
  const path = `/api/supervision/overview-lists/${s.units['T-URBAN'] ?? ''}`
  expect(await s.ok(s.who('unitLeader').get(path))).toMatchObject({ byDefault: true, users: [{ id: s.users['unitLeader'], sms: true }] })
  expect((await s.who('handler').get(path)).status).toBe(403)
  expect((await s.who('unitLeader2').get(path)).status).toBe(404)
  const otherAdmin = await s.app.as('countyLeader')
  expect((await otherAdmin.get(path)).status).toBe(404)
  expect(await s.who('unitLeader').put(path, { enabled: true, userIds: [s.users['handler2']] })).toMatchObject({ status: 422, body: { fields: [{ path: 'userIds' }] } })
  await s.ok(s.who('unitLeader').put(path, { enabled: true, userIds: [s.users['handler']] }))
  const before = (await texts()).length
  s.app.clock.set('2026-11-02T17:00:10+08:00')
  await s.app.command(sweepOverviews)
  expect(await texts()).toHaveLength(before + 1)
  expect(await s.messages('handler', 'supervision.overview')).toHaveLength(1)
  expect(await s.messages('unitLeader', 'supervision.overview')).toHaveLength(1)
  await s.ok(s.who('unitLeader').put(path, { enabled: false, userIds: [] }))
  s.app.clock.set('2026-11-03T09:30:00+08:00')
  await s.app.command(sweepOverviews)
  expect(await texts()).toHaveLength(before + 1)
  // Two hours late is too late: nothing is made up for.
  await s.ok(s.who('unitLeader').put(path, { enabled: true, userIds: [s.users['handler']] }))
  s.app.clock.set('2026-11-03T11:30:00+08:00')
  await s.app.command(sweepOverviews)
  expect(await texts()).toHaveLength(before + 1)
})

const open = (login: string, month = '2026-11') => s.who(login).post('/api/supervision/leader-reports', { month })
const save = (login: string, report: { id: string; version: number }, more: Record<string, unknown>) => s.who(login).patch(`/api/supervision/leader-reports/${report.id}`, { version: report.version, values: { measures: '现场督办', progress: '已约谈' }, orders: [], ...more })
const decide = (login: string, id: string, outcome: string, opinion = '') => s.who(login).post(`/api/supervision/leader-reports/${id}/decide`, { outcome, opinion })

test('同月第二次填报打开第一份；退回须有理由；总数打开的就是这些工单', async () => {
  const order = await s.signed()
  const report = await s.ok(open('unitLeader'))
  expect((await s.ok(open('unitLeader'))).id).toBe(report.id)
  expect((await open('handler')).status).toBe(403)
  expect((await open('unitLeader', '2026-12')).status).toBe(422)
  // A draft is its leader's alone.
  expect((await s.who('supervisor').get(`/api/supervision/leader-reports/${report.id}`)).status).toBe(404)
  expect((await save('unitLeader2', report, {})).status).toBe(404)
  expect((await save('unitLeader', report, { submit: true })).body).toMatchObject({ fields: [{ path: 'orders' }] })
  expect((await save('unitLeader', report, { values: { measures: '措施' }, submit: true })).body).toMatchObject({ fields: [{ path: 'values.progress' }] })
  expect((await save('unitLeader', report, { orders: [{ number: order.number, kind: 'whistle' }] })).body).toMatchObject({ fields: [{ path: 'orders.0.kind' }] })
  const foreign = await s.dispatched({ unit: 'T-HEAT' })
  expect((await save('unitLeader', report, { orders: [{ number: foreign.number, kind: 'case' }] })).body).toMatchObject({ fields: [{ path: 'orders.0.number' }] })
  const sent = await s.ok(save('unitLeader', report, { orders: [{ number: order.number, kind: 'case', note: '<script>alert(1)</script>' }], submit: true }))
  expect(sent).toMatchObject({ state: 'submitted', mayEdit: false, cases: 1, orders: [{ number: order.number, kindName: '包案' }] })
  expect((await save('unitLeader', sent, {})).status).toBe(409)
  expect((await decide('unitLeader', report.id, 'approve')).status).toBe(403)
  expect((await decide('otherReviewer', report.id, 'approve')).status).toBe(403)
  expect((await decide('supervisor', report.id, 'reject')).body).toMatchObject({ fields: [{ path: 'opinion' }] })
  const back = await s.ok(decide('supervisor', report.id, 'reject', '请写明办结时间'))
  expect(back).toMatchObject({ state: 'rejected', opinion: '请写明办结时间' })
  await s.ok(save('unitLeader', back, { orders: [{ number: order.number, kind: 'case' }], submit: true }))
  expect(await s.ok(decide('supervisor', report.id, 'approve'))).toMatchObject({ state: 'approved' })
  for (const by of ['unit', 'leader', 'month']) {
    const { lines } = await s.ok(s.who('supervisor').get(`/api/supervision/leader-case-statistics?from=2026-11&to=2026-11&by=${by}`))
    expect(lines).toMatchObject([{ cases: { count: 1 }, whistles: { count: 0 }, reports: { count: 1 }, approved: { count: 1 }, open: { count: 1 } }])
    for (const figure of [lines[0].cases, lines[0].whistles, lines[0].open]) expect((await s.ok(s.who('supervisor').get(`${figure.list.path}?${new URLSearchParams(figure.list.query).toString()}`))).count.value).toBe(figure.count)
  }
  expect((await s.ok(s.who('handler2').get('/api/supervision/leader-cases'))).items).toEqual([])
})

test('到催报日提醒没有报送的单位领导，每月一次；已报的不提醒', async () => {
  await s.app.command(sweepLeaderReports)
  expect(await s.messages('unitLeader2', 'supervision.leaderReport')).toEqual([])
  s.app.clock.set('2026-11-25T10:00:00+08:00')
  await s.app.command(sweepLeaderReports)
  await s.app.command(sweepLeaderReports)
  expect((await s.messages('unitLeader2', 'supervision.leaderReport')).map((m) => [m.title, m.repeats])).toEqual([['2026-11 包案月报尚未报送', 1]])
  expect((await s.messages('unitLeader', 'supervision.leaderReport')).map((m) => m.title)).not.toContain('2026-11 包案月报尚未报送')
  const { missing } = await s.ok(s.who('supervisor').get('/api/supervision/leader-case-statistics?from=2026-11&to=2026-11'))
  expect(missing.map((m: { name: string }) => m.name)).toContain('测试unitLeader2')
})

test('机构合并后未结的督办、催办、红黄牌归新单位，已结的仍记原单位', async () => {
  const order = await s.signed({ unit: 'T-HEAT', dueAt: plus(s.app.clock.now(), DAY / 2) })
  const done = await s.signed({ unit: 'T-HEAT' })
  const supervise = async (orderId: string) => s.ok(s.who('supervisor').post('/api/supervision/tasks', { orderIds: [orderId], unitId: s.units['T-HEAT'], level: 1, replyDueAt: toIso(plus(s.app.clock.now(), DAY)), demand: '报告进展', description: '临期' }))
  const task = await supervise(order.id)
  const closed = await supervise(done.id)
  await s.ok(s.who('supervisor').post(`/api/supervision/tasks/${closed.id}/close`, { outcome: 'accept', opinion: '已了解', evaluation: 'fair' }))
  await s.ok(s.who('supervisor').post(`/api/orders/${order.id}/urges`, { content: '请尽快' }))
  s.app.clock.advance(DAY * 0.75)
  await s.sweep()
  const admin = await s.app.as('tenantAdmin')
  const query = `intoId=${s.units['T-URBAN'] ?? ''}`
  const path = `/api/admin/units/${s.units['T-HEAT'] ?? ''}`
  expect((await s.ok(admin.get(`${path}/merge?${query}`))).items.map((i: { label: string }) => i.label)).toEqual(expect.arrayContaining(['未结督办任务', '未答复催办', '有效红黄牌']))
  const { version } = await s.ok(admin.get(path))
  await s.ok(admin.post(`${path}/merge`, { intoId: s.units['T-URBAN'], version, reason: '机构改革' }))
  const mine = (await s.ok(s.who('unitLeader').get('/api/supervision/tasks'))).items
  expect(mine.find((t: { id: string }) => t.id === task.id)).toMatchObject({ unitName: '测试市城管局', mayReply: true })
  expect((await s.ok(s.who('supervisor').get(`/api/supervision/tasks/${closed.id}`))).unitName).toBe('测试市供热办')
  expect((await s.ok(s.who('unitLeader').get('/api/urges?owed=true'))).items.map((u: { orderId: string }) => u.orderId)).toContain(order.id)
  expect((await s.ok(s.who('unitLeader').get('/api/supervision/cards?current=true'))).items.map((c: { orderId: string }) => c.orderId)).toContain(order.id)
})
