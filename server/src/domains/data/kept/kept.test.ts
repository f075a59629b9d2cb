// Sums against rows: whatever happens to orders, every delivered indicator by every dimension has one answer, however it is counted.
import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, localDate, MINUTE } from '../../../kernel/time/index.ts'
import { applySetting } from '../../platform/index.ts'
import { catalogueOf } from '../catalogue.ts'
import { decimal } from '../formula.ts'
import { evaluate } from '../figures.ts'
import { dimensions } from '../dimensions.ts'
import { factOf } from '../fact-catalogue.ts'
import { isBasic, partsOf } from '../indicator.ts'
import { shipped } from '../shipped.ts'
import { duckPid, endDuck } from '../history/duck.ts'
import { history } from '../history/folder.ts'
import { cleanMonths, keepHistory, writeMonth } from '../history/months.ts'
import { followChanges } from './follow.ts'
import type { Way } from './plan.ts'
import { buildStep, startBuild } from './rebuild.ts'
import { differences } from './verify.ts'

let app: TestApp
let tenant = ''
let units: string[] = []
const orders: string[] = []
const run = (text: string, values: unknown[] = []): Promise<unknown> => app.command((ctx) => sql.raw<Record<string, unknown>>(fill(text, values)).execute(ctx.acrossTenants('test')))
/** Only values made here: ids, numbers, words of this file. */
const fill = (text: string, values: unknown[]): string => text.replaceAll(/\$(\d+)/g, (_, n: string) => { const v = values[Number(n) - 1]; return v === null ? 'null' : `'${String(v)}'` })
const day = (n: number): string => localDate((app.clock.now() + n * DAY) as never, 'Asia/Shanghai')
const moment = (n: number): string => new Date(app.clock.now() + n * DAY).toISOString() // a bound of the test's own data

beforeAll(async () => {
  app = await testApp()
  const { rows } = await app.command((ctx) => sql<{ id: string; tenant_id: string }>`select u.id, u.tenant_id from platform_unit u join platform_tenant t on t.id = u.tenant_id where t.code = 'test' order by u.code`.execute(ctx.acrossTenants('test')))
  tenant = rows[0]?.tenant_id ?? ''
  units = rows.map((r) => r.id)
  for (let i = 0; i < 12; i++) await register({ ago: i * 23, area: i % 3, unit: i % units.length, type: i % 4 })
  await app.command((ctx) => startBuild(ctx))
  while (await app.command((ctx) => buildStep(ctx, tenant, 5))) continue
}, 300_000)
afterAll(async () => {
  endDuck()
  await app.stop()
})

const areas = ['990101001001', '990102', null]
const types = ['help', 'complaint', 'praise', 'consultation']
const answers = ['yes', 'no', 'notStated']
type Seed = { ago: number; area: number; unit: number; type: number }

async function register({ ago, area, unit, type }: Seed): Promise<void> {
  const id = newId()
  orders.push(id)
  await run(`insert into order_order (tenant_id, id, number, enquiry_code, state, channel, registered_by_name, registered_at, appeal_type, title, content, area_code, stage_since_at, updated_at) values ($1, $2, $3, 'TEST-TEST', 'pendingDispatch', 'phone', 'x', $4, $5, 'x', 'x', $6, $4, $4)`, [tenant, id, `K${id.slice(0, 13)}${orders.length}`, moment(-ago), types[type], areas[area]])
  await run(`insert into order_assignment (tenant_id, id, order_id, unit_id, unit_name, role, route_mode, state, dispatched_at, dispatched_by_name) values ($1, $2, $3, $4, 'x', 'lead', 'levelByLevel', 'pendingSign', $5, 'x')`, [tenant, newId(), id, units[unit], moment(-ago + 0.1)])
  await run(`update order_order set state = 'inProgress', lead_unit_id = $3, lead_unit_name = 'x', dispatched_at = $4, next_due_at = $5 where tenant_id = $1 and id = $2`, [tenant, id, units[unit], moment(-ago + 0.1), moment(-ago + 3)])
  await run(`insert into order_clock (tenant_id, id, order_id, unit_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state) values ($1, $2, $3, $4, 'handling', 1, 'workingDays', 'x', $5, $6, $6, 'running')`, [tenant, newId(), id, units[unit], moment(-ago), moment(-ago + 3)])
}

