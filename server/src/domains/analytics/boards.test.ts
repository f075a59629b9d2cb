// Boards: every delivered one can be drawn and equals the lists behind it; editors change copies, readers see what was published.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { newId } from '../../kernel/runtime.ts'
import { ts } from '../../kernel/db/connect.ts'
import { DAY, localDate } from '../../kernel/time/index.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { AppError } from '../../kernel/errors.ts'
import { dimensionOf, figureRows, figures } from '../data/index.ts'
import { shipped as indicators } from '../data/shipped.ts'
import { inTenant } from '../../kernel/ctx.ts'
import { openTopics } from './topics/find-topics.ts'
import { makeDueLists } from './topics/hot-lists.ts'
import { faultsOf, board, type Panel } from './board.ts'
import { shipped } from './shipped/index.ts'
import { purgeSnapshots, snapshotHolders } from './snapshots/keep-snapshots.ts'

let app: TestApp
const as: Record<string, Client> = {}
const who = (login: string): Client => as[login] as Client
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
let today = ''

beforeAll(async () => {
  app = await testApp()
  for (const login of ['agent', 'reviewer', 'leader', 'unitLeader', 'tenantAdmin', 'otherAdmin']) as[login] = await app.as(login)
  today = localDate(app.clock.now(), 'Asia/Shanghai')
  for (const [i, title] of ['暖气不热', '夜间施工噪声', '路灯不亮', '供热温度低'].entries()) {
    const order = await ok(who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: `1990003${2000 + i}` }, appealType: i % 2 ? 'complaint' : 'help', title, content: `${title}，请尽快处理。`, areaCode: '990101001' }))
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  }
})
afterAll(() => app.stop())

/** Counts of rows; sums and numbers of orders open the rows they are made of. */
const counts = new Set(Object.entries(indicators).flatMap(([code, { definition: d }]) => (d.kind === 'basic' && d.aggregate === 'count' ? [code] : [])))
const answers = new Map<string, ReturnType<typeof figures>>()
const compared = new Set<string>()
const remembered = (ctx: Ctx, question: Question, panel: Panel): ReturnType<typeof figures> => {
  // Themes ask the same of other orders: what is compared is compared once for each way of asking, and counted for all.
  const shape = JSON.stringify([ctx.actor.id, question.indicators, question.dimensions, panel.compare, panel.order])
  const compare = panel.compare && !compared.has(shape) ? { compare: panel.compare } : {}
  compared.add(shape)
  const key = JSON.stringify([ctx.actor.id, question, panel.order])
  const held = ('compare' in compare ? undefined : answers.get(key)) ?? figures(ctx, { ...question, below: false, known: false, limit: 200, ...compare, ...(panel.order ? { order: panel.order } : {}) })
  answers.set(key, held)
  return held
}
type Question = { indicators: string[]; dimensions: string[]; where: { dimension: string; values: (string | null)[] }[]; from: string; to: string }

