// A running application with the test city, and orders brought to the point where supervision begins.
import { sql } from 'kysely'
import { expect } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { seedHolidays, toIso, type Instant } from '../../../kernel/time/index.ts'
import { sweepCards } from '../sweep-cards.ts'
import { sweepReminders } from '../sweep-reminders.ts'
import { sweepTaskRules, sweepWatchRules } from '../rules/sweep-rules.ts'
import { sweepRaises } from '../tasks/task-acts.ts'

const logins = ['agent', 'reviewer', 'dispatcher', 'handler', 'unitLeader', 'handler2', 'unitLeader2', 'sectionHandler', 'supervisor', 'leader', 'shiftLeader', 'tenantAdmin', 'businessAdmin', 'otherReviewer', 'countyReviewer', 'callbackAgent'] as const

export async function scene(start: string) {
  const app: TestApp = await testApp()
  app.clock.set(start)
  const plain = app.app.runtime.db.withoutPlugins()
  const { days, coveredUntil } = seedHolidays([2026, 2027])
  await sql`insert into kernel_holiday (date, kind, name) select date, kind, name from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as h(date date, kind text, name text) on conflict do nothing`.execute(plain)
  await sql`insert into kernel_state (key, value) values ('calendar.coveredUntil', to_jsonb(${coveredUntil}::text)) on conflict do nothing`.execute(plain)
  const clients: Record<string, Client> = {}
  for (const login of logins) clients[login] = await app.as(login)
  const rows = async <T>(query: ReturnType<typeof sql>): Promise<T[]> => (await query.execute(plain)).rows as T[]
  const units = Object.fromEntries((await rows<{ code: string; id: string }>(sql`select code, id from platform_unit`)).map((u) => [u.code, u.id]))
  const users = Object.fromEntries((await rows<{ name: string; id: string }>(sql`select name, id from platform_user`)).map((u) => [u.name.replace('测试', ''), u.id]))
  const who = (login: string): Client => clients[login] as Client
  const ok = async (answer: Promise<Answer>): Promise<any> => { // oxlint-disable-line no-explicit-any -- answers are asserted on, not typed
    const { status, body } = await answer
    expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
    return body
  }
  let n = 0
  const registered = async (more: Record<string, unknown> = {}) => {
    n += 1
    return ok(who('agent').post('/api/orders', { requester: { name: '温以宁', phone: `1990003${String(3000 + n)}` }, appealType: 'help', title: `路灯不亮 ${n}`, content: '小区北门路灯三天不亮，夜间出行不便。', areaCode: '990101', ...more }))
  }
  const dispatched = async (more: { unit?: string; dueAt?: Instant; order?: Record<string, unknown>; assist?: string } = {}) => {
    const order = await registered(more.order)
    await ok(who('reviewer').post(`/api/orders/${order.id}/pass-review`, {}))
    const due = more.dueAt === undefined ? {} : { dueAt: toIso(more.dueAt), dueReason: '按来件要求' }
    const list = [{ unitId: units[more.unit ?? 'T-URBAN'], role: 'lead' }, ...(more.assist ? [{ unitId: units[more.assist], role: 'assist' }] : [])]
    const sent = await ok(who('dispatcher').post(`/api/orders/${order.id}/dispatch`, { units: list, ...due }))
    await app.drain()
    return { id: order.id as string, number: order.number as string, assignment: sent.assignments[0].id as string, assignments: sent.assignments as { id: string }[] }
  }
  const signed = async (more: Parameters<typeof dispatched>[0] & { by?: string } = {}) => {
    const order = await dispatched(more)
    await ok(who(more.by ?? (more.unit === 'T-HEAT' ? 'handler2' : 'handler')).post(`/api/assignments/${order.assignment}/sign`))
    await app.drain()
    return order
  }
  const finish = async (order: { assignment: string }, by: [string, string] = ['handler', 'unitLeader']): Promise<void> => {
    await ok(who(by[0]).post(`/api/assignments/${order.assignment}/feedback`, { result: '已更换灯具并检查线路。', basis: '市政设施管理规定' }))
    await ok(who(by[1]).post(`/api/assignments/${order.assignment}/review`, { outcome: 'accept' }))
    await app.drain()
  }
  const sweep = (): Promise<void> => app.command(async (ctx) => {
    await sweepCards(ctx)
    await sweepTaskRules(ctx)
    await sweepWatchRules(ctx)
    await sweepRaises(ctx)
    await sweepReminders(ctx)
  })
  const messages = async (login: string, type: string) => rows<{ title: string; text: string; repeats: number; object_id: string }>(sql`select title, text, repeats, object_id from platform_message where user_id = ${users[login]} and type = ${type} order by created_at`)
  return { app, rows, units, users, who, ok, registered, dispatched, signed, finish, sweep, messages }
}
export type Scene = Awaited<ReturnType<typeof scene>>