type Step = { order: number; what: number; n: number }
/** What may happen to an order, late and in any order: the sums must not care whether it makes sense. */
async function happen({ order, what, n }: Step): Promise<void> {
  const id = orders[order % orders.length]
  const where = 'where tenant_id = $1 and'
  const list: [string, unknown[]][] = [
    [`update order_order set state = 'archived', close_kind = 'handled', closed_at = $3, archived_at = $3, next_due_at = null ${where} id = $2`, [tenant, id, moment(-(n % 40))]],
    [`update order_order set state = 'inProgress', closed_at = null, archived_at = null, round = round + 1, next_due_at = $3 ${where} id = $2`, [tenant, id, moment((n % 9) - 4)]],
    [`update order_order set appeal_type = $3 ${where} id = $2`, [tenant, id, types[n % 4]]],
    [`update order_order set area_code = $3 ${where} id = $2`, [tenant, id, areas[n % 3]]],
    [`update order_order set state = 'merged' ${where} id = $2`, [tenant, id]],
    [`update order_order set confidential = not confidential ${where} id = $2`, [tenant, id]],
    [`update order_order set urge_count = urge_count + 1, return_count = return_count + 1, involved_count = $3 ${where} id = $2`, [tenant, id, n % 50]],
    [`update order_assignment set unit_id = $3, signed_at = $4, contacted_at = $4 ${where} order_id = $2`, [tenant, id, units[n % units.length], moment(-(n % 30))]],
    [`update order_clock set due_at = $3, met_at = $4, state = 'met' ${where} order_id = $2`, [tenant, id, moment((n % 20) - 10), moment(-(n % 15))]],
    [`update order_clock set state = 'cancelled' ${where} order_id = $2`, [tenant, id]],
    [`with t as (insert into callback_task (tenant_id, id, order_id, round, cause, manner, wish, state, due_at, unit_id, created_at) values ($1, $3, $2, (select coalesce(max(round), 0) + 1 from callback_task where tenant_id = $1 and order_id = $2), 'wanted', 'person', 'call', 'done', $5, $6, $5) returning id) insert into callback_result (tenant_id, id, task_id, order_id, round, at, by_kind, actor_name, way, contacted, solved, satisfied, attributable, outcome, consequence, unit_id) select $1, $4, id, $2, 1, $5, 'person', 'x', 'call', $7, $8, $9, ${n % 5 > 0}, 'satisfied', 'archived', $6 from t`, [tenant, id, newId(), newId(), moment(-(n % 35)), units[n % units.length], answers[n % 2], answers[n % 3], answers[(n >> 2) % 3]]],
    [`update order_assignment set unit_id = $3 ${where} order_id = $2`, [tenant, id, units[n % units.length]]],
    [`delete from order_clock ${where} order_id = $2`, [tenant, id]],
  ]
  const one = list[what % list.length]
  if (one) await run(...one)
}

/** Counted as it stands at the end of a period: not by time. */
const isStock = (code: string): boolean => { const d = shipped[code]?.definition; return d !== undefined && isBasic(d) && factOf(d.fact)?.dates[d.date]?.column === null }
const stocks = new Set(Object.entries(shipped).filter(([code, { definition: d }]) => isStock(code) || uses(d, isStock)).map(([code]) => code))
function uses(d: (typeof shipped)[string]['definition'], test: (code: string) => boolean): boolean {
  return partsOf(d).some((code) => test(code) || (shipped[code] ? uses(shipped[code].definition, test) : false))
}

