// Figures against a hand count on a small city: every counted figure equals the list it opens, for every role.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, localDate } from '../../kernel/time/index.ts'
import { dimensions } from './dimensions.ts'
import { dataExports } from './exports.ts'
import { shipped } from './shipped.ts'

let app: TestApp
const as: Record<string, Client> = {}
const units: Record<string, string> = {}
const who = (login: string): Client => as[login] as Client
const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
let today = ''
const day = (n: number): string => localDate((app.clock.now() + n * DAY) as never, 'Asia/Shanghai')

let n = 0
async function registered(areaCode: string | undefined, appealType = 'help'): Promise<{ id: string; number: string }> {
  n += 1
  const order = await ok(who('agent').post('/api/orders', { requester: { name: '苗若溪', phone: `1990002${String(2000 + n)}` }, appealType, title: `路灯不亮 ${n}`, content: '巷口路灯连续几天不亮，夜里行走不便。', ...(areaCode ? { areaCode } : {}) }))
  await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
  return order
}
async function closed(areaCode: string, unit: 'T-URBAN' | 'T-HEAT', answers: Record<string, string>): Promise<void> {
  const order = await registered(areaCode)
  const [handler, leader] = unit === 'T-URBAN' ? ['handler', 'unitLeader'] : ['handler2', 'unitLeader2']
  const assignment = (await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: [{ unitId: units[unit], role: 'lead' }] }))).assignments[0].id
  await ok(who(handler).post(`/api/assignments/${assignment}/sign`))
  await ok(who(handler).post(`/api/assignments/${assignment}/feedback`, { result: '已更换灯具，照明恢复。', basis: '物业管理条例', contacted: 'yes', solved: 'yes', satisfied: 'yes' }))
  await ok(who(leader).post(`/api/assignments/${assignment}/review`, { outcome: 'accept' }))
  await ok(who('reviewer').post(`/api/orders/${order.id}/review-result`, { outcome: 'accept' }))
  await app.drain()
  const task = (await ok(who('callbackAgent').get(`/api/callbacks?number=${order.number}`))).items[0].id
  await ok(who('callbackAgent').post(`/api/callbacks/${task}/complete`, { way: 'otherWay', wayNote: '座机拨打', ...answers, ...(answers['solved'] === 'no' ? { opinion: '仍不亮' } : {}) }))
}

beforeAll(async () => {
  app = await testApp()
  for (const login of ['agent', 'reviewer', 'dispatcher', 'handler', 'handler2', 'unitLeader', 'unitLeader2', 'callbackAgent', 'leader', 'businessAdmin', 'tenantAdmin', 'otherAdmin']) as[login] = await app.as(login)
  const { rows } = await sql<{ code: string; id: string }>`select code, id from platform_unit`.execute(app.app.runtime.db.withoutPlugins())
  for (const row of rows) units[row.code] = row.id
  today = day(0)
  await registered('990101001', 'complaint')
  await registered(undefined)
  for (const answers of [{ contacted: 'yes', solved: 'yes', satisfied: 'yes' }, { contacted: 'yes', solved: 'yes', satisfied: 'notStated' }]) await closed('990101', 'T-URBAN', answers)
  await closed('990102', 'T-HEAT', { contacted: 'yes', solved: 'no', satisfied: 'notStated' })
})
afterAll(() => app.stop())

const ask = (login: string, body: Record<string, unknown>): Promise<any> => ok(who(login).post('/api/data/figures', { from: today, to: today, ...body })) // oxlint-disable-line no-explicit-any -- as above

