// Who may design, what is kept when cells move, and what a paper says of its counting: against the real database.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { emptyBook } from './testing/empty-book.ts'

let app: TestApp
let admin: Client
let leader: Client
let reader: Client
beforeAll(async () => {
  app = await testApp()
  ;[admin, leader, reader] = await Promise.all([app.as('businessAdmin'), app.as('leader'), app.as('unitLeader')])
})
afterAll(() => app.stop())

const today = '2026-11-17'
const everybody = { all: true, unitIds: [], userIds: [] }
const only = (...userIds: (string | null)[]) => ({ all: false, unitIds: [], userIds })
const entry = (cell: string, more: object = {}) => ({ kind: 'entry', sheet: 0, cell, name: `填${cell}`, type: 'integer', ...more })
const definition = (name: string, bindings: object[]) => ({ name, folder: '权限', cycle: 'month', book: emptyBook(), bindings })

test('只有指定的人能设计；别的报表管理员按读者对待；不能把自己关在外面；管用户的人总能进', async () => {
  const [me, other] = [(await app.actor('businessAdmin')).id, (await app.actor('tenantAdmin')).id]
  const locked = await admin.post('/api/reports/sheets', { definition: definition('甲', []), designers: only('01a0a0a0-0000-7000-8000-000000000001') })
  expect(locked).toMatchObject({ status: 422, body: { fields: [{ path: 'designers' }] } })
  const made = (await admin.post('/api/reports/sheets', { definition: definition('甲', []), readers: only(), designers: only(me) })).body
  expect(made).toMatchObject({ mayDesign: true, designers: { userIds: [me] } })
  const path = `/api/reports/sheets/${made.id}`
  const tenantAdmin = await app.as('tenantAdmin')
  expect((await tenantAdmin.get(path)).status).toBe(200)
  expect((await admin.patch(path, { definition: definition('甲', []), readers: made.readers, fillers: made.fillers, designers: only(other), edit: made.edit })).status).toBe(422)
  expect((await tenantAdmin.patch(path, { definition: definition('甲', []), readers: everybody, fillers: only(), designers: only(other), edit: made.edit })).status).toBe(200)
  // Taken out by another: not published, so it does not exist for him; once published he reads it, and may not change it.
  expect([(await admin.get(path)).status, (await admin.get('/api/reports/sheets')).body.items]).toEqual([404, []])
  expect((await tenantAdmin.post(`${path}/publish`, { edit: made.edit + 1 })).status).toBe(200)
  expect((await admin.get('/api/reports/sheets')).body.items).toMatchObject([{ id: made.id, mayDesign: false }])
  expect((await admin.get(`${path}/result`)).status).toBe(200)
  for (const refused of [await admin.get(path), await admin.patch(path, { definition: definition('乙', []), readers: everybody, fillers: only(), edit: made.edit + 2 }), await admin.post(`${path}/publish`, { edit: made.edit + 2 }), await admin.post(`${path}/state`, { act: 'withdraw' })]) expect(refused).toMatchObject({ status: 403, body: { code: 'reports.mayDesign' } })
})

test('填报格移到别的行，已填的跟着走；另一格占了它原来的位置也不会拿到', async () => {
  const me = (await app.actor('unitLeader')).id
  const made = (await admin.post('/api/reports/sheets', { definition: definition('移动', [entry('B2')]), fillers: only(me) })).body
  const path = `/api/reports/sheets/${made.id}`
  await admin.post(`${path}/publish`, { edit: made.edit })
  const before = await audited('fillSheet')
  expect((await reader.post(`${path}/entries`, { day: today, values: [{ sheet: 0, cell: 'B2', value: 7, was: null }] })).status).toBe(200)
  const since = (await audited('fillSheet')).slice(before.length)
  expect(since).toEqual([expect.stringContaining('表一!B2=7')])
  const held = (await admin.get(path)).body
  const [b2] = held.definition.bindings
  expect(b2).toMatchObject({ key: '表一!B2' })
  const save = (bindings: object[]) => admin.patch(path, { definition: { ...held.definition, bindings }, readers: held.readers, fillers: held.fillers, edit: held.edit })
  expect((await save([{ ...b2, cell: 'B3' }, entry('B2')])).body.fields).toMatchObject([{ message: expect.stringContaining('表一!B3') }])
  const moved = (await save([{ ...b2, cell: 'B3' }, entry('B2', { key: '新格' })])).body
  await admin.post(`${path}/publish`, { edit: moved.edit })
  const shown = (await reader.get(`${path}/result?day=${today}`)).body
  expect(shown.entries.map((e: { cell: string; value: number | null }) => [e.cell, e.value])).toEqual([['B3', 7], ['B2', null]])
  expect(shown.computed[0].B3.value).toBe(7)
  // Of another tenant it does not exist, neither to read, to fill in nor to change.
  const other = await app.as('otherAdmin')
  const refused = await Promise.all([other.get(path), other.get(`${path}/result`), other.get(`${path}/file`), other.post(`${path}/entries`, { day: today, values: [{ sheet: 0, cell: 'B3', value: 9, was: 7 }] }), other.post(`${path}/state`, { act: 'withdraw' })])
  expect(refused.map((one) => one.status)).toEqual([404, 404, 404, 404, 404])
  expect((await other.get('/api/reports/sheets')).body.items).toEqual([])
})

const audited = async (act: string): Promise<string[]> => (await app.query((ctx) => sql<{ text: string | null }>`select text from kernel_audit where act = ${act} order by at, id`.execute(ctx.db()))).rows.map((r) => r.text ?? '')

test('报告写明按谁的权限统计；明细里没有保密工单，即使起草人看得到', async () => {
  const agent = await app.as('agent2')
  for (const [title, confidential] of [['不可外传的事', true], ['小区路灯不亮', false]] as const) expect((await agent.post('/api/orders', { requester: { name: '苗若溪', phone: '19900022001' }, appealType: 'complaint', title, confidential, content: `${title}已有三天，请尽快处理。` })).status).toBe(200)
  const shifts = await app.as('shiftLeader')
  const template = { code: 'secretList', name: '明细', kind: 'periodic', category: '热线报告', cycle: 'month', title: '明细', where: [], include: [], exclude: [], sections: { header: [], lead: [], body: [{ kind: 'data', look: 'cards', title: '要情', indicators: ['received'] }, { kind: 'orders', title: '清单', indicator: 'received', limit: 50 }], summary: [], tail: [] } }
  expect((await admin.post('/api/reports/templates', { definition: template })).status).toBe(200)
  await admin.post('/api/reports/templates/secretList/publish')
  const body = { template: 'secretList', from: '2026-11-01', to: today }
  const [ofAdmin, ofShifts] = [(await admin.post('/api/reports', body)).body, (await shifts.post('/api/reports', body)).body]
  const count = (r: { content: { sections: { blocks: { answer?: { total: Record<string, string> } }[] }[] } }): number => Number(r.content.sections[2]?.blocks[0]?.answer?.total['received'])
  for (const made of [ofAdmin, ofShifts]) expect(JSON.stringify(made)).not.toContain('不可外传的事')
  expect(ofShifts.content.basis).toContain('不含无权查看的保密工单')
  const whole = (await (await app.as('supervisor')).post('/api/reports', body)).body
  expect(JSON.stringify(whole)).not.toContain('不可外传的事')
  expect(whole.content.basis).toContain('全部工单，含保密工单')
  expect(count(whole)).toBe(count(ofShifts) + 1)
  expect(whole.content.sections[2].blocks[1].more).toBeGreaterThan(0)
  expect((await leader.get(`/api/reports/${whole.id}`)).status).toBe(200)
})