describe('ANA-09、ANA-15、ANA-19 交付的看板', () => {
  test.each(['leader', 'unitLeader'])('每个交付看板都能画出，每个计数都等于它打开的明细：%s', { timeout: 240_000 }, async (login) => {
    const held = new Map<string, number>()
    let opened = 0
    // Most of the time is the database's: a few ask side by side.
    const waiting = [...shipped.values()]
    await Promise.all([1, 2, 3].map(() => app.query(async (ctx) => {
      const count = async (name: string, question: Question, keys: { dimension: string; key: string | null }[], indicator: string, value: string): Promise<void> => {
        const key = JSON.stringify([question.where, keys, indicator])
        // A zero opens an empty list: once for each indicator is enough.
        const seen = value === '0' ? `0 ${indicator}` : key
        if (held.has(seen)) return expect({ name, n: held.get(seen) }).toEqual({ name, n: Number(value) })
        const rows = await figureRows(ctx, { from: today, to: today, below: false, where: question.where, indicator, keys, limit: 200 })
        held.set(seen, rows.items.length)
        opened += 1
        expect({ name, indicator, keys, rows: rows.items.length }).toEqual({ name, indicator, keys, rows: Number(value) })
      }
      for (let board = waiting.shift(); board; board = waiting.shift()) {
        for (const panel of board.panels) {
          if (['text', 'telephone', 'forecast'].includes(panel.kind)) continue
          const wheres = panel.kind === 'groups' ? board.groups.map((g) => [...board.where.filter((f) => f.dimension !== 'words'), { dimension: 'words', values: g.words }]) : [board.where]
          for (const where of wheres) {
            const question: Question = { indicators: panel.indicators, dimensions: panel.dimensions, where: [...where, ...panel.where], from: today, to: today }
            // Calls are for those who may see calls: who may not is refused, and shown nothing.
            const answer = await remembered(ctx, question, panel).catch((error: unknown) => { if (login === 'unitLeader' && error instanceof AppError && error.status === 403) return null; throw error })
            if (!answer) continue
            for (const column of answer.columns.filter((c) => c.asked && c.formula === null && counts.has(c.code))) {
              await count(`${board.code} ${panel.id}`, question, [], column.code, answer.total[column.code] ?? '0')
              for (const row of answer.rows.slice(0, 12)) await count(`${board.code} ${panel.id}`, question, row.keys.map((k) => ({ dimension: k.dimension, key: k.key })), column.code, row.values[column.code] ?? '0')
            }
          }
        }
      }
    }, login)))
    expect(opened).toBeGreaterThan(login === 'leader' ? 60 : 20)
  })

  test('交付看板的固定筛选只写有的取值：写错的渠道、类型会让专题永远是空的', async () => {
    const fixed = [...shipped.values()].flatMap((b) => [...b.where, ...b.panels.flatMap((p) => p.where)].map((f) => ({ board: b.code, ...f }))).filter((f) => ['channel', 'dispatchKind', 'subjectKind', 'appealType', 'urgency', 'state'].includes(f.dimension))
    expect(fixed.length).toBeGreaterThan(10)
    await app.query(async (ctx) => {
      for (const { board, dimension, values } of fixed) for (const value of values) {
        if (value === null) continue
        const names = await dimensionOf(dimension)?.names(ctx, [value])
        expect({ board, dimension, value, known: names?.get(value) !== value }).toEqual({ board, dimension, value, known: true })
      }
    }, 'leader')
  })

  test('供热专题按词找到两件；单位负责人在同一看板只看到本单位的', async () => {
    const { definition } = await ok(who('leader').get('/api/analytics/boards/heating'))
    const ask = (login: string) => ok(who(login).post('/api/data/figures', { indicators: ['received'], where: definition.where, from: today, to: today }))
    expect((await ask('leader')).total.received).toBe('2')
    expect((await ask('unitLeader')).total.received).toBe('0')
  })
})

describe('ANA-10 快照', () => {
  test('存下的明细以后不变；别人只看到自己有权看的；没有权限、别的租户、过大的都被拒绝', async () => {
    const question = { from: today, to: today, indicator: 'received', where: [], keys: [] }
    const { received } = (await ok(who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['received'] }))).total
    const taken = await ok(who('leader').post('/api/analytics/snapshots', { ...question, name: '今日受理' }))
    const open = async (login: string) => ok(who(login).get(`/api/analytics/snapshots/${taken.id}`))
    const first = await open('leader')
    expect([first.count, first.items.length]).toEqual([Number(received), Number(received)])
    const order = first.items[0]
    expect(order.stateName).toBe('待派发')
    const live = (await ok(who('leader').post('/api/data/figures/rows', question))).items.find((row: { number: string }) => row.number === order.number)
    await ok(who('reviewer').post(`/api/orders/${live.id}/answer`, { reply: '经核实，供热单位已恢复供热。', basis: '城市供热条例' }))
    expect((await open('leader')).items[0]).toEqual(order)
    expect(await open('unitLeader')).toMatchObject({ count: 0, items: [] })
    expect((await ok(who('leader').get('/api/analytics/snapshots'))).items).toMatchObject([{ id: taken.id, rows: Number(received) }])
    expect((await ok(who('reviewer').get('/api/analytics/snapshots'))).items).toEqual([])
    expect((await who('otherAdmin').get(`/api/analytics/snapshots/${taken.id}`)).status).toBe(404)
    expect((await who('agent').post('/api/analytics/snapshots', { ...question, name: '甲' })).status).toBe(403)
    expect((await who('leader').post('/api/analytics/snapshots', { ...question, indicator: 'callsArrived', name: '来电' })).status).toBe(422)
  })
})

