import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { walkIn, type Walk } from '../reading/test-orders.ts'
import { queryExports } from './export-query.ts'

let app: TestApp
let walk: Walk
beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

type Row = { id: string; number: string; registeredAt: string; urgeCount: number }
const ask = async (login: string, where: unknown, more = '') => (await walk.who(login)).get(`/api/orders/query?limit=200&where=${encodeURIComponent(JSON.stringify(where))}${more}`)
const ids = async (where: unknown, login = 'reviewer'): Promise<string[]> => (await walk.ok(ask(login, where))).items.map((r: Row) => r.id)

describe('综合查询', () => {
  test('且、或、非按括号组合，同样条件的工单列表与之一致', async () => {
    const a = await walk.register({ title: '地铁口积水', content: '雨后积水', urgency: 'urgent', areaCode: '990101001' })
    const b = await walk.register({ title: '地铁口乱停车', content: '车辆占道', areaCode: '990102' })
    const both = await ids({ all: [{ field: 'words', op: 'has', value: '地铁口' }] })
    expect(both.toSorted()).toEqual([a.id, b.id].toSorted())
    expect(await ids({ all: [{ field: 'words', op: 'has', value: '地铁口' }, { field: 'urgency', op: 'in', value: ['urgent', 'major'] }] })).toEqual([a.id])
    expect(await ids({ all: [{ field: 'words', op: 'has', value: '地铁口' }, { not: { field: 'area', op: 'in', value: ['990101'] } }] })).toEqual([b.id])
    expect((await ids({ all: [{ field: 'words', op: 'has', value: '地铁口' }, { any: [{ field: 'area', op: 'in', value: ['990102'] }, { field: 'urgency', op: 'in', value: ['urgent'] }] }] })).toSorted()).toEqual([a.id, b.id].toSorted())
    expect(await ids({ not: { field: 'words', op: 'has', value: '地铁口' } })).not.toContain(a.id)
  })

  test('六个条件加排序：逐页翻完不重不漏，行数等于总数', async () => {
    const six = { all: [{ field: 'state', op: 'in', value: ['pendingReview', 'pendingDispatch', 'inProgress'] }, { field: 'appealType', op: 'in', value: ['help'] }, { field: 'channel', op: 'notIn', value: ['portal'] }, { field: 'registeredAt', op: 'lastDays', value: 30 }, { field: 'round', op: 'lte', value: 3 }, { field: 'flags', op: 'hasNot', value: ['hard'] }] }
    for (let i = 0; i < 7; i++) await walk.register({ title: `井盖松动 ${i}` })
    for (const sort of ['-registeredAt', 'registeredAt', '-urgeCount', 'nextDueAt', '-closedAt', 'number']) {
      const seen: string[] = []
      let total = 0
      for (let cursor = ''; ; ) {
        const page = await walk.ok((await walk.who('reviewer')).get(`/api/orders/query?limit=3&sort=${sort}&where=${encodeURIComponent(JSON.stringify(six))}${cursor}`))
        seen.push(...page.items.map((r: Row) => r.id))
        total = page.count.value
        if (page.next === null) break
        cursor = `&cursor=${encodeURIComponent(page.next)}`
      }
      expect(new Set(seen).size, sort).toBe(seen.length)
      expect(seen.length, sort).toBe(total)
    }
  })

  test('每个条件和每个运算符都能执行', async () => {
    const { fields } = await walk.ok((await walk.who('reviewer')).get('/api/orders/query/fields'))
    expect(fields.length).toBeGreaterThan(35)
    const uuid = '00000000-0000-7000-8000-000000000001'
    const sample: Record<string, unknown> = { choice: ['own'], flags: ['hard'], labels: [uuid], words: '路灯', text: '张', number: 3, boolean: true, area: ['990101'], unit: [uuid], matter: [uuid], category: [uuid], phone: '13800000000', user: [uuid], specialClass: [uuid] }
    for (const field of fields)
      for (const { code } of field.ops) {
        if (field.rulesOnly) {
          expect((await ask('reviewer', { not: { field: field.key, op: code, value: '张' } })).status).toBe(422)
          continue
        }
        const value = code === 'between' ? (field.kind === 'instant' ? ['2026-01-01T00:00:00+08:00', null] : [1, 9]) : field.kind === 'instant' ? (code === 'lastDays' ? 7 : '2026-01-01T00:00:00+08:00') : field.choices.length > 0 ? [field.choices[0].value] : ['keyTopic', 'specialMark'].includes(field.key) ? [uuid] : field.kind === 'form' ? (code === 'gte' || code === 'lte' ? 3 : '张') : (sample[field.kind] ?? 'x')
        expect((await ask('reviewer', { all: [{ field: field.key, op: code, ...(code === 'empty' || code === 'filled' ? {} : { value }) }] })).status, `${field.key} ${code}`).toBe(200)
      }
  })

  test('表单要素是条件：等于、属于、数值比较', async () => {
    const order = await walk.register({ title: '室温不达标', content: '室温低' })
    await walk.rows(sql`update order_order set form_data = '{"temperature": 12, "kind": ["a","b"]}'::jsonb where id = ${order.id} returning id`)
    expect(await ids({ all: [{ field: 'form.temperature', op: 'lte', value: 16 }] })).toEqual([order.id])
    expect(await ids({ all: [{ field: 'form.kind', op: 'in', value: ['b'] }] })).toEqual([order.id])
    expect(await ids({ all: [{ field: 'form.temperature', op: 'gte', value: 16 }] })).toEqual([])
  })

  test('没有的条件、错的运算符、错的值、过深过多：422 指出，不被忽略；夹带的语句只是文字', async () => {
    for (const where of [{ all: [{ field: 'nope', op: 'is', value: 1 }] }, { all: [{ field: 'state', op: 'gte', value: 1 }] }, { all: [{ field: 'state', op: 'in', value: ["closed' or 1=1 --"] }] }, { all: [{ field: 'registeredAt', op: 'before', value: 'x' }] }, { field: 'state' }, { all: Array.from({ length: 41 }, () => ({ field: 'round', op: 'gte', value: 1 })) }, { not: { not: { not: { not: { not: { not: { field: 'round', op: 'gte', value: 1 } } } } } } }, { all: [{ field: 'matter', op: 'in', value: ["x' or 1=1"] }] }])
      expect(await ask('reviewer', where), JSON.stringify(where)).toMatchObject({ status: 422, body: { fields: [{ path: 'where' }] } })
    expect(await ids({ all: [{ field: 'requesterName', op: 'is', value: "x' or '1'='1" }] })).toEqual([])
    expect(await ids({ all: [{ field: "form.a')) or 1=1", op: 'is', value: '1' }] }).catch(() => 'refused')).toBe('refused')
    expect((await (await walk.who('reviewer')).get('/api/orders/query?where=%7B')).status).toBe(422)
  })

  test('数据范围不因条件放宽：座席只查到自己登记的，保密的只给有权的人，别的中心查不到', async () => {
    const secret = await walk.register({ title: '保密举报', content: '请保密', confidential: true }, 'agent2')
    const all = { any: [{ field: 'confidential', op: 'is', value: true }, { field: 'confidential', op: 'is', value: false }] }
    expect(await ids(all, 'agent')).not.toContain(secret.id)
    expect(await ids(all, 'handler')).not.toContain(secret.id)
    expect(await ids(all, 'reviewer')).toContain(secret.id)
  })

  test('默认查本中心；选“含下级中心”才有下级的工单，导出同样', async () => {
    const own = await walk.register({ title: '井盖异响' })
    const passed = await walk.register({ title: '井盖异响', areaCode: '990102' })
    await walk.ok((await walk.who('reviewer')).post(`/api/orders/${passed.id}/pass-review`, {}))
    const [county] = await walk.rows(sql<{ id: string }>`select id from platform_tenant where code = 'test-county'`)
    const { toNumber } = await walk.ok((await walk.who('dispatcher')).post(`/api/orders/${passed.id}/transfer`, { tenantId: county?.id }))
    const lower = await walk.ok((await walk.who('countyReviewer')).get(`/api/orders/by-number/${toNumber}`))
    const where = { all: [{ field: 'words', op: 'has', value: '异响' }] }
    expect((await ids(where)).toSorted()).toEqual([own.id, passed.id].toSorted())
    const below = await walk.ok(ask('reviewer', where, '&below=true'))
    expect(below.items.map((r: Row) => r.id).toSorted()).toEqual([own.id, passed.id, lower.id].toSorted())
    expect(below.count.value).toBe(3)
    expect((await walk.ok(ask('agent', where, '&below=true'))).items.map((r: Row) => r.id), '不向下读取的人选了也没有').not.toContain(lower.id)
    const [source] = queryExports()
    const counted = (filter: Record<string, unknown>) => app.query((ctx) => source?.count(ctx, filter as never, { sort: '-registeredAt', ids: null }, 100) ?? Promise.resolve(-1), 'reviewer')
    expect([await counted({ where: JSON.stringify(where) }), await counted({ where: JSON.stringify(where), below: 'true' })]).toEqual([2, 3])
  })

  test('导出与列表行数一致，按页读取', async () => {
    const where = JSON.stringify({ all: [{ field: 'appealType', op: 'in', value: ['help'] }] })
    const listed = await ids(JSON.parse(where))
    const [source] = queryExports()
    for (const sort of ['-registeredAt', 'number']) {
      const exported = await app.query(async (ctx) => {
        const numbers: unknown[] = []
        for await (const page of source?.rows(ctx, { where }, ['number'], { sort, ids: null }) ?? []) numbers.push(...page.map((r) => r['number']))
        return numbers
      }, 'reviewer')
      expect(exported).toHaveLength(listed.length)
      expect(new Set(exported).size).toBe(listed.length)
    }
  })
})
