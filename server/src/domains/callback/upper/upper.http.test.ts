// The upper platform's detail against the own callbacks, over HTTP.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localDate } from '../../../kernel/time/index.ts'
import { seedCallback } from '../seeding.ts'
import { callbackCity, ok, type City } from '../testing/accepted-orders.ts'

let city: City
let month: string
beforeAll(async () => {
  city = await callbackCity(['otherAdmin'])
  month = localDate(city.app.clock.now()).slice(0, 7)
})
afterAll(() => city.app.stop())

const leader = () => city.who('shiftLeader')
const said = { contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '座机拨打' }
const line = (number: string, more: object = {}) => ({ number, contacted: '是', solved: '是', satisfied: '满意', at: '', opinion: '', ...more })
const send = (rows: object[], more: object = {}) => leader().post('/api/callback/upper/imports', { month, name: '市级明细.csv', rows, ...more })
const compared = () => ok(leader().get(`/api/callback/upper/comparison?month=${month}`))
const kinds = async () => Object.fromEntries((await compared()).kinds.map((one: { kind: string; count: number }) => [one.kind, one.count]))

test('未知单号、重复行、错误内容逐行报告，确认之前什么也不导入；确认后只导入正确的行', async () => {
  const [a, b] = [await city.accepted(), await city.accepted()]
  const rows = [line(a.number), line('NO-SUCH-1'), line(a.number), line(b.number, { solved: '也许' }), line(b.number, { at: '昨天' })]
  const check = await ok(send(rows, { checkOnly: true }))
  expect(check).toMatchObject({ importId: null, imported: 1, errors: [{ row: 3, field: 'number' }, { row: 4, field: 'number', message: '与第 2 行是同一件工单' }, { row: 5, field: 'solved' }, { row: 6, field: 'at' }] })
  expect(await city.rows(sql`select 1 from callback_upper_result`)).toEqual([])
  expect(await ok(send(rows))).toMatchObject({ imported: 1, replaced: 0 })
  expect((await ok(leader().get(`/api/callback/upper/imports?month=${month}`))).items[0]).toMatchObject({ rows: 5, taken: 1, standing: 1, faults: [{ row: 3 }, { row: 4 }, { row: 5 }, { row: 6 }] })
  expect(await kinds()).toMatchObject({ upperOnly: 1 })
})

test('逐单比对：一致、不一致、上级缺、本级缺、未表态各归各；只有一级回访的不算进吻合率', async () => {
  const [same, differs, own, unstated] = [await city.accepted(), await city.accepted({}, { contacted: 'yes', solved: 'no', satisfied: 'yes' }), await city.accepted(), await city.accepted()]
  for (const one of [same, differs, own, unstated]) await ok(city.who('callbackAgent').post(`/api/callbacks/${one.task}/complete`, said))
  await ok(send([line(same.number), line(differs.number, { solved: '否', satisfied: '不满意', opinion: '没修好' }), line(unstated.number, { contacted: '', solved: '', satisfied: '未表态' })]))
  expect(await kinds()).toEqual({ differs: 1, same: 1, ownOnly: 1, upperOnly: 1, unstated: 1 })
  const all = await compared()
  expect(all.ownUpper).toEqual({ compared: 2, agreed: 1, rate: 0.5 })
  expect(all.unitUpper).toMatchObject({ compared: 3, agreed: 2 })
  expect(all.questions.map((one: { ownUpper: { agreed: number } }) => one.ownUpper.agreed)).toEqual([2, 1, 1])
  const [row] = (await ok(leader().get(`/api/callback/upper/matches?month=${month}&kind=differs`))).items
  expect(row).toMatchObject({ number: differs.number, differs: ['是否解决', '是否满意'], unit: { solved: 'no' }, own: { solved: 'yes' }, upper: { solved: 'no', opinion: '没修好' } })
  expect(await ok(leader().post(`/api/callback/upper/results/${row.upper.resultId}/cause`, { cause: '上级回访的是后一次报修' }))).toMatchObject({ cause: '上级回访的是后一次报修' })
})

test('旧月份与当月的回访比对，之后再回访的不算；答复不变的，登记的原因还在', async () => {
  const order = await city.accepted()
  await ok(city.who('callbackAgent').post(`/api/callbacks/${order.task}/complete`, said))
  await ok(send([line(order.number, { solved: '否', satisfied: '不满意' })]))
  const match = async () => (await ok(leader().get(`/api/callback/upper/matches?month=${month}&number=${order.number}`))).items[0]
  await ok(leader().post(`/api/callback/upper/results/${(await match()).upper.resultId}/cause`, { cause: '问的不是同一件事' }))
  // A later answer of the same order, after the month.
  const [later] = await city.rows<{ id: string }>(sql`select gen_random_uuid() as id`)
  await city.rows(sql`insert into callback_task select (t).* from (select jsonb_populate_record(x, jsonb_build_object('id', ${later?.id}::text, 'round', x.round + 1)) as t from callback_task x where x.id = ${order.task}) y`)
  await city.rows(sql`insert into callback_result select (r).* from (select jsonb_populate_record(x, jsonb_build_object('id', gen_random_uuid(), 'task_id', ${later?.id}::text, 'solved', 'no', 'satisfied', 'no', 'at', x.at + interval '40 days')) as r from callback_result x where x.order_id = ${order.id}) y`)
  expect(await match()).toMatchObject({ kind: 'differs', own: { solved: 'yes' } })
  await ok(send([line(order.number, { solved: '否', satisfied: '不满意' })], { name: '再报.csv' }))
  expect(await match()).toMatchObject({ cause: '问的不是同一件事' })
})

test('再次导入：新的替换旧的，旧的还在', async () => {
  const order = await city.accepted()
  await ok(send([line(order.number)]))
  expect(await ok(send([line(order.number, { satisfied: '不满意' })], { name: '更正.csv' }))).toMatchObject({ imported: 1, replaced: 1 })
  expect(await city.rows(sql`select r.satisfied, r.replaced_at is null as stands from callback_upper_result r join callback_upper_import i on i.id = r.import_id where r.order_id = ${order.id} order by i.created_at, i.id`)).toEqual([{ satisfied: 'yes', stands: false }, { satisfied: 'no', stands: true }])
})

test('示范数据经同样的用例：本月明细、抽访库里的工单', async () => {
  const waiting = await city.reported()
  await city.app.drain()
  await city.app.command((ctx) => seedCallback(ctx))
  expect((await ok(leader().get(`/api/callback/upper/imports?month=${month}`))).items[0]).toMatchObject({ name: '市级回访明细' })
  expect(await city.rows(sql`select state, entered_because from callback_pool where order_id = ${waiting.id}`)).toEqual([{ state: 'waiting', entered_because: 'unit' }])
})

test('别的地区的工单号按未知处理；没有权限的人不能导入也不能登记原因', async () => {
  const order = await city.accepted()
  expect(JSON.stringify(await ok(city.who('otherAdmin').get(`/api/callback/upper/comparison?month=${month}`)))).not.toContain(order.number)
  expect((await city.who('callbackAgent').post('/api/callback/upper/imports', { month, rows: [line(order.number)] })).status).toBe(403)
  expect((await city.who('callbackAgent').post(`/api/callback/upper/results/${order.id}/cause`, { cause: 'x' })).status).toBe(403)
  expect((await leader().post(`/api/callback/upper/results/${order.id}/cause`, { cause: '不存在的' })).status).toBe(404)
  expect((await send([line(order.number)], { month: '2026-13' })).status).toBe(422)
})