describe('ANA-18 编辑、发布、版本', () => {
  const own = { code: 'nightNoise', name: '夜间噪声', kind: 'theme' as const, where: [{ dimension: 'words', values: ['噪声'] }], panels: [{ id: 'n', kind: 'figures' as const, title: '概况', indicators: ['received'] }] }

  test('新建只有编辑者看到，发布后别人看到；两人同时改，后保存的被告知', async () => {
    const made = await ok(who('tenantAdmin').post('/api/analytics/boards', { definition: own }))
    expect(made.state).toBe('draft')
    expect((await who('leader').get('/api/analytics/boards/nightNoise')).status).toBe(404)
    const saved = await ok(who('tenantAdmin').patch('/api/analytics/boards/nightNoise', { definition: { ...own, name: '夜间施工噪声' }, edit: made.edit }))
    expect((await who('tenantAdmin').patch('/api/analytics/boards/nightNoise', { definition: own, edit: made.edit })).body.code).toBe('analytics.changed')
    await ok(who('tenantAdmin').post('/api/analytics/boards/nightNoise/publish', {}))
    expect((await ok(who('leader').get('/api/analytics/boards/nightNoise'))).name).toBe('夜间施工噪声')
    await ok(who('tenantAdmin').patch('/api/analytics/boards/nightNoise', { definition: { ...own, name: '改到一半' }, edit: saved.edit + 1 }))
    expect((await ok(who('leader').get('/api/analytics/boards/nightNoise'))).name).toBe('夜间施工噪声')
    await ok(who('tenantAdmin').post('/api/analytics/boards/nightNoise/publish', {}))
    expect((await ok(who('tenantAdmin').get('/api/analytics/boards/nightNoise?version=1'))).name).toBe('夜间施工噪声')
  })

  test('交付的看板改后可恢复原样；撤下后读者看不到', async () => {
    const today1 = await ok(who('tenantAdmin').get('/api/analytics/boards/today'))
    await ok(who('tenantAdmin').patch('/api/analytics/boards/today', { definition: { ...today1.definition, name: '今天' }, edit: 0 }))
    await ok(who('tenantAdmin').post('/api/analytics/boards/today/publish', {}))
    expect((await ok(who('leader').get('/api/analytics/boards/today'))).name).toBe('今天')
    await ok(who('tenantAdmin').post('/api/analytics/boards/today/state', { act: 'delivered' }))
    expect((await ok(who('leader').get('/api/analytics/boards/today'))).name).toBe('今日动态')
    await ok(who('tenantAdmin').post('/api/analytics/boards/today/state', { act: 'withdraw' }))
    expect((await who('leader').get('/api/analytics/boards/today')).status).toBe(404)
    await ok(who('tenantAdmin').post('/api/analytics/boards/today/state', { act: 'restore' }))
  })

  test('没有权限、别的租户、没有的指标和期末指标按时间分组都被拒绝，什么都没存', async () => {
    expect((await who('leader').post('/api/analytics/boards', { definition: { ...own, code: 'other' } })).status).toBe(403)
    expect((await who('otherAdmin').get('/api/analytics/boards/nightNoise')).status).toBe(404)
    const wrong = await who('tenantAdmin').post('/api/analytics/boards', { definition: { ...own, code: 'wrong', panels: [{ id: 'a', kind: 'line', title: '走势', indicators: ['nothing', 'open'], dimensions: ['day'] }] } })
    expect(wrong.status).toBe(422)
    expect(wrong.body.fields.map((f: { path: string }) => f.path)).toEqual(['definition.panels.0.indicators.0', 'definition.panels.0.indicators.1'])
    expect((await who('tenantAdmin').get('/api/analytics/boards/wrong')).status).toBe(404)
    // A board is kept to roles by their codes; a name or an unknown code is no role.
    expect(await who('tenantAdmin').post('/api/analytics/boards', { definition: { ...own, code: 'kept', roles: ['领导'] } })).toMatchObject({ status: 422, body: { fields: [{ path: 'definition.roles.0' }] } })
    expect((await who('tenantAdmin').get('/api/analytics/boards')).body.roles).toContainEqual({ code: 'leader', name: expect.any(String) })
    expect((await who('leader').get('/api/analytics/boards')).body.roles).toEqual([])
    for (const path of ['', '/kept/publish']) expect((await who('tenantAdmin').post(`/api/analytics/boards${path}`, path === '' ? { definition: { ...own, code: 'kept', roles: ['leader'] } } : {})).status).toBe(200)
    expect([(await who('leader').get('/api/analytics/boards/kept')).status, (await who('unitLeader').get('/api/analytics/boards/kept')).status]).toEqual([200, 404])
    expect((await who('tenantAdmin').post('/api/analytics/boards', { definition: { ...own, code: 'today' } })).body.code).toBe('analytics.codeTaken')
  })

  test('固定布局：没有位置、超出画布、互相压住的逐项指出；同一轮播、不同标签页可以同一位置', () => {
    const known = { indicator: () => ({ name: '量', stopped: false, timed: true }), dimension: () => ({ label: '区县', time: false }), role: () => true }
    const at = (column: number, row: number, width = 8, height = 4) => ({ column, row, width, height })
    const card = (id: string, rest: object) => ({ id, kind: 'figures' as const, title: `卡${id}`, indicators: ['received'], ...rest })
    const fault = (panels: object[], layout = 'absolute') => faultsOf(board.parse({ code: 'x2', name: '布局', kind: 'live', layout, panels }), known).map((f) => `${f.path} ${f.message}`)
    expect(fault([card('a', { at: at(1, 1) }), card('b', {}), card('c', { at: at(20, 1) }), card('d', { at: at(8, 4) })])).toEqual(['panels.1.at 固定布局要为每个组件定位置', 'panels.2.at 位置超出画布（24 列 12 行）', 'panels.3.at 与“卡a”重叠'])
    expect(fault([card('a', { at: at(1, 1), carousel: '轮' }), card('b', { at: at(1, 1), carousel: '轮' }), card('c', { at: at(9, 1), tab: '甲' }), card('d', { at: at(9, 1), tab: '乙' })])).toEqual([])
    expect(fault([card('a', {}), card('b', {})], 'adaptive')).toEqual([])
  })

  test('组件的维度和指标个数、重复编号、空的问题分组逐项指出', () => {
    const known = { indicator: () => ({ name: '量', stopped: false, timed: true }), dimension: () => ({ label: '区县', time: false }), role: () => true }
    const faults = faultsOf(board.parse({ code: 'x1', name: '错', kind: 'live', panels: [{ id: 'a', kind: 'pie', title: '饼', indicators: ['a1', 'b1'], dimensions: [] }, { id: 'a', kind: 'groups', title: '组', indicators: ['a1'] }, { id: 'c', kind: 'text', title: '文' }] }), known)
    expect(faults.map((f) => f.path)).toEqual(['panels.0.dimensions', 'panels.0.indicators', 'panels.1.id', 'panels.1.kind', 'panels.2.text'])
  })
})