describe('DAT-21 指标', () => {
  test('每个内置基础指标等于人工数出的数（重办的再派一次）；三率按回访件数', async () => {
    const { total } = await ask('leader', { indicators: ['received', 'open', 'complaints', 'dispatches', 'signed', 'handlingDue', 'callbacks', 'contacted', 'solved', 'satisfied'] })
    expect(total).toMatchObject({ received: '5', complaints: '1', dispatches: '4', signed: '4', callbacks: '3', contacted: '3', solved: '2', satisfied: '1' })
    const rates = (await ask('leader', { indicators: ['responseRate', 'solvedRate', 'satisfiedRate', 'threeRates'] })).total
    expect(rates).toMatchObject({ responseRate: '100.00', solvedRate: '66.67', satisfiedRate: '33.33', threeRates: '65.00' })
  })

  test('除以零显示“–”（没有值），不是零', async () => {
    const yesterday = { from: day(-1), to: day(-1) }
    const { total } = await ask('leader', { ...yesterday, indicators: ['received', 'closingRate', 'threeRates'] })
    expect(total).toMatchObject({ received: '0', closingRate: null, threeRates: null })
  })

  test('按维度分组，合计等于各行之和，没有区划的在“未知”', async () => {
    for (const dimension of dimensions.map((d) => d.key)) {
      const { rows, total } = await ask('leader', { indicators: ['received'], dimensions: [dimension] })
      expect({ dimension, sum: rows.reduce((sum: number, r: { values: Record<string, string> }) => sum + Number(r.values['received']), 0) }).toEqual({ dimension, sum: Number(total['received']) })
    }
    const { rows } = await ask('leader', { indicators: ['received'], dimensions: ['county'] })
    expect(rows.find((r: { keys: { key: string | null }[] }) => r.keys[0]?.key === null)).toMatchObject({ keys: [{ name: '未知' }], values: { received: '1' } })
  })

  test('分段维度：上限写在维度里，每个面板各用各的，段的明细与段的数相等', async () => {
    const { rows, total } = await ask('leader', { indicators: ['received'], dimensions: ['returnsBand.0.3'] })
    expect(rows.reduce((sum: number, r: { values: Record<string, string> }) => sum + Number(r.values['received']), 0)).toBe(Number(total['received']))
    for (const row of rows) {
      expect(['0 次', '1–3 次', '3 次以上', '未知']).toContain(row.keys[0].name)
      const list = await ok(who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'received', keys: [{ dimension: 'returnsBand.0.3', key: row.keys[0].key }], limit: 200 }))
      expect({ band: row.keys[0].name, n: list.items.length }).toEqual({ band: row.keys[0].name, n: Number(row.values['received']) })
    }
    for (const wrong of ['returnsBand.3.1', 'returnsBand.1.1', 'returnsBand.1.2.3.4.5.6.7.8.9', 'ageBand']) expect(await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['received'], dimensions: [wrong] })).toMatchObject({ status: 422, body: { code: 'data.unknownDimension' } })
  })

  test('每个数打开的明细条数与它相等，对每个岗位都如此', async () => {
    const basics = Object.entries(shipped).filter(([, one]) => one.definition.kind === 'basic' && one.definition.aggregate === 'count').map(([code]) => code)
    for (const login of ['leader', 'unitLeader']) {
      const { total, rows } = await ask(login, { indicators: basics.slice(0, 20), dimensions: ['unit'] })
      for (const code of basics.slice(0, 20)) {
        const list = await ok(who(login).post('/api/data/figures/rows', { from: today, to: today, indicator: code, limit: 200 }))
        expect({ login, code, rows: list.items.length }).toEqual({ login, code, rows: Number(total[code]) })
      }
      const first = rows[0]
      const list = await ok(who(login).post('/api/data/figures/rows', { from: today, to: today, indicator: basics[0], keys: first.keys.map((k: { dimension: string; key: string | null }) => ({ dimension: k.dimension, key: k.key })), limit: 200 }))
      expect(list.items.length).toBe(Number(first.values[basics[0] as string]))
    }
  })

  test('衍生指标没有明细，说出它的组成', async () => {
    // A sum opens what it is made of: orders that were never urged are no rows of the urges.
    expect((await ok(who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'urges' }))).items).toEqual([])
    expect(await who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'solvedRate' })).toMatchObject({ status: 422, body: { title: '“解决率”由其他指标计算得出，请打开它的组成：解决件数、回访量' } })
  })
})

