// Boards: every delivered one can be drawn and equals the lists behind it; editors change copies, readers see what was published.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { localDate } from '../../kernel/time/index.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { AppError } from '../../kernel/errors.ts'
import { figureRows, figures } from '../data/index.ts'
import { shipped as indicators } from '../data/shipped.ts'
import { faultsOf, board, type Panel } from './board.ts'
import { shipped } from './shipped/index.ts'

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
const remembered = (ctx: Ctx, question: Question, panel: Panel): ReturnType<typeof figures> => {
  const key = JSON.stringify([ctx.actor.id, question, panel.compare, panel.order])
  const held = answers.get(key) ?? figures(ctx, { ...question, below: false, known: false, limit: 200, ...(panel.compare ? { compare: panel.compare } : {}), ...(panel.order ? { order: panel.order } : {}) })
  answers.set(key, held)
  return held
}
type Question = { indicators: string[]; dimensions: string[]; where: { dimension: string; values: (string | null)[] }[]; from: string; to: string }

describe('ANA-09、ANA-15、ANA-19 交付的看板', () => {
  test.each(['leader', 'unitLeader'])('每个交付看板都能画出，每个计数都等于它打开的明细：%s', { timeout: 240_000 }, async (login) => {
    const held = new Map<string, number>()
    let opened = 0
    await app.query(async (ctx) => {
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
      for (const board of shipped.values()) {
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
    }, login)
    expect(opened).toBeGreaterThan(login === 'leader' ? 60 : 20)
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
    expect((await who('leader').post('/api/analytics/snapshots', { ...question, indicator: 'callsArrived', name: '来电' })).status).toBeGreaterThanOrEqual(403)
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
    expect((await who('tenantAdmin').post('/api/analytics/boards', { definition: { ...own, code: 'today' } })).body.code).toBe('analytics.codeTaken')
  })

  test('组件的维度和指标个数、重复编号、空的问题分组逐项指出', () => {
    const known = { indicator: () => ({ name: '量', stopped: false, timed: true }), dimension: () => ({ label: '区县', time: false }) }
    const faults = faultsOf(board.parse({ code: 'x1', name: '错', kind: 'live', panels: [{ id: 'a', kind: 'pie', title: '饼', indicators: ['a1', 'b1'], dimensions: [] }, { id: 'a', kind: 'groups', title: '组', indicators: ['a1'] }, { id: 'c', kind: 'text', title: '文' }] }), known)
    expect(faults.map((f) => f.path)).toEqual(['panels.0.dimensions', 'panels.0.indicators', 'panels.1.id', 'panels.1.kind', 'panels.2.text'])
  })
})