describe('ANA-22 热点话题与热点事件', () => {
  const three = ['北门污水井盖破损冒污水', '夜市烧烤店油烟扰民', '健身房关门不退预付卡余额']
  const placed: string[][] = [[], [], []]

  test('五十件说三件事的工单归成三个话题，各带自己的工单，话题的件数与打开的明细相等', async () => {
    const ways = ['', '反映', '，请尽快处理', '，多次反映未解决', '问题']
    for (let n = 0; n < 50; n++) {
      const which = n % 3
      const title = `${n % 5 === 1 ? '反映' : ''}${three[which]}${n % 5 === 1 ? '' : (ways[n % 5] ?? '')}`
      const order = await ok(who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: `1990005${2000 + n}` }, appealType: 'complaint', title, content: `${title}，影响居民生活。`, areaCode: n % 2 ? '990101001' : '990102001' }))
      placed[which]?.push(order.id)
    }
    const { items, read, whole } = await ok(who('leader').post('/api/analytics/topics', { from: today, to: today }))
    expect({ whole, enough: read >= 50 }).toEqual({ whole: true, enough: true })
    const largest = items.toSorted((a: { orders: number }, b: { orders: number }) => b.orders - a.orders).slice(0, 3)
    // At least 85 of a hundred orders stand in the topic of their event (ANA-22 Figures).
    const right = largest.reduce((sum: number, one: { orderIds: string[] }) => sum + Math.max(...placed.map((ids) => one.orderIds.filter((id) => ids.includes(id)).length)), 0)
    expect(right).toBeGreaterThanOrEqual(43)
    expect(largest[0].days).toEqual([{ day: today, n: largest[0].orders }])
    expect(largest[0].words).toContain(`共 ${largest[0].orders} 件`)
    const list = await ok(who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'received', where: [{ dimension: 'order', values: largest[0].orderIds }], limit: 200 }))
    expect(list.items).toHaveLength(largest[0].orders)
    expect((await who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'received', where: [{ dimension: 'order', values: ["x' or true"] }] })).body.code).toBe('data.wrongMember')
    expect((await ok(who('unitLeader').post('/api/analytics/topics', { from: today, to: today }))).items.filter((one: { orderIds: string[] }) => one.orderIds.some((id) => placed.flat().includes(id)))).toEqual([])
  })

  test('周清单由系统生成一次，只有草稿；涉密工单不进清单', async () => {
    const secret = placed[1]?.[0] ?? ''
    await app.command((ctx) => sql`update order_order set confidential = true where id = ${secret}`.execute(ctx.acrossTenants('a test marks an order')))
    const week = (await ok(who('tenantAdmin').get('/api/analytics/periods'))).items.find((one: { name: string }) => one.name === 'lastWeek')
    await app.command(async (ctx) => {
      const system = inTenant(ctx, ctx.tenantId)
      const found = await openTopics(system, { from: today, to: today })
      expect(found.items.flatMap((one) => one.orderIds)).not.toContain(secret)
      expect(found.items.length).toBeGreaterThanOrEqual(3)
      await sql`update order_order set registered_at = registered_at - interval '7 days' where id = any(${placed.flat()})`.execute(ctx.acrossTenants('a test ages orders'))
      await makeDueLists(system)
      await makeDueLists(system)
      await sql`update order_order set registered_at = registered_at + interval '7 days' where id = any(${placed.flat()})`.execute(ctx.acrossTenants('a test ages orders'))
      await sql`update order_order set confidential = false where id = ${secret}`.execute(ctx.acrossTenants('a test marks an order'))
    })
    const listed = async (list: string): Promise<{ state: string; orders: number; from: string }[]> => (await ok(who('tenantAdmin').get(`/api/analytics/hot-events?from=${week.from}&to=${week.to}&list=${list}`))).items
    const made = await listed('week')
    expect(made.every((one) => one.state === 'draft' && one.from === week.from)).toBe(true)
    expect(made[0]?.orders).toBeGreaterThanOrEqual(12)
    expect(made.reduce((sum, one) => sum + one.orders, 0)).toBeLessThan(placed.flat().length)
    await app.command((ctx) => makeDueLists(inTenant(ctx, ctx.tenantId)))
    expect(await listed('week')).toHaveLength(made.length)
    expect(await listed('own')).toEqual([])
  })

  test('生成热点事件、改写、去掉不相干的工单、确认；读者只见已确认的；再生成不重复；生成专报', async () => {
    const at = { from: today, to: today }
    const list = async (login: string) => (await ok(who(login).get(`/api/analytics/hot-events?from=${today}&to=${today}`))).items
    expect((await who('leader').post('/api/analytics/hot-events/generate', at)).status).toBe(403)
    const { made } = await ok(who('tenantAdmin').post('/api/analytics/hot-events/generate', at))
    expect(made).toBeGreaterThanOrEqual(3)
    expect((await ok(who('tenantAdmin').post('/api/analytics/hot-events/generate', at))).made).toBe(0)
    const first = (await list('tenantAdmin'))[0]
    expect(await list('leader')).toEqual([])
    const path = `/api/analytics/hot-events/${first.id}`
    const { orderIds } = await ok(who('tenantAdmin').get(path))
    const words = { title: '北门污水外溢', summary: '井盖破损，污水外溢。', subject: '北门排水井', people: 40, areaName: '临澜区' }
    const changed = await ok(who('tenantAdmin').patch(path, { ...words, drop: [orderIds[0]], edit: first.edit }))
    expect(changed).toMatchObject({ ...words, orders: first.orders - 1, state: 'draft' })
    expect((await who('tenantAdmin').patch(path, { ...words, edit: first.edit })).body.code).toBe('analytics.eventChanged')
    expect((await who('tenantAdmin').patch(path, { ...words, drop: orderIds, edit: changed.edit })).body.code).toBe('analytics.eventEmpty')
    expect((await who('leader').get(path)).status).toBe(404)
    await ok(who('tenantAdmin').post(`${path}/decide`, { act: 'confirm' }))
    expect((await who('tenantAdmin').patch(path, { ...words, edit: changed.edit + 1 })).body.code).toBe('analytics.eventDecided')
    expect(await list('leader')).toMatchObject([{ title: '北门污水外溢', orders: first.orders - 1, stateName: '确认' }])
    for (const login of ['unitLeader', 'otherAdmin']) expect((await who(login).get(path)).status).toBe(404)
    const report = await ok(who('tenantAdmin').post('/api/reports', { template: `event:${first.id}`, ...at, name: '', readers: { all: true, unitIds: [], userIds: [] } }))
    expect(JSON.stringify(report)).toContain('北门污水外溢')
    expect(JSON.stringify(report)).toContain(`${first.orders - 1}`)
  })
})