describe('ANA-04 数据范围', () => {
  test('单位只数自己的工单；别的租户什么也数不到；没有权限的 403', async () => {
    expect((await ask('unitLeader', { indicators: ['received'], dimensions: ['unit'] })).total).toEqual({ received: '2' })
    expect((await ask('otherAdmin', { indicators: ['received', 'callbacks'] })).total).toEqual({ received: '0', callbacks: '0' })
    const forged = await ask('unitLeader', { indicators: ['received'], where: [{ dimension: 'unit', values: [units['T-HEAT']] }] })
    expect(forged.total).toEqual({ received: '0' })
    expect((await who('agent').post('/api/data/figures', { from: today, to: today, indicators: ['received'] })).status).toBe(403)
    expect((await who('leader').post('/api/data/indicators', { code: 'mine', name: '我的', definition: shipped['received']?.definition })).status).toBe(403)
  })

  test('未知的指标、维度、成员和过长的统计期被说明', async () => {
    expect(await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['nothing'] })).toMatchObject({ status: 404, body: { title: '没有编码为“nothing”的指标' } })
    expect(await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['received'], dimensions: ["unit'; drop table x"] })).toMatchObject({ status: 422 })
    expect(await who('leader').post('/api/data/figures', { from: '2000-01-01', to: today, indicators: ['received'] })).toMatchObject({ status: 422, body: { code: 'data.period' } })
    expect(await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['open'], dimensions: ['day'] })).toMatchObject({ status: 422, body: { title: '指标“在办量”按期末统计，不能按时间分组' } })
  })
})

describe('DAT-22 指标目录与版本', () => {
  const formula = (text: string) => ({ kind: 'derived', unit: '%', scale: 1, direction: 'up', statement: '试验口径', formula: text })

  test('公式从某日起变更：之前的数不变，之后按新口径，两个版本都可查', async () => {
    const before = (await ask('leader', { indicators: ['solvedRate'] })).total
    const changed = await ok(who('businessAdmin').patch('/api/data/indicators/solvedRate', { name: '解决率', fromDay: day(1), definition: formula('(solved + satisfied) / callbacks * 100'), reason: '试行' }))
    expect(changed).toMatchObject({ version: 1, coming: { version: 2, fromDay: day(1) } })
    expect((await ask('leader', { indicators: ['solvedRate'] })).total).toEqual(before)
    expect((await ask('leader', { to: day(1), indicators: ['solvedRate'] })).total['solvedRate']).toBe('100.0')
    const days = await ask('leader', { to: day(1), indicators: ['solvedRate'], dimensions: ['day'] })
    expect(days.changed).toEqual([{ code: 'solvedRate', name: '解决率', fromDay: day(1) }])
    expect(days.rows.find((r: { keys: { key: string }[] }) => r.keys[0]?.key === today).values['solvedRate']).toBe('66.7')
    expect((await ok(who('leader').get('/api/data/indicators/solvedRate'))).versions.map((v: { version: number }) => v.version)).toEqual([2, 1])
    expect(await who('businessAdmin').patch('/api/data/indicators/solvedRate', { name: '解决率', fromDay: today, definition: formula('solved'), reason: '' })).toMatchObject({ status: 422, body: { code: 'data.fromDay' } })
    expect((await ask('tenantAdmin', { to: day(1), indicators: ['solvedRate'] })).columns.find((c: { code: string }) => c.code === 'solvedRate')).toMatchObject({ version: 2 })
  })

  test('未知编码、循环和写错的公式被拒绝并指出位置', async () => {
    const make = (code: string, text: string): Promise<Answer> => who('businessAdmin').post('/api/data/indicators', { code, name: code, definition: formula(text) })
    expect(await make('bad', 'received / nothing')).toMatchObject({ status: 422, body: { fields: [{ path: 'definition.formula', message: '没有编码为“nothing”的指标' }] } })
    expect(await make('bad', 'received +')).toMatchObject({ status: 422, body: { fields: [{ message: '第 11 个字符：表达式不完整' }] } })
    expect(await make('selfish', 'selfish + 1')).toMatchObject({ status: 422, body: { title: '公式互相引用：selfish → selfish' } })
    await ok(make('half', 'solvedRate / 2'))
    expect(await make('half', 'received')).toMatchObject({ status: 409, body: { code: 'data.codeTaken' } })
    expect(await who('businessAdmin').patch('/api/data/indicators/solved', { name: '解决件数', fromDay: day(2), definition: formula('half') })).toMatchObject({ status: 422, body: { code: 'data.circle' } })
    expect((await ask('leader', { indicators: ['half'] })).total).toMatchObject({ half: '33.3' })
  })

  test('被引用的指标不能停用；停用后不能再统计', async () => {
    const state = (code: string, to: string): Promise<Answer> => who('businessAdmin').post(`/api/data/indicators/${code}/state`, { state: to })
    expect(await state('callbacks', 'stopped')).toMatchObject({ status: 409, body: { code: 'data.inUse' } })
    await ok(state('half', 'stopped'))
    expect(await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['half'] })).toMatchObject({ status: 422, body: { title: '指标“half”已停用' } })
    await ok(state('half', 'active'))
  })

  test('自建基础指标：字段、比较和值都要对', async () => {
    const basic = (where: unknown[]) => ({ kind: 'basic', unit: '件', scale: 0, direction: 'none', statement: '投诉类', fact: 'order', date: 'registered', aggregate: 'count', where })
    const make = (code: string, where: unknown[]): Promise<Answer> => who('businessAdmin').post('/api/data/indicators', { code, name: code, definition: basic(where) })
    expect((await make('wrongField', [{ field: 'password', op: 'in', value: ['x'] }])).body.fields[0]).toMatchObject({ path: 'definition.where.0.field' })
    expect((await make('wrongOp', [{ field: 'round', op: 'in', value: ['1'] }])).status).toBe(422)
    await ok(make('streetComplaints', [{ field: 'appealType', op: 'in', value: ['complaint'] }]))
    expect((await ask('leader', { indicators: ['streetComplaints'], dimensions: ['street'] })).rows).toMatchObject([{ keys: [{ key: '990101001' }], values: { streetComplaints: '1' } }])
  })
})