/** Every group of every indicator, as text. */
async function table(way: Way, ask: { from: string; to: string; dimensions: string[]; where?: { dimension: string; values: (string | null)[] }[] }, login: string): Promise<Record<string, Record<string, string | null>>> {
  const timed = ask.dimensions.some((key) => dimensions.find((d) => d.key === key)?.group === 'time')
  return app.query(async (ctx) => {
    const { indicators, groups } = await evaluate(ctx, { indicators: Object.keys(shipped).filter((code) => !timed || !stocks.has(code)), below: false, where: [], ...ask }, await catalogueOf(ctx), way)
    const lines = [...groups].map(([key, { values }]) => [key ?? 'total', Object.fromEntries(indicators.map((i) => [i.code, decimal(values.get(i.code) ?? null, 4)]))] as const)
    // Groups in which nothing is counted are no groups.
    return Object.fromEntries(lines.filter(([key, values]) => key === 'total' || indicators.some((i) => isBasic(i.definition) && !/^0(\.0+)?$/.test(values[i.code] ?? '0'))).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }, login)
}

const asks = (): Parameters<typeof table>[1][] => [
  ...dimensions.map((d) => ({ from: day(-75), to: day(3), dimensions: [d.key] })),
  { from: day(-400), to: day(20), dimensions: [] }, { from: day(-3), to: day(0), dimensions: ['unit'] }, { from: '2026-11-01', to: '2026-11-30', dimensions: ['category', 'month'] },
  { from: day(-40), to: day(0), dimensions: ['county', 'appealType'], where: [{ dimension: 'channel', values: ['phone', null] }] }, { from: day(-40), to: day(0), dimensions: ['day'], where: [{ dimension: 'unit', values: [units[2] ?? null] }] },
  { from: day(-40), to: day(0), dimensions: ['category', 'unit'] }, { from: day(-500), to: day(-230), dimensions: ['unit'] }, { from: day(-230), to: day(-190), dimensions: ['day'] }, { from: day(-100), to: day(-50), dimensions: ['street'], where: [{ dimension: 'street', values: [null] }] },
]

describe('ANA-03 汇总随工单更正', () => {
  test('任意经过之后，每个指标、每个维度，汇总、留存行和实数三种数法一致', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ order: fc.nat(200), what: fc.nat(100), n: fc.nat(1000) }), { minLength: 5, maxLength: 25 }), fc.record({ ago: fc.nat(60), area: fc.nat(2), unit: fc.nat(3), type: fc.nat(3) }), async (steps, seed) => {
      for (const step of steps) await happen(step)
      await register(seed)
      await app.command(followChanges)
      const ask = { from: day(-75), to: day(3), dimensions: [['unit', 'county', 'category', 'day', 'appealType', 'hour'][steps.length % 6] ?? 'unit'] }
      const [live, sums] = await Promise.all([table('live', ask, 'tenantAdmin'), table('sums', ask, 'tenantAdmin')])
      expect(sums).toEqual(live)
    }), { numRuns: 5, endOnFailure: true })
    for (const login of ['tenantAdmin', 'leader', 'unitLeader']) {
      for (const ask of login === 'tenantAdmin' ? asks() : asks().slice(dimensions.length)) {
        // Nothing changes meanwhile: the three ways count side by side.
        const [live, sums, rows] = await Promise.all([table('live', ask, login), table('sums', ask, login), table('rows', ask, login)])
        expect({ login, ask, table: sums }).toEqual({ login, ask, table: live })
        expect({ login, ask, table: rows }).toEqual({ login, ask, table: live })
      }
    }
  }, 300_000)

  test('已办结的工单改了分类：两个分类各变一件，合计不变；重建中断后接着建，结果一样', async () => {
    const ask = { from: day(-75), to: day(3), dimensions: ['appealType'] }
    await run(`update order_order set state = 'archived', closed_at = $3, appeal_type = 'help', confidential = false where tenant_id = $1 and id = $2`, [tenant, orders[1], moment(-1)])
    await app.command(followChanges)
    const before = await table('sums', ask, 'tenantAdmin')
    await run(`update order_order set appeal_type = 'report' where tenant_id = $1 and id = $2`, [tenant, orders[1]])
    await app.command(followChanges)
    const after = await table('sums', ask, 'tenantAdmin')
    expect(after['total']?.['closed']).toBe(before['total']?.['closed'])
    expect(Number(after['["report"]']?.['closed'])).toBe(Number(before['["report"]']?.['closed'] ?? 0) + 1)
    await app.command((ctx) => startBuild(ctx, true))
    await app.command((ctx) => buildStep(ctx, tenant, 4))
    await run(`update order_order set urgency = 'urgent' where tenant_id = $1 and id = $2`, [tenant, orders[0]])
    await app.command(followChanges)
    while (await app.command((ctx) => buildStep(ctx, tenant, 4))) continue
    expect(await table('sums', ask, 'tenantAdmin')).toEqual(await table('live', ask, 'tenantAdmin'))
  })

  test('过去的月份存成文件：每个指标、每个维度都与实数一致；旧月份有改动就先数明细，安静后重写；进程被杀不影响回答', async () => {
    await app.command((ctx) => applySetting(ctx, { tenantId: tenant, unitId: null }, 'data.history.from', 1, '测试'))
    await app.command((ctx) => applySetting(ctx, { tenantId: tenant, unitId: null }, 'data.history.after', 1, '测试'))
    const months = (): Promise<string[]> => app.query(async (ctx) => (await cleanMonths(ctx)).map((m) => m.month), 'tenantAdmin')
    const write = async (): Promise<void> => { await app.command(keepHistory); while ((await app.command((ctx) => writeMonth(ctx, tenant))) !== null) continue }
    await register({ ago: 200, area: 0, unit: 1, type: 0 })
    await happen({ order: orders.length - 1, what: 10, n: 7 })
    await app.command(followChanges)
    expect(await months()).toEqual([])
    await write()
    const all = await months()
    expect(all.length).toBeGreaterThan(4)
    const long = { from: day(-400), to: day(3) }
    for (const login of ['tenantAdmin', 'leader', 'unitLeader']) {
      for (const ask of login === 'tenantAdmin' ? dimensions.map((d) => ({ ...long, dimensions: [d.key] })) : asks().slice(-3)) expect({ login, ask, table: await table('files', ask, login) }).toEqual({ login, ask, table: await table('live', ask, login) })
    }
    // Tasks, clocks and callbacks are counted from files of their own: with those of another month in their place each count is another.
    const files = (fact: string): string[] => readdirSync(history.folder).filter((name) => name.endsWith(`-${fact}.parquet`)).map((name) => join(history.folder, name)).toSorted((a) => (a.includes(`-${day(-200).slice(0, 7)}-`) ? -1 : 1))
    const days = async (code: string): Promise<Record<string, string | null | undefined>> => Object.fromEntries(Object.entries(await table('files', { ...long, dimensions: ['day'] }, 'tenantAdmin')).map(([key, values]) => [key, values[code]]))
    for (const [fact, code] of [['assignment', 'dispatches'], ['clock', 'handlingDue'], ['callback', 'callbacks']] as const) {
      const [one = '', other = ''] = [files(fact)[0], files(fact).at(-1)]
      const before = await days(code)
      renameSync(one, `${one}.kept`)
      copyFileSync(other, one)
      const after = await days(code)
      renameSync(`${one}.kept`, one)
      expect({ fact, days: after }).not.toEqual({ fact, days: before })
    }
    const pid = duckPid()
    expect(pid).toBeDefined()
    const ask = { ...long, dimensions: ['appealType'] }
    await run(`update order_order set appeal_type = 'report' where tenant_id = $1 and id = $2`, [tenant, orders[9]])
    await app.command(followChanges)
    expect(await months()).toHaveLength(all.length - 1)
    expect(await table('files', ask, 'tenantAdmin')).toEqual(await table('live', ask, 'tenantAdmin'))
    await write()
    expect(await months()).toHaveLength(all.length - 1)
    app.clock.advance(11 * MINUTE)
    await write()
    expect(await months()).toEqual(all)
    // A file that is gone, as after a restored backup, is noticed and written anew.
    rmSync(files('clock')[0] ?? '')
    expect(await months()).toHaveLength(all.length - 1)
    await write()
    expect(await months()).toEqual(all)
    const asked = table('files', ask, 'tenantAdmin')
    if (pid) process.kill(pid, 'SIGKILL')
    const live = await table('live', ask, 'tenantAdmin')
    expect(await asked).toEqual(live)
    expect(await table('files', ask, 'tenantAdmin')).toEqual(live)
    expect(duckPid()).not.toBe(pid)
    await app.command((ctx) => startBuild(ctx, true))
    expect(await months()).toEqual([])
    while (await app.command((ctx) => buildStep(ctx, tenant, 40))) continue
  }, 60_000)

  test('核对：汇总等于重数；动过手脚的汇总被指出', async () => {
    const check = (): Promise<string[]> => app.command((ctx) => differences(ctx, day(-40), day(0)))
    expect(await check()).toEqual([])
    await run(`update data_rollup set c0 = c0 + 1 where tenant_id = $1 and cut = 4 and c0 > 0`, [tenant])
    expect((await check()).length).toBeGreaterThan(0)
  })

  test('随时间变的条件不入汇总，其余内置基础指标都入', () => {
    const moving = Object.entries(shipped).filter(([, { definition: d }]) => isBasic(d) && d.where.some((c) => factOf(d.fact)?.fields[c.field]?.moving)).map(([code]) => code)
    expect(moving).toEqual(['overdueOpen'])
  })
})