describe('ANA-02 指标用在哪里', () => {
  test('看板、报告模板、接口里用到的都列出来；没有维护权的看不到，没有的指标 404', async () => {
    await ok(who('tenantAdmin').put('/api/data/interfaces/places', { name: '对外受理量', form: { indicators: ['received'], dimensions: [] }, perMinute: 3, callerIds: [], version: 0 }))
    const places = (await ok(who('tenantAdmin').get('/api/data/indicators/received/places'))).items as { what: string; name: string; path: string }[]
    expect(places).toContainEqual({ what: '指标接口', name: '对外受理量', path: '/analytics/interfaces' })
    const boards = [...shipped.values()].filter((b) => b.panels.some((p) => p.indicators.includes('received'))).map((b) => `/analytics/boards/${b.code}`)
    expect(boards.length).toBeGreaterThan(3)
    for (const path of boards) expect(places.map((p) => p.path)).toContain(path)
    expect(places.filter((p) => p.path?.startsWith('/analytics/reports/templates/')).length).toBeGreaterThan(0)
    expect((await who('leader').get('/api/data/indicators/received/places')).status).toBe(403)
    expect((await who('tenantAdmin').get('/api/data/indicators/nothing/places')).status).toBe(404)
    expect((await ok(who('otherAdmin').get('/api/data/indicators/received/places'))).items).not.toContainEqual(expect.objectContaining({ name: '对外受理量' }))
  })
})

