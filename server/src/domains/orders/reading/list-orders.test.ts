import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { feedbackText, walkIn, type Walk } from './test-orders.ts'

let app: TestApp
let walk: Walk
type Row = { id: string; number: string; state: string; nextClock: { dueAt: string } | null; acts: string[] }

beforeAll(async () => {
  app = await testApp()
  walk = await walkIn(app)
})
afterAll(() => app.stop())

const list = async (login: string, query: string): Promise<{ items: Row[]; next: string | null; count: { value: number; capped: boolean } }> => walk.ok((await walk.who(login)).get(`/api/orders?${query}`))

describe('工单列表', () => {
  test('逐页翻完不重不漏，总数与列表一致', async () => {
    for (let i = 0; i < 9; i++) await walk.register()
    await walk.dispatched()
    const closed = await walk.register()
    await walk.ok((await walk.who('reviewer')).post(`/api/orders/${closed.id}/answer`, { reply: '请到窗口办理', basis: '办事指南' }))
    for (const sort of ['nearestClock', 'registeredAt', 'registeredAtAsc']) {
      const seen: string[] = []
      let cursor = ''
      let total = 0
      for (;;) {
        const page = await list('reviewer', `sort=${sort}&limit=4${cursor}`)
        total = page.count.value
        seen.push(...page.items.map((r) => r.id))
        if (page.next === null) break
        cursor = `&cursor=${page.next}`
      }
      expect(new Set(seen).size, sort).toBe(seen.length)
      expect(seen.length, sort).toBe(total)
      expect(seen, sort).toContain(closed.id)
    }
  })

  test('按最近时钟排：到期早的在前，没有时钟的在后', async () => {
    const { items } = await list('reviewer', 'limit=200')
    const due = items.map((r) => r.nextClock?.dueAt ?? '9999')
    expect(due).toEqual(due.toSorted())
    expect(items.at(-1)?.state).toBe('closed')
  })

  test('状态、号码、电话、后四位、词语、区划各自筛出应有的工单', async () => {
    const order = await walk.register({ requester: { name: '周大海', phone: '13912345678' }, title: '供暖管道漏水', content: '三号楼暖气不热，管道渗漏', areaCode: '990101001', urgency: 'urgent' })
    const found = async (query: string): Promise<boolean> => (await list('reviewer', `${query}&limit=200`)).items.some((r) => r.id === order.id)
    for (const query of ['state=pendingReview', 'state=pendingReview,closed', `number=${order.number}`, `number=${order.number.slice(0, 8)}`, 'phone=139-1234-5678', 'phone=5678', 'text=暖气', 'text=管道漏水', 'areaCode=990101', 'areaCode=990101001', 'urgency=urgent,major', 'appealType=help'])
      expect(await found(query), query).toBe(true)
    for (const query of ['state=closed', 'phone=13912345679', 'phone=5670', 'text=噪声', 'areaCode=990102', 'urgency=major', 'appealType=complaint', 'overdue=true', 'flags=hard', 'round=2', 'text=的']) expect(await found(query), query).toBe(false)
  })

  test('翻页标记被改动：422 指出字段', async () => {
    expect(await (await walk.who('reviewer')).get('/api/orders?cursor=abc')).toMatchObject({ status: 422, body: { fields: [{ path: 'cursor' }] } })
  })

  test('诉求人姓名和电话是掩码', async () => {
    const { items } = await list('reviewer', 'phone=13912345678')
    expect(items[0]).toMatchObject({ requesterName: '周*海', contactPhoneMask: '139****5678' })
  })

  test('单位只看到自己和下级的工单，座席只看到自己登记的', async () => {
    const urban = await walk.dispatched([{ unit: 'T-URBAN', role: 'lead' }])
    const heat = await walk.dispatched([{ unit: 'T-HEAT', role: 'lead' }])
    const other = await walk.register({}, 'agent2')
    const ids = async (login: string): Promise<string[]> => (await list(login, 'limit=200')).items.map((r) => r.id)
    expect(await ids('handler')).toContain(urban.id)
    expect(await ids('handler')).not.toContain(heat.id)
    expect(await ids('handler2')).toContain(heat.id)
    expect(await ids('agent')).toContain(urban.id)
    expect(await ids('agent')).not.toContain(other.id)
    expect(await ids('agent2')).toEqual([other.id])
    expect(await ids('otherReviewer')).toEqual([])
    expect((await list('handler', 'limit=200&sort=registeredAt')).items.map((r) => r.id).toSorted()).toEqual((await ids('handler')).toSorted())
  })

  test('保密工单没有权限的人查不到', async () => {
    const order = await walk.register({ confidential: true, title: '反映内部问题' }, 'agent2')
    const seen = async (login: string): Promise<boolean> => (await list(login, `number=${order.number}`)).items.length === 1
    expect(await seen('shiftLeader')).toBe(false)
    expect(await seen('reviewer')).toBe(true)
    expect(await seen('agent2')).toBe(true)
    expect((await (await walk.who('shiftLeader')).get(`/api/orders/${order.id}`)).status).toBe(404)
  })

  test('可执行的操作随状态和权限而变', async () => {
    const order = await walk.register()
    const acts = async (login: string): Promise<string[]> => (await list(login, `number=${order.number}`)).items[0]?.acts ?? []
    expect(await acts('reviewer')).toEqual(expect.arrayContaining(['passReview', 'returnToAgent', 'answer']))
    expect(await acts('leader')).not.toContain('passReview')
  })
})