describe('ANA-14 比较与按词筛选', () => {
  test('环比带上一期的合计与各组，没有的一期数为 0，率为空', async () => {
    const answer = await ask('leader', { indicators: ['received', 'solvedRate'], dimensions: ['county'], compare: 'previous' })
    expect(answer.before).toMatchObject({ from: day(-1), to: day(-1), total: { received: '0', solvedRate: null } })
    expect(answer.rows.length).toBeGreaterThan(1)
    for (const row of answer.rows) expect(row.before).toMatchObject({ received: '0', solvedRate: null })
    expect((await ask('leader', { indicators: ['received'], dimensions: ['day'] })).rows[0].before).toBeNull()
  })

  test('按词筛选：任一词命中即算，数与明细一致', async () => {
    const where = [{ dimension: 'words', values: ['路灯', '供热'] }]
    const { total } = await ask('leader', { indicators: ['received'], where })
    expect(total.received).toBe('5')
    const rows = await ok(who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'received', where }))
    expect(rows.items).toHaveLength(5)
    expect((await ask('leader', { indicators: ['received'], where: [{ dimension: 'words', values: ['供热'] }] })).total.received).toBe('0')
  })
})

describe('ANA-08、ANA-09 导出', () => {
  /** What the job would write, read as the person. */
  const exported = (login: string, page: string, filter: Record<string, unknown>): Promise<Record<string, unknown>[]> =>
    app.query(async (ctx) => {
      const source = dataExports().find((one) => one.page === page)
      const lines: Record<string, unknown>[] = []
      for await (const part of source?.rows(ctx, { from: today, to: today, ...filter }, [], { sort: null, ids: null }) ?? []) lines.push(...part)
      return lines
    }, login)

  test('统计表按所问的列导出，合计在末行，没有值的留空；明细条数等于所点的数', async () => {
    const table = await exported('leader', 'figures', { indicators: ['received', 'solvedRate'], dimensions: ['county'] })
    expect(table.at(-1)).toMatchObject({ k0: '合计', received: 5 })
    expect(table.slice(0, -1).reduce((sum, row) => sum + Number(row['received']), 0)).toBe(5)
    expect(await exported('leader', 'figureRows', { indicator: 'received', keys: [] })).toHaveLength(5)
    expect((await exported('unitLeader', 'figures', { indicators: ['received'], dimensions: ['unit'] })).length).toBeLessThan(4)
  })

  test('列随所问而定；没有的指标、没有权限被拒绝', async () => {
    const started = await ok(who('leader').post('/api/exports', { page: 'figures', filter: { from: today, to: today, indicators: ['received'], dimensions: ['unit'] }, columns: [], format: 'csv' }))
    expect(started.count).toBeGreaterThan(1)
    expect((await who('leader').post('/api/exports', { page: 'figures', filter: { from: today, to: today, indicators: ['nothing'] }, columns: [], format: 'csv' })).status).toBe(404)
    expect((await who('agent').post('/api/exports', { page: 'figures', filter: { from: today, to: today, indicators: ['received'] }, columns: [], format: 'csv' })).status).toBe(403)
  })
})