describe('ANA-10 快照的保留', () => {
  test('存满保留期的整份清理并留痕；已发布考核期所涉、有人引用的一直保留；谁也不能自己删', async () => {
    const kept = async (): Promise<string[]> => (await ok(who('reviewer').get('/api/analytics/snapshots'))).items.map((s: { name: string }) => s.name)
    const take = async (name: string, day = today) => ok(who('reviewer').post('/api/analytics/snapshots', { from: day, to: day, indicator: 'received', where: [], keys: [], name }))
    const [plain, linked] = [await take('随手存的'), await take('报告引用的')]
    await take('考核期的', '2026-01-15')
    expect(plain).toMatchObject({ heldBy: null })
    expect(plain.keptUntil).not.toBeNull()
    const app_ = app.app.runtime.db.withoutPlugins()
    await expect(sql`delete from analytics_snapshot where id = ${plain.id}`.execute(app_)).rejects.toThrow(/permission denied/)
    expect((await sql<{ gone: boolean }>`select analytics_purge_snapshot(tenant_id, id, taken_at) as gone from analytics_snapshot where id = ${plain.id}`.execute(app_)).rows).toEqual([{ gone: false }])
    await app.command(async (ctx) => {
      const [level, model, run, t] = [newId(), newId(), newId(), ctx.tenantId]
      await sql`insert into assessment_level (tenant_id, id, code, name) values (${t}, ${level}, 'kept', '区级')`.execute(ctx.db())
      await sql`insert into assessment_model (tenant_id, id, code, name, level_id, created_at) values (${t}, ${model}, 'kept', '月考核', ${level}, ${ts(ctx.clock.now())})`.execute(ctx.db())
      await sql`insert into assessment_period (tenant_id, id, model_id, kind, name, from_day, to_day, state, published_run_id) values (${t}, ${newId()}, ${model}, 'month', '一月考核', '2026-01-01', '2026-01-31', 'published', ${run})`.execute(ctx.db())
    }, 'tenantAdmin')
    snapshotHolders.add(async () => new Map([[String(linked.id), '某份报告']]))
    app.clock.advance(1096 * DAY)
    as['reviewer'] = await app.as('reviewer')
    await app.command(purgeSnapshots, 'tenantAdmin')
    expect((await kept()).toSorted()).toEqual(['报告引用的', '考核期的'])
    const held = (await ok(who('reviewer').get('/api/analytics/snapshots'))).items.map((s: { name: string; heldBy: string }) => [s.name, s.heldBy])
    expect(Object.fromEntries(held)).toEqual({ 报告引用的: '某份报告', 考核期的: '已发布的考核期“一月考核”' })
    expect((await app.command((ctx) => sql<{ act: string }>`select act from kernel_audit where act = 'purgeSnapshots'`.execute(ctx.db()))).rows).toHaveLength(1)
    expect((await who('reviewer').get(`/api/analytics/snapshots/${plain.id}`)).body).toMatchObject({ title: '没有这份快照；存满保留期的快照会自动清理' })
    expect((await ok(who('reviewer').get(`/api/analytics/snapshots/${linked.id}`)))).toMatchObject({ keptUntil: null, heldBy: '某份报告' })
  })
})