describe('待办数字', () => {
  test('每个数字打开的列表恰好是它数的那些', async () => {
    const returned = await walk.dispatched()
    await walk.ok((await walk.who('unitLeader')).post(`/api/assignments/${returned.first}/request-return`, { reasonClass: '非职责', reason: '归街道管' }))
    app.clock.advance(DAY)
    for (const login of ['reviewer', 'dispatcher', 'agent', 'shiftLeader', 'handler', 'leader']) {
      const client = await walk.who(login)
      const { states, desks } = await walk.ok(client.get('/api/orders/counts'))
      for (const figure of [...states, ...desks] as { key: string; count: { value: number }; path: string; query: Record<string, string> }[]) {
        const page = await walk.ok(client.get(`${figure.path}?${new URLSearchParams({ ...figure.query, limit: '200' }).toString()}`))
        expect(page.items.length, `${login} ${figure.key}`).toBe(figure.count.value)
      }
    }
    const { desks } = await walk.ok((await walk.who('reviewer')).get('/api/orders/counts'))
    expect(desks.find((d: { key: string }) => d.key === 'returns').count.value).toBe(1)
    expect(desks.find((d: { key: string }) => d.key === 'pendingReview').count.value).toBeGreaterThan(0)
  })

  test('首页待办和卡片来自同样的数字', async () => {
    const home = await walk.ok((await walk.who('handler')).get('/api/home'))
    const board = await walk.ok((await walk.who('handler')).get('/api/unit/board'))
    for (const box of board.boxes.filter((b: { box: string }) => ['toSign', 'handling'].includes(b.box))) expect(home.cards.find((c: { id: string }) => c.id === `orders.${box.box}`).value).toBe(box.total)
    expect(home.todo.length).toBeGreaterThan(0)
  })
})

