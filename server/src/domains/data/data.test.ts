// Figures against a hand count on a small city: every counted figure equals the list it opens, for every role.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../kernel/testing/index.ts'
import { DAY, isWorkingDay, localDate } from '../../kernel/time/index.ts'
import { applySetting, calendarOf } from '../platform/index.ts'
import { dimensions } from './dimensions.ts'
import { dataExports } from './exports.ts'
import { modelExports } from './models/model-files.ts'
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
  await app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'indicator.review', false, '测试'), 'tenantAdmin')
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
    // 1/3 · 0.6 + 2/3 · 0.4 of a hundred; no handling clock has come due today: the score has no value rather than one without it.
    const composite = (await ask('leader', { indicators: ['satisfactionIndex', 'serviceScore', 'handlingDue'] })).total
    expect(composite).toMatchObject({ satisfactionIndex: '46.67', handlingDue: '0', serviceScore: null })
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

describe('DAT-20 自有日历与专门时期', () => {
  test('半年、工作日、专门时期各自分组，合计不变；按时段筛选的数与明细相等；期末的数没有时段', async () => {
    await app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'data.specialPeriods', [{ name: '供暖季', from: day(-30), to: today }, { name: '会期', from: today, to: day(5) }], '测试'), 'tenantAdmin')
    const one = async (dimension: string): Promise<[string, string][]> => (await ask('leader', { indicators: ['received'], dimensions: [dimension] })).rows.map((r: { keys: { name: string }[]; values: Record<string, string> }) => [r.keys[0]?.name, r.values['received']])
    expect(await one('halfYear')).toEqual([[`${today.slice(0, 4)}-H${Number(today.slice(5, 7)) <= 6 ? 1 : 2}`, '5']])
    expect(await one('specialPeriod')).toEqual([['供暖季', '5']])
    const kind = await app.query(async (ctx) => (isWorkingDay(await calendarOf(ctx), today) ? '工作日' : '休息日'), 'leader')
    expect(await one('dayKind')).toEqual([[kind, '5']])
    for (const [dimension, hit, miss] of [['dayKind', kind === '工作日' ? 'work' : 'off', kind === '工作日' ? 'off' : 'work'], ['specialPeriod', '供暖季', '会期'], ['weekday', String(new Date(`${today}T12:00:00Z`).getUTCDay() || 7), '0']] as const) {
      const count = async (value: string): Promise<[string, number]> => {
        const where = [{ dimension, values: [value] }]
        return [(await ask('leader', { indicators: ['received'], where })).total.received, (await ok(who('leader').post('/api/data/figures/rows', { from: today, to: today, indicator: 'received', where }))).items.length]
      }
      expect({ dimension, hit: await count(hit), miss: await count(miss) }).toEqual({ dimension, hit: ['5', 5], miss: ['0', 0] })
    }
    expect(await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['open'], where: [{ dimension: 'dayKind', values: ['work'] }] })).toMatchObject({ status: 422, body: { code: 'data.wrongMember' } })
  })
})

