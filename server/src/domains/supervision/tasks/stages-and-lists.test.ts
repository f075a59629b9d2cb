// Limits of stages, lists told ahead of the assessment, reminders of petition bodies, statistics compared.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { HOUR, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { sweepLists } from '../rules/sweep-lists.ts'
import { tryRuleJob } from '../rules/try-past.ts'
import { scene, type Scene } from '../testing/scene.ts'
import { sweepStages } from './sweep-stages.ts'

let s: Scene
beforeAll(async () => {
  s = await scene('2026-11-18T01:00:00Z')
})
afterAll(() => s.app.stop())

const get = (login: string, path: string) => s.ok(s.who(login).get(path))
const post = (login: string, path: string, body: unknown = {}) => s.ok(s.who(login).post(path, body))
const set = async (key: string, value: unknown) => s.ok(s.who('tenantAdmin').put(`/api/admin/settings/${key}`, { value, version: (await get('tenantAdmin', `/api/admin/settings/${key}`)).version }))
const stages = () => s.app.command(sweepStages)
const enable = async (rule: { id: string }, facts: Record<string, unknown>, but: Record<string, unknown>) => {
  await post('businessAdmin', `/api/supervision/rules/${rule.id}/simulate`, { cases: [{ name: '触发', facts, expected: true }, { name: '不触发', facts: but, expected: false }] })
  const { taskId } = await post('businessAdmin', `/api/supervision/rules/${rule.id}/try`, { days: 30 })
  const [tenant] = await s.rows<{ id: string }>(sql`select tenant_id as id from platform_task where id = ${taskId}`)
  await tryRuleJob.run((fn) => s.app.command(fn), { tenantId: tenant?.id ?? '', taskId }, { attempt: 1, maxAttempts: 2 })
  const { version } = await get('businessAdmin', `/api/supervision/rules/${rule.id}`)
  return post('businessAdmin', `/api/supervision/rules/${rule.id}/enable`, { version })
}

test('SUP-14 规则给督办的每个环节定责任人和时限：超过时限提醒一次，在办任务按发起时的规则', async () => {
  await post('supervisor', '/api/supervision/duties', { level: 1, userId: s.users['supervisor'] })
  const definition = { conditions: [{ fact: 'overdue', op: '>=', value: 12, unit: 'naturalHours' }], text: '超期 12 小时，请报告', replyHours: 48, stages: [{ stage: 'acknowledge', hours: 4, person: 'handlers' }, { stage: 'reply', hours: 10, person: 'unitLeaders' }, { stage: 'close', hours: 6, person: 'supervisor' }] }
  const rule = await post('businessAdmin', '/api/supervision/rules', { effect: 'task', name: '超期十二小时', definition })
  await enable(rule, { overdue: 13 }, { overdue: 11 })
  const order = await s.signed({ dueAt: plus(s.app.clock.now(), HOUR) })
  s.app.clock.advance(14 * HOUR)
  await s.sweep()
  const [task] = (await get('supervisor', `/api/supervision/tasks?orderId=${order.id}&rule=${rule.id}`)).items
  expect(await get('handler', `/api/supervision/tasks/${task.id}`)).toMatchObject({ stages: [{ name: '签收', hours: 4, late: false }, { name: '答复', dueAt: null }, { name: '审核结案', dueAt: null }] })
  s.app.clock.advance(4 * HOUR - MINUTE)
  await stages()
  expect(await s.messages('handler', 'supervision.stage')).toEqual([])
  s.app.clock.advance(MINUTE)
  await stages()
  await stages()
  expect((await s.messages('handler', 'supervision.stage')).map((m) => [m.title, m.repeats])).toMatchObject([[expect.stringContaining('督办签收已超过 4 小时'), expect.any(Number)]])
  await post('handler', `/api/supervision/tasks/${task.id}/acknowledge`)
  s.app.clock.advance(10 * HOUR)
  await stages()
  expect((await s.messages('unitLeader', 'supervision.stage')).map((m) => m.title)).toEqual([expect.stringContaining('督办答复已超过 10 小时')])
  await post('handler', `/api/supervision/tasks/${task.id}/reply`, { content: '今日修复' })
  s.app.clock.advance(6 * HOUR)
  await stages()
  expect((await s.messages('supervisor', 'supervision.stage')).map((m) => m.title)).toEqual([expect.stringContaining('督办审核结案已超过 6 小时')])
  const shown = await get('supervisor', `/api/supervision/tasks/${task.id}`)
  expect(shown.stages.map((one: { late: boolean }) => one.late)).toEqual([true, true, true])
  // 规则改了，在办任务仍是原来的环节时限
  const { version } = await get('businessAdmin', `/api/supervision/rules/${rule.id}`)
  await s.ok(s.who('businessAdmin').patch(`/api/supervision/rules/${rule.id}`, { version, name: '超期十二小时', definition: { ...definition, stages: [] } }))
  expect((await get('supervisor', `/api/supervision/tasks/${task.id}`)).stages).toHaveLength(3)
})