describe('承办工作台', () => {
  test('各格数字与其列表一致，兄弟单位的工单不出现', async () => {
    const street = await walk.dispatched([{ unit: 'T-STREET', role: 'lead' }, { unit: 'T-HEAT', role: 'assist' }])
    const handler = await walk.who('streetHandler')
    await walk.ok(handler.post(`/api/assignments/${street.first}/sign`))
    const child = await walk.ok(handler.post(`/api/assignments/${street.first}/hand-down`, { unitId: walk.unit('T-COMMUNITY'), opinion: '请核实' }))
    const community = await walk.who('communityHandler')
    await walk.ok(community.post(`/api/assignments/${child.id}/sign`))
    await walk.ok(community.post(`/api/assignments/${child.id}/feedback`, feedbackText))
    for (const login of ['streetHandler', 'communityHandler', 'handler', 'handler2', 'unitLeader']) {
      const client = await walk.who(login)
      const board = await walk.ok(client.get('/api/unit/board'))
      for (const box of board.boxes as { box: string; total: number; query: Record<string, string>; split: { count: number; query: Record<string, string> }[] }[]) {
        for (const { count, query } of [{ count: box.total, query: box.query }, ...box.split]) {
          const page = await walk.ok(client.get(`/api/unit/assignments?${new URLSearchParams({ ...query, limit: '200' }).toString()}`))
          expect(page.items.length, `${login} ${JSON.stringify(query)}`).toBe(count)
          expect(page.count.value).toBe(count)
        }
      }
      for (const below of board.children as { open: number; query: Record<string, string> }[]) {
        const page = await walk.ok(client.get(`/api/unit/assignments?${new URLSearchParams({ ...below.query, limit: '200' }).toString()}`))
        expect(page.items.length).toBe(below.open)
      }
    }
    const box = async (login: string, name: string): Promise<{ id: string; orderId: string; acts: string[] }[]> => (await walk.ok((await walk.who(login)).get(`/api/unit/assignments?box=${name}&limit=200`))).items
    expect((await box('streetHandler', 'toAccept')).find((r) => r.id === child.id)?.acts).toContain('accept')
    expect((await box('communityHandler', 'reported')).map((r) => r.id)).toContain(child.id)
    expect((await box('handler', 'handling')).map((r) => r.orderId)).not.toContain(street.id)
    expect((await walk.ok((await walk.who('streetHandler')).get('/api/unit/board'))).children.map((c: { unitId: string }) => c.unitId)).toEqual([walk.unit('T-COMMUNITY')])
    expect((await (await walk.who('handler')).get(`/api/unit/assignments?unitId=${walk.unit('T-HEAT')}`)).status).toBe(404)
  })

  test('超期后移到超期一栏', async () => {
    const order = await walk.dispatched()
    await walk.ok((await walk.who('handler')).post(`/api/assignments/${order.first}/sign`))
    app.clock.advance(40 * DAY)
    const page = await walk.ok((await walk.who('handler')).get('/api/unit/assignments?box=handling&timing=overdue&limit=200'))
    expect(page.items.map((r: Row) => r.id)).toContain(order.first)
    const board = await walk.ok((await walk.who('handler')).get('/api/unit/board'))
    expect(board.overdueRate).toBeGreaterThan(0)
  })
})

// Last: the many orders stay.
describe('全文检索', () => {
  test('常见词和少见词都查得全，翻页不重', async () => {
    const one = await walk.register({ title: '井盖丢失', content: '井盖丢失，夜间危险' })
    expect((await list('reviewer', 'text=井盖')).items.map((r) => r.id)).toEqual([one.id])
    // As a row source: written as (f(x)).* the function would run once for each column.
    await walk.rows(sql`with made as (insert into order_order select n.* from order_order o, generate_series(1, 3100) i, jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'number', 'C' || i)) n where o.id = ${one.id} returning tenant_id, id)
      insert into order_search (tenant_id, order_id, words) select m.tenant_id, m.id, s.words from made m, order_search s where s.order_id = ${one.id}`)
    const first = await list('reviewer', 'text=井盖&sort=registeredAt&limit=200')
    const second = await list('reviewer', `text=井盖&sort=registeredAt&limit=200&cursor=${first.next}`)
    expect(first.count).toEqual({ value: 1000, capped: true })
    expect(new Set([...first.items, ...second.items].map((r) => r.id)).size).toBe(400)
    expect((await list('reviewer', `text=井盖&number=${one.number}`)).items.map((r) => r.id)).toEqual([one.id])
    expect((await list('handler', 'text=井盖')).items).toEqual([])
    const mine = await walk.dispatched(undefined, { title: '候车亭玻璃碎裂' })
    const words = `text=${encodeURIComponent('候车亭玻璃')}`
    expect((await list('handler', words)).items.map((r) => r.id)).toContain(mine.id)
    expect((await list('communityHandler', words)).items.map((r) => r.id)).not.toContain(mine.id)
  })
})