describe('ANA-04 数据范围', () => {
  test('不是编号的单位、分类、事项说清楚，不当成没有数据', async () => {
    for (const dimension of ['unit', 'category', 'matter', 'industry']) for (const path of ['figures', 'figures/rows']) expect([dimension, await who('leader').post(`/api/data/${path}`, { from: today, to: today, indicators: ['received'], indicator: 'received', where: [{ dimension, values: ['notauuid'] }] })]).toMatchObject([dimension, { status: 422, body: { code: 'data.wrongMember' } }])
  })

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

  test('须审核时：提出的变更不起作用，自己不能审核；另一人同意后生效，不同意须写理由；每项变更有人、时间和内容', async () => {
    const review = (on: boolean): Promise<unknown> => app.command((ctx) => applySetting(ctx, { tenantId: ctx.tenantId, unitId: null }, 'indicator.review', on, '测试'), 'tenantAdmin')
    type Item = { id: string; code: string; act: string; state: string; byName: string; mayDecide: boolean; mayWithdraw: boolean }
    const changes = async (login: string): Promise<{ items: Item[]; months: { month: string; created: number; changed: number; stopped: number }[] }> => ok(who(login).get('/api/data/indicator-changes'))
    const waitingOf = async (login: string, code: string): Promise<Item> => (await changes(login)).items.find((i) => i.code === code && i.state === 'waiting') as Item
    const decide = (login: string, id: string, outcome: string, note = ''): Promise<Answer> => who(login).post(`/api/data/indicator-changes/${id}/decide`, { outcome, note })
    await review(true)
    expect(await ok(who('businessAdmin').post('/api/data/indicators', { code: 'waits', name: '待审指标', definition: formula('solved * 2') }))).toMatchObject({ waiting: true })
    expect((await who('leader').post('/api/data/figures', { from: today, to: today, indicators: ['waits'] })).status).toBe(404)
    const made = await waitingOf('businessAdmin', 'waits')
    expect(made).toMatchObject({ act: 'create', mayDecide: false, mayWithdraw: true })
    expect(await decide('businessAdmin', made.id, 'approve')).toMatchObject({ status: 403, body: { code: 'data.ownChange' } })
    expect(await decide('tenantAdmin', made.id, 'withdraw')).toMatchObject({ status: 403, body: { code: 'data.othersChange' } })
    expect((await decide('leader', made.id, 'approve')).status).toBe(403)
    expect((await decide('otherAdmin', made.id, 'approve')).status).toBe(404)
    expect(await decide('tenantAdmin', made.id, 'refuse')).toMatchObject({ status: 422, body: { fields: [{ path: 'note' }] } })
    expect(await who('tenantAdmin').post('/api/data/indicators', { code: 'waits', name: '又一个', definition: formula('solved') })).toMatchObject({ status: 409, body: { code: 'data.waiting' } })
    await ok(decide('tenantAdmin', made.id, 'approve', '同意'))
    expect((await ask('leader', { indicators: ['waits'] })).total).toMatchObject({ waits: '4.0' })
    expect(await decide('tenantAdmin', made.id, 'approve')).toMatchObject({ status: 409, body: { code: 'data.decided' } })
    // What was right when it was asked for is looked at again: its day has come meanwhile.
    await ok(who('businessAdmin').patch('/api/data/indicators/waits', { name: '待审指标', fromDay: day(1), definition: formula('solved * 3') }))
    const late = await waitingOf('tenantAdmin', 'waits')
    app.clock.advance(DAY)
    for (const login of ['businessAdmin', 'tenantAdmin', 'leader']) as[login] = await app.as(login)
    expect(await decide('tenantAdmin', late.id, 'approve')).toMatchObject({ status: 422, body: { code: 'data.fromDay' } })
    await ok(decide('businessAdmin', late.id, 'withdraw'))
    app.clock.advance(-DAY)
    for (const login of Object.keys(as)) as[login] = await app.as(login)
    await ok(who('businessAdmin').post('/api/data/indicators/waits/state', { state: 'stopped' }))
    await ok(decide('tenantAdmin', (await waitingOf('tenantAdmin', 'waits')).id, 'refuse', '还在用'))
    await ok(who('businessAdmin').post('/api/data/indicators/waits/state', { state: 'stopped' }))
    await ok(decide('tenantAdmin', (await waitingOf('tenantAdmin', 'waits')).id, 'approve'))
    const { items, months } = await changes('leader')
    expect(items.filter((i) => i.code === 'waits').map((i) => `${i.act} ${i.state}`).toSorted()).toEqual(['change withdrawn', 'create approved', 'stop approved', 'stop refused'])
    expect(months).toHaveLength(12)
    expect(months.at(-1)).toMatchObject({ month: today.slice(0, 7), stopped: 2 })
    await review(false)
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

describe('ANA-07 自定义查询', () => {
  type Body = Record<string, unknown>
  const order: Body = { base: 'order', fields: ['number', 'title', 'unit', 'registeredAt'] }
  const run = (login: string, definition: Body, more: Body = {}): Promise<Answer> => who(login).post('/api/data/model-runs', { definition: { ...order, ...definition }, ...more })
  const fault = async (definition: Body, more: Body = {}): Promise<string> => { const { status, body } = await run('leader', definition, more); expect(status).toBe(422); return body.fields[0].message }
  const twiceReturned = { all: [{ field: 'returnCount', op: 'gte', value: 2 }, { field: 'callback.solved', op: 'in', value: ['no'] }] }

  test('“退单两次且回访未解决，按单位”：数等于综合查询同样条件的件数，组的明细与组的数相等', async () => {
    const db = app.app.runtime.db.withoutPlugins()
    await sql`update order_order set return_count = 2 where lead_unit_id is not null`.execute(db)
    const table = await ok(run('leader', { where: twiceReturned, look: 'table', groups: ['unit'] }))
    expect(table).toMatchObject({ total: ['1'], rows: [{ keys: [{ field: 'unit', key: units['T-HEAT'] }], cells: ['1'] }] })
    const returned = [{ field: 'returnCount', op: 'gte', value: 2 }]
    const upper = await ok(who('leader').get(`/api/orders/query?where=${encodeURIComponent(JSON.stringify({ all: returned }))}`))
    expect(Number((await ok(run('leader', { where: { all: returned }, look: 'table' }))).total[0])).toBe(upper.count.value)
    const list = await ok(run('leader', { where: twiceReturned }, { keys: [{ field: 'unit', key: units['T-HEAT'] }] }))
    expect(list).toMatchObject({ count: 1, more: false, columns: [{ label: '工单号' }, { label: '标题' }, { label: '办理单位' }, { label: '登记时间' }] })
    expect(list.rows[0].cells[0]).toBe(list.rows[0].orderNumber)
    expect((await ok(run('unitLeader', { look: 'table' }))).total).toEqual(['2'])
    expect((await ok(run('otherAdmin', { look: 'table' }))).total).toEqual(['0'])
  })

  test('每类数据的每个字段都能作条件、列、分组；连接不会多数', async () => {
    const { items } = await ok(who('leader').get('/api/data/model-bases'))
    const sample: Record<string, unknown> = { text: '路', words: '路灯', number: 1, instant: today, choice: ['x'], boolean: true, area: ['990101'], unit: [units['T-HEAT']], matter: [units['T-HEAT']], category: [units['T-HEAT']] }
    for (const base of items) {
      const usable = base.fields.filter((f: { where: boolean }) => f.where)
      const leaves = usable.flatMap((f: { key: string; kind: string; ops: { code: string }[] }) => f.ops.map(({ code }) => ({ field: f.key, op: code, ...(code === 'lastDays' ? { value: 7 } : code === 'between' ? { value: [sample[f.kind], null] } : { value: sample[f.kind] }) })))
      for (let i = 0; i < leaves.length; i += 39) await ok(run('leader', { base: base.key, fields: ['agentName'], where: { any: leaves.slice(i, i + 39) }, ...(base.object === 'order' ? { fields: ['number'] } : {}) }))
      const shown = base.fields.filter((f: { shown: boolean }) => f.shown).map((f: { key: string }) => f.key)
      for (let i = 0; i < shown.length; i += 30) await ok(run('leader', { base: base.key, fields: shown.slice(i, i + 30) }))
    }
    const all = items.find((b: { key: string }) => b.key === 'order').fields.filter((f: { groups: boolean; group: string }) => f.groups && f.group !== '文字')
    for (const field of all) expect({ field: field.key, total: (await ok(run('leader', { look: 'table', groups: [field.key], measures: [{ how: 'count' }, { how: 'orders' }] }))).total }).toEqual({ field: field.key, total: ['5', '5'] })
  })

  test('高于权限的字段不出现，硬要用的 403；不存在的字段、比较、值逐一说明', async () => {
    const offered = async (login: string): Promise<string[]> => (await ok(who(login).get('/api/data/model-bases'))).items.flatMap((b: { key: string; fields: { key: string }[] }) => b.fields.map((f) => `${b.key}.${f.key}`))
    expect(await offered('unitLeader')).not.toContain('order.confidential')
    expect((await offered('tenantAdmin')).some((key) => key.startsWith('call.') || key.startsWith('order.calls.'))).toBe(false)
    for (const definition of [{ fields: ['number', 'confidential'] }, { where: { all: [{ field: 'confidential', op: 'is', value: true }] } }, { look: 'table', groups: ['confidential'] }, { sort: 'confidential' }, { names: { confidential: '密' } }, { controls: [{ field: 'confidential', kind: 'select', name: '' }] }]) expect(await run('unitLeader', definition)).toMatchObject({ status: 403, body: { code: 'data.fieldAbove' } })
    expect((await run('tenantAdmin', { base: 'call', fields: ['phone'] })).status).toBe(403)
    expect((await run('tenantAdmin', { fields: ['calls.agent'] })).status).toBe(403)
    expect((await run('agent', {})).status).toBe(403)
    expect((await app.nobody('staff').post('/api/data/model-runs', {})).status).toBe(401)
    expect(await fault({ fields: ['password'] })).toBe('没有“password”这个字段')
    expect(await fault({ fields: [] })).toBe('请至少选择一列')
    expect(await fault({ where: { all: [{ field: 'title', op: 'gte', value: 1 }] } })).toBe('“标题”不能用这种比较')
    expect(await fault({ where: { all: [{ field: 'unit', op: 'in', value: ["x' or 1=1"] }] } })).toBe('“办理单位”的值不正确')
    expect(await fault({ where: { all: [{ field: 'registeredAt', op: 'between', value: [null, null] }] } })).toBe('“登记时间”的值不正确')
    expect(await fault({ look: 'table', groups: ['registeredAt'] })).toContain('请按日、周、月等分组')
    expect(await fault({ look: 'table', measures: [{ how: 'sum', field: 'title' }] })).toContain('不是数值')
    expect((await run('leader', { base: "order; drop table x" })).status).toBe(422)
  })

  test('必填的查询条件空着，说出为它设的话；看不见的用设定值，停用的不起作用', async () => {
    const control = { field: 'registeredAt', kind: 'dateRange', name: '登记日期', mayBeEmpty: false, message: '请先选登记日期' }
    expect(await fault({ controls: [control] })).toBe('请先选登记日期')
    expect(await fault({ controls: [control] }, { values: { registeredAt: [null, ''] } })).toBe('请先选登记日期')
    expect(await fault({ controls: [{ ...control, message: '' }] })).toBe('请填写“登记日期”')
    const count = async (controls: Body[], values: Body = {}): Promise<number> => (await ok(run('leader', { controls }, { values }))).count
    expect(await count([control], { registeredAt: [today, today] })).toBe(5)
    expect(await count([control], { registeredAt: [day(1), null] })).toBe(0)
    // Ranges named by today, as a kept query has them.
    expect([await count([{ ...control, value: 'today' }]), await count([control], { registeredAt: 'lastMonth' })]).toEqual([5, 0])
    expect((await run('leader', { controls: [control] }, { values: { registeredAt: 'constructor' } })).status).toBe(422)
    const kind = { field: 'appealType', kind: 'multiSelect', name: '' }
    expect(await count([{ ...kind, visible: false, value: ['complaint'] }], { appealType: ['help'] })).toBe(1)
    expect(await count([{ ...kind, enabled: false, mayBeEmpty: false, value: ['complaint'] }])).toBe(5)
    expect(await count([kind], { appealType: [] })).toBe(5)
    expect(await fault({ controls: [{ ...kind, kind: 'dateRange' }] })).toContain('不能用这种查询控件')
  })

  test('存、改、复制、共享：每次修改是一个版本，别人的改不了，无权字段留在外面并说明', async () => {
    const made = await ok(who('leader').post('/api/data/models', { name: '两次退单', definition: { ...order, where: twiceReturned, fields: ['number', 'confidential'] } }))
    expect(made).toMatchObject({ version: 1, own: true, shared: false, withheld: [] })
    expect((await who('unitLeader').get(`/api/data/models/${made.id}`)).status).toBe(404)
    const change = (login: string, body: Body): Promise<Answer> => who(login).put(`/api/data/models/${made.id}`, { name: '两次退单', definition: { ...order, fields: ['number', 'confidential'] }, shared: true, ...body })
    expect(await ok(change('leader', { version: 1 }))).toMatchObject({ version: 2, shared: true, versions: [{ version: 2 }, { version: 1 }] })
    expect((await change('leader', { version: 1 })).status).toBe(409)
    expect((await ok(who('leader').get(`/api/data/models/${made.id}?version=1`))).definition.where).toEqual(twiceReturned)
    expect(await ok(who('unitLeader').get(`/api/data/models/${made.id}`))).toMatchObject({ mayEdit: false, withheld: ['保密'], definition: { fields: ['number'] } })
    expect((await change('unitLeader', { version: 2, definition: order })).status).toBe(403)
    expect((await who('unitLeader').delete(`/api/data/models/${made.id}`)).status).toBe(403)
    await ok(change('leader', { version: 2, definition: { ...order, where: { all: [{ field: 'confidential', op: 'is', value: true }] } } }))
    expect(await who('unitLeader').get(`/api/data/models/${made.id}`)).toMatchObject({ status: 403, body: { code: 'data.modelWithheld' } })
    expect((await who('otherAdmin').get(`/api/data/models/${made.id}`)).status).toBe(404)
    const names = async (): Promise<string[]> => (await ok(who('leader').get('/api/data/models'))).items.map((m: { name: string }) => m.name)
    expect(await names()).toContain('退单与回访')
    const delivered = await ok(who('leader').get('/api/data/models/returnedDissatisfied'))
    await ok(who('leader').post('/api/data/models', { name: '我的退单与回访', definition: delivered.definition }))
    expect((await who('leader').put('/api/data/models/returnedDissatisfied', { name: '改', definition: order, version: 1 })).status).toBe(403)
    await ok(who('leader').delete(`/api/data/models/${made.id}`))
    expect(await names()).not.toContain('两次退单')
    expect(await names()).toContain('我的退单与回访')
  })

  test('文件里的合计等于屏幕上的；行数超限被说明；没有分组没有图', async () => {
    const table = { look: 'bar', groups: ['county'], measures: [{ how: 'count' }, { how: 'sum', field: 'returnCount' }] }
    const screen = await ok(run('leader', table))
    const sheet = await app.query(async (ctx) => {
      const lines: Record<string, unknown>[] = []
      for await (const part of modelExports()[0]?.rows(ctx, { definition: { ...order, ...table } }, [], { sort: null, ids: null }) ?? []) lines.push(...part)
      return lines
    }, 'leader')
    expect(sheet.at(-1)).toMatchObject({ county: '合计', v0: Number(screen.total[0]), v1: Number(screen.total[1]) })
    expect(sheet).toHaveLength(screen.rows.length + 1)
    const file = (login: string, definition: Body, format: string): Promise<Answer> => who(login).post('/api/data/model-files', { definition: { ...order, ...definition }, format, title: '按区县' })
    for (const format of ['pdf', 'docx', 'png']) expect({ format, status: (await file('leader', table, format)).status }).toEqual({ format, status: 200 })
    expect(await file('leader', { ...table, groups: [] }, 'png')).toMatchObject({ status: 422, body: { code: 'data.noChart' } })
    expect((await ok(who('leader').post('/api/exports', { page: 'models', filter: { definition: { ...order, ...table } }, columns: [], format: 'xlsx' }))).count).toBe(screen.rows.length)
  })
})