test('SUP-09 清单按时告知接收人，每个时点一次；满意率低于目标的单位的在办件列入清单，数等于清单，单位只收到本单位的', async () => {
  const order = await s.signed()
  await s.signed({ unit: 'T-HEAT' })
  const at = sql`${toIso(s.app.clock.now())}::timestamptz`
  await s.rows(sql`with t as (insert into callback_task (tenant_id, id, order_id, round, cause, manner, wish, state, due_at, created_at) select tenant_id, gen_random_uuid(), id, 1, 'wanted', 'person', 'call', 'done', ${at}, ${at} from order_order where id = ${order.id} returning *)
    insert into callback_result (tenant_id, id, task_id, order_id, round, at, by_kind, actor_name, way, contacted, solved, satisfied, items, outcome, consequence, unit_id, unit_name)
    select tenant_id, gen_random_uuid(), id, order_id, 1, ${at}, 'person', '回访员', 'call', 'yes', 'yes', 'no', '[]', 'notStated', 'none', ${s.units['T-URBAN']}, '测试市城管局' from t`)
  const lists = (await get('supervisor', '/api/supervision/lists')).items as { id: string; name: string; count: { value: number } }[]
  const low = lists.find((l) => l.name === '满意率低于目标的单位在办')
  const { items } = await get('supervisor', `/api/supervision/lists/${low?.id}`)
  expect(items.length).toBe(low?.count.value)
  expect(items.map((o: { id: string }) => o.id)).toContain(order.id)
  expect(new Set(items.map((o: { unitName: string }) => o.unitName))).toEqual(new Set(['测试市城管局']))
  await set('supervision.listTimes', ['08:30'])
  s.app.clock.set('2026-11-20T00:00:00Z')
  const tell = () => s.app.command(sweepLists)
  await tell()
  expect(await s.messages('supervisor', 'supervision.list')).toEqual([])
  s.app.clock.set('2026-11-20T00:31:00Z')
  await tell()
  await tell()
  expect((await s.messages('supervisor', 'supervision.list')).map((m) => m.title)).toEqual([`满意率低于目标的单位在办 ${items.length} 件`])
  expect((await s.messages('unitLeader', 'supervision.list')).map((m) => m.title)).toEqual([expect.stringMatching(/^满意率低于目标 \d+ 件$/)])
  expect(await s.messages('unitLeader2', 'supervision.list')).toEqual([])
})

test('SUP-04 信访机构和责任单位的提醒天数、对象各自设置，互不相干', async () => {
  await set('reminderDays', [1])
  await set('supervision.petitionUnits', [s.units['T-HEAT']])
  await set('supervision.petitionReminder', { days: [2], clocks: ['handling'], recipients: ['unitLeaders'], channels: ['system'] })
  const due = plus(s.app.clock.now(), 5 * 24 * HOUR)
  await s.signed({ dueAt: due })
  await s.signed({ unit: 'T-HEAT', dueAt: due })
  const before = (await s.messages('unitLeader2', 'supervision.reminder')).length
  s.app.clock.set(plus(due, -36 * HOUR))
  await s.sweep()
  const titles = async (login: string) => (await s.messages(login, 'supervision.reminder')).filter((m) => m.title.startsWith('办理')).map((m) => m.title.slice(0, 11))
  expect([await titles('handler'), await titles('unitLeader'), await titles('handler2'), await titles('unitLeader2')]).toEqual([[], [], [], expect.arrayContaining(['办理时限剩余 2 天：'])])
  s.app.clock.set(plus(due, -20 * HOUR))
  await s.sweep()
  expect([(await titles('handler')).length > 0, await titles('handler2'), (await titles('unitLeader2')).length > before]).toEqual([true, [], true])
})

test('SUP-28 按季度统计并与上期、去年同期比较，季度的数打开的任务正好那么多', async () => {
  const stats = await get('supervisor', '/api/supervision/statistics?from=2026-10-01&to=2026-12-31&by=quarter&compare=previous')
  expect(stats.lines).toMatchObject([{ key: '2026-Q4', name: '2026 年第 4 季度' }])
  expect(stats.before).toMatchObject({ from: '2026-07-01', to: '2026-09-30', total: { total: { count: 0 } } })
  const [line] = stats.lines
  expect((await get('supervisor', `${line.total.list.path}?${new URLSearchParams({ ...line.total.list.query, limit: '100' }).toString()}`)).items).toHaveLength(line.total.count)
  expect(line.total.count).toBeGreaterThan(0)
  expect((await get('supervisor', '/api/supervision/statistics?from=2026-10-01&to=2026-12-31&compare=lastYear')).before).toMatchObject({ from: '2025-10-01', to: '2025-12-31' })
})
