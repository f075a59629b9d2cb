// Plans, limits of calling, and the robot over HTTP; calls end by the event of telephony.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, DAY, dayOfWeek, HOUR, instant, localDate, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { dialTaskEnded } from '../../telephony/index.ts'
import { mannerOrder } from '../forms/form.settings.ts'
import { callbackCity, ok, type City } from '../testing/accepted-orders.ts'
import { newId } from '../../../kernel/runtime.ts'
import { missingRecordings } from './missing-recordings.ts'
import { robotOn } from './outbound.settings.ts'

let city: City
beforeAll(async () => {
  city = await callbackCity(['otherAdmin', 'tenantadmin'])
})
afterAll(() => city.app.stop())

const agent = () => city.who('callbackAgent')
const leader = () => city.who('shiftLeader')
/** The next time the clock shows this, in the hotline's zone. */
const until = (time: string): void => {
  const now = city.app.clock.now()
  const today = instant(`${localDate(now, 'Asia/Shanghai')}T${time}:00+08:00`)
  city.app.clock.advance(today > now ? today - now : today + DAY - now)
}
const said = { contacted: 'yes', solved: 'yes', satisfied: 'yes', way: 'otherWay', wayNote: '座机拨打' }
const scope = { states: ['pendingCallback'] }
const plan = (more: object = {}) => ({ name: '十一月回访', kind: 'once', manner: 'robot', scope, ...more })
const taskRow = async (id: string) => (await city.rows<{ state: string; manner: string; plan_id: string | null; dial_task_id: string | null }>(sql`select state, manner, plan_id, dial_task_id from callback_task where id = ${id}`))[0]
const dialRow = async (task: string) => (await city.rows<{ id: string; state: string; robot_flow: string | null }>(sql`select id, state, robot_flow from telephony_dial_task where origin_id = ${task} order by id desc limit 1`))[0]
async function ended(task: string, end: { outcome: 'reached' | 'notReached'; answers?: Record<string, string>; attempts?: number }): Promise<void> {
  const dial = await dialRow(task)
  await city.app.command(async (ctx) => ctx.publish(dialTaskEnded({ taskId: dial?.id ?? '', origin: 'callback', originId: task, outcome: end.outcome, reason: null, attempts: end.attempts ?? 1, callId: '01a00000-0000-7000-8000-000000000001', answers: end.answers ?? null })))
  await city.app.drain()
}

test('22 点谁也不能拨；在时段内放行；一天接通一次后当天不再拨', async () => {
  const { task } = await city.accepted()
  until('22:00')
  expect(await agent().post(`/api/callbacks/${task}/dial`)).toMatchObject({ status: 409, body: { code: 'callback.notNow', title: '现在不能拨打：现在不在可拨时段' } })
  expect((await ok(agent().get(`/api/callbacks/${task}`))).acts.find((a: { act: string }) => a.act === 'dial')).toMatchObject({ enabled: false, reason: '现在不在可拨时段' })
  until('10:00')
  // The rules let it pass; what refuses now is the exchange, which is not there in this test.
  expect((await agent().post(`/api/callbacks/${task}/dial`)).body.code).toMatch(/^telephony\./)
  await ok(agent().post(`/api/callbacks/${task}/complete`, said))
  const again = await city.accepted({ requester: { name: '苗若溪', phone: (await city.rows<{ p: string }>(sql`select '19900012001' as p`))[0]?.p } })
  expect(await agent().post(`/api/callbacks/${again.task}/dial`)).toMatchObject({ status: 409, body: { code: 'callback.notNow', rule: 'callback.contactLimit' } })
  until('09:30')
  expect((await agent().post(`/api/callbacks/${again.task}/dial`)).body.code).toMatch(/^telephony\./)
})

test('策略定拨打次数、间隔、语言和非工作时间的份额；默认策略按诉求人类别用于没有计划的回访', async () => {
  const save = (more: object) => leader().post('/api/callback/strategies', { name: '个人', weekdays: [1, 2, 3, 4, 5, 6, 7], windows: [{ from: '09:00', to: '20:00' }], contacts: 5, contactDays: 1, forKind: 'person', standing: true, ...more })
  expect(await save({ attempts: 9 })).toMatchObject({ status: 422, body: { fields: [{ path: 'attempts' }] } })
  const { items } = await ok(save({ attempts: 2, intervalHours: 1, language: 'ug' }))
  expect(items[0]).toMatchObject({ attempts: 2, intervalHours: 1, languageName: '维吾尔语', standing: true })
  expect(await save({ name: '又一个' })).toMatchObject({ status: 409, body: { code: 'callback.strategyStanding' } })
  const same = (await Promise.all([save({ name: '同时', standing: false }), save({ name: '同时', standing: false })])).map((one) => one.status)
  expect(same.toSorted()).toEqual([200, 409])
  const { task } = await city.accepted()
  await ok(agent().post(`/api/callbacks/${task}/claim`))
  expect((await ok(agent().get(`/api/callbacks/${task}`))).strategy).toEqual({ name: '个人', attempts: 2, intervalHours: 1, language: 'ug', languageName: '维吾尔语' })
  const first = await ok(agent().post(`/api/callbacks/${task}/attempts`, { result: 'noAnswer', note: '座机拨打' }))
  expect(Date.parse(first.retryAt) - city.app.clock.now()).toBe(HOUR)
  city.app.clock.advance(HOUR)
  await ok(agent().post(`/api/callbacks/${task}/claim`))
  expect(await ok(agent().post(`/api/callbacks/${task}/attempts`, { result: 'noAnswer', note: '座机拨打' }))).toMatchObject({ givenUp: true })

  const [own] = items
  await ok(save({ id: own.id, version: own.version, standing: false, language: 'zh', offHoursShare: 50 }))
  const two = [await city.accepted({ requester: { name: '苗若溪', phone: '19900037771' } }), await city.accepted({ requester: { name: '苗若溪', phone: '19900037772' } })]
  const made = await ok(leader().post('/api/callback/plans', plan({ name: '夜间', manner: 'person', strategyId: own.id })))
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'start' }))
  await city.rows(sql`update callback_task set plan_id = null where plan_id = ${made.id} and id not in (${sql.join(two.map((one) => one.task))}) returning id`)
  until('19:00')
  const dial = async (n: number) => (await agent().post(`/api/callbacks/${two[n]?.task}/dial`)).body
  expect((await dial(0)).code).toMatch(/^telephony\./)
  await city.rows(sql`update callback_task set off_hours = true where id = ${two[0]?.task ?? ''} returning id`)
  expect(await dial(1)).toMatchObject({ code: 'callback.notNow', rule: 'callback.offHours' })
  expect((await dial(0)).code).toMatch(/^telephony\./)
  until('10:00')
  while (new Date(city.app.clock.now()).getUTCDay() !== 3) city.app.clock.advance(DAY)
  expect((await dial(1)).code).toMatch(/^telephony\./)
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'stop' }))
})

test('没有电话记录不能按“已拨打”保存', async () => {
  const { task } = await city.accepted()
  expect(await agent().post(`/api/callbacks/${task}/complete`, { ...said, way: 'call', wayNote: undefined })).toMatchObject({ status: 422, body: { code: 'callback.wayMissing' } })
})

test('同一诉求人三件：领取一件即一并领取，一次未接通三件都记一次', async () => {
  const requester = { name: '苗若溪', phone: '19900035555' }
  const three = [await city.accepted({ requester }), await city.accepted({ requester }), await city.accepted({ requester })]
  await ok(agent().post(`/api/callbacks/${three[0]?.task}/claim`))
  const shown = await ok(agent().get(`/api/callbacks/${three[0]?.task}`))
  expect(shown.siblings.map((one: { number: string }) => one.number).toSorted()).toEqual([three[1]?.number, three[2]?.number].toSorted())
  expect(await Promise.all(three.map(async (one) => (await taskRow(one.task))?.state))).toEqual(['claimed', 'claimed', 'claimed'])
  expect((await leader().post(`/api/callbacks/${three[2]?.task}/claim`)).status).toBe(409)
  await ok(agent().post(`/api/callbacks/${three[0]?.task}/attempts`, { result: 'noAnswer', note: '座机拨打' }))
  expect(await city.rows(sql`select state, attempts from callback_task where id in (${sql.join(three.map((one) => one.task))})`)).toEqual(Array.from({ length: 3 }, () => ({ state: 'waiting', attempts: 1 })))
})

test('免打扰名单：不再欠回访，已有任务不能拨；移出后恢复；重复、错号、无权都拒绝', async () => {
  const phone = '19900036666'
  const { task } = await city.accepted({ requester: { name: '苗若溪', phone } })
  expect((await agent().post('/api/callback/do-not-call', { phone, reason: '本人要求' })).status).toBe(403)
  const entry = await ok(leader().post('/api/callback/do-not-call', { phone, reason: '本人要求' }))
  expect(entry).toMatchObject({ phone: '199****6666', active: true })
  expect(await leader().post('/api/callback/do-not-call', { phone, reason: '再来' })).toMatchObject({ status: 409, body: { code: 'callback.listedAlready' } })
  expect(await leader().post('/api/callback/do-not-call', { phone: '12x', reason: '错' })).toMatchObject({ status: 422 })
  expect(await leader().post('/api/callback/do-not-call', { phone: '19900036667', reason: '出差', until: '2020-01-01' })).toMatchObject({ status: 422, body: { fields: [{ path: 'until' }] } })
  await ok(leader().post('/api/callback/do-not-call', { phone: '19900036668', reason: '出差', until: localDate(city.app.clock.now(), 'Asia/Shanghai') }))
  city.app.clock.advance(DAY)
  expect(await ok(leader().post('/api/callback/do-not-call', { phone: '19900036668', reason: '又出差' }))).toMatchObject({ active: true })
  until('10:00')
  expect(await agent().post(`/api/callbacks/${task}/dial`)).toMatchObject({ status: 409, body: { rule: 'callback.doNotCall' } })
  expect((await city.accepted({ requester: { name: '苗若溪', phone } })).state).toBe('closed')
  expect((await ok(agent().get(`/api/callback/do-not-call?phone=${phone}`))).count.value).toBe(1)
  await ok(leader().delete(`/api/callback/do-not-call/${entry.id}`))
  expect((await city.accepted({ requester: { name: '苗若溪', phone } })).state).toBe('pendingCallback')
})

test('计划启动前看到件数，启动后任务归计划；本轮已回访的不在内；暂停即撤回未拨的', async () => {
  await city.set(robotOn, true)
  const [called, open] = [await city.accepted(), await city.accepted()]
  await ok(agent().post(`/api/callbacks/${called.task}/complete`, said))
  const before = await ok(leader().post('/api/callback/plans/preview', { scope: { states: ['pendingCallback', 'archived'] } }))
  expect(before.calledAlready).toBeGreaterThan(0)
  const made = await ok(leader().post('/api/callback/plans', plan()))
  expect(made).toMatchObject({ state: 'draft', stateName: '草稿', counts: { notStarted: 0 } })
  const preview = await ok(leader().post('/api/callback/plans/preview', { scope }))
  expect(await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'start' }))).toMatchObject({ state: 'running', counts: { notStarted: preview.drawn } })
  expect(await taskRow(open.task)).toMatchObject({ manner: 'robot', state: 'waiting', plan_id: made.id })
  expect((await taskRow(called.task))?.plan_id).toBeNull()
  until('10:00')
  await city.app.runTimers()
  expect(await dialRow(open.task)).toMatchObject({ state: 'waiting', robot_flow: 'callback-robot' })
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'pause' }))
  expect(await dialRow(open.task)).toMatchObject({ state: 'cancelled' })
  expect(await taskRow(open.task)).toMatchObject({ state: 'waiting', dial_task_id: null })
  await city.app.runTimers()
  expect(await dialRow(open.task)).toMatchObject({ state: 'cancelled' })
  expect(await leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'pause' })).toMatchObject({ status: 409, body: { code: 'callback.planState' } })
  const copy = await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'copy' }))
  expect(copy).toMatchObject({ state: 'draft', name: '十一月回访（副本）' })
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'stop' }))
  // 本来就欠的回访交给人工
  expect(await taskRow(open.task)).toMatchObject({ manner: 'person', state: 'due', plan_id: null })
})

test('长期计划：以后办结的工单自动成为任务；同一诉求人多件由人工一次回访', async () => {
  const made = await ok(leader().post('/api/callback/plans', plan({ name: '长期', kind: 'long' })))
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'start' }))
  const one = await city.accepted()
  const requester = { name: '苗若溪', phone: '19900037777' }
  const two = [await city.accepted({ requester }), await city.accepted({ requester })]
  until('10:00')
  await city.app.runTimers()
  await city.app.runTimers()
  expect(await taskRow(one.task)).toMatchObject({ plan_id: made.id, manner: 'robot' })
  expect(await dialRow(one.task)).toMatchObject({ state: 'waiting' })
  expect(await Promise.all(two.map(async (o) => (await taskRow(o.task))?.manner))).toContain('person')
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'stop' }))
})

test('机器人听到“不满意”：退回原单位第 2 轮，回答、电话和机器人留在结果上', async () => {
  await city.set(mannerOrder, ['wish', 'robot', 'person'])
  const { id, task } = await city.accepted()
  expect(await taskRow(task)).toMatchObject({ manner: 'robot', state: 'waiting' })
  until('10:00')
  await city.app.runTimers()
  await ended(task, { outcome: 'reached', answers: { contacted: '1', solved: '2', satisfied: '3' } })
  expect(await city.stateOf(id)).toMatchObject({ state: 'inProgress', round: 2 })
  expect(await ok(agent().get(`/api/callbacks/${task}`))).toMatchObject({ result: { byKind: 'robot', actorName: '回访机器人', satisfied: 'no', gradeName: '不满意', callId: '01a00000-0000-7000-8000-000000000001' } })
  await ended(task, { outcome: 'reached', answers: { contacted: '1', solved: '1', satisfied: '1' } })
  expect(await city.rows(sql`select satisfied from callback_result where task_id = ${task}`)).toEqual([{ satisfied: 'no' }])
})

test('回答不明确：转人工，没有编造的三率；多次未接通：放弃，单独统计；监控的数与列表一致', async () => {
  const [unclear, nobody] = [await city.accepted(), await city.accepted()]
  until('10:00')
  await city.app.runTimers()
  await ended(unclear.task, { outcome: 'reached', answers: { contacted: '1' } })
  expect(await taskRow(unclear.task)).toMatchObject({ manner: 'person', state: 'due', dial_task_id: null })
  expect(await city.rows(sql`select 1 from callback_result where task_id = ${unclear.task}`)).toEqual([])
  await ended(nobody.task, { outcome: 'notReached', attempts: 3 })
  expect(await city.stateOf(nobody.id)).toMatchObject({ state: 'archived', close_kind: 'notReached' })
  const range = 'from=2026-11-01&to=2027-12-31'
  const board = await ok(agent().get(`/api/callback/robot/board?${range}`))
  expect(board).toMatchObject({ on: true, toPerson: expect.any(Number) })
  for (const stage of ['notStarted', 'running', 'finished'] as const) expect((await ok(agent().get(`/api/callback/robot/tasks?${range}&stage=${stage}&limit=200`))).count.value).toBe(board.counts[stage])
  expect((await city.who('handler').get(`/api/callback/robot/board?${range}`)).status).toBe(403)
})

test('座席接过机器人的任务：机器人不再拨', async () => {
  const { task } = await city.accepted()
  until('10:00')
  await city.app.runTimers()
  expect(await dialRow(task)).toMatchObject({ state: 'waiting' })
  await ok(agent().post(`/api/callbacks/${task}/claim`))
  expect(await dialRow(task)).toMatchObject({ state: 'cancelled' })
  expect(await taskRow(task)).toMatchObject({ manner: 'person', state: 'claimed', dial_task_id: null })
})

test('复核抽访：符合的 1000 件按 10% 抽 100 件，排除的类型不在内，同一种子抽出同样的；不改变工单状态', async () => {
  const { id } = await city.accepted({ callbackWanted: false })
  await city.rows(sql`insert into order_order select made.* from order_order o, generate_series(1, 1200) n cross join lateral jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'number', 'R' || n, 'state', 'archived', 'contact_phone_hash', 'h' || n, 'channel', 'recheck', 'appeal_type', case when n > 1000 then 'praise' else 'help' end)) made where o.id = ${id}`)
  const recheck = plan({ name: '结案复核', manner: 'person', ratio: 10, seed: '2026-11', scope: { states: ['archived'], channels: ['recheck'], exceptTypes: ['praise'] } })
  expect(await ok(leader().post('/api/callback/plans/preview', { scope: recheck.scope, ratio: 10 }))).toMatchObject({ hits: 1000, drawn: 100 })
  const made = await ok(leader().post('/api/callback/plans', recheck))
  expect(await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'start' }))).toMatchObject({ counts: { notStarted: 100 } })
  const drawn = await city.rows<{ number: string; appeal_type: string; id: string }>(sql`select o.number, o.appeal_type, o.id from callback_task t join order_order o on o.id = t.order_id where t.plan_id = ${made.id} order by 1`)
  expect(drawn.every((one) => one.appeal_type === 'help')).toBe(true)
  const again = await city.rows<{ number: string }>(sql`select number from (select number from order_order where channel = 'recheck' and appeal_type <> 'praise' order by md5('2026-11' || ':' || id::text) limit 100) x order by 1`)
  expect(drawn.map((one) => one.number)).toEqual(again.map((one) => one.number))
  const [task] = await city.rows<{ id: string; order_id: string }>(sql`select id, order_id from callback_task where plan_id = ${made.id} limit 1`)
  expect(await ok(agent().post(`/api/callbacks/${task?.id}/complete`, { ...said, satisfied: 'no', reasons: ['问题未解决'] }))).toMatchObject({ consequence: '不满意 → 已记录，工单状态不变', orderState: 'archived' })
})

test('每周抽取：只从上一周办结的里按比例抽，一周一次；换周再抽新的，同一件不抽两次', async () => {
  const today = localDate(city.app.clock.now(), 'Asia/Shanghai')
  const monday = (weeks: number) => instant(`${addDays(today, 1 - dayOfWeek(today) + 7 * weeks)}T10:00:00+08:00`)
  const close = (n: number, at: number) => city.rows(sql`update order_order set closed_at = ${new Date(at).toISOString()}::timestamptz where id in (select o.id from order_order o where o.channel = 'recheck' and o.state = 'archived' and not exists (select 1 from callback_task t where t.order_id = o.id) and o.closed_at < now() - interval '2 years' order by o.id limit ${n}) returning id`)
  await city.rows(sql`update order_order set closed_at = '2020-01-01' where channel = 'recheck' returning id`)
  await close(10, monday(-1))
  await close(3, monday(-2))
  await close(4, monday(0))
  const body = plan({ name: '每周复核', kind: 'weekly', manner: 'person', ratio: 50, scope: { states: ['archived'], channels: ['recheck'] } })
  expect(await ok(leader().post('/api/callback/plans/preview', { scope: body.scope, kind: 'weekly', ratio: 50 }))).toMatchObject({ hits: 10, drawn: 5 })
  const made = await ok(leader().post('/api/callback/plans', body))
  expect(made).toMatchObject({ kindName: '每周抽取' })
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'start' }))
  const drawn = async () => (await city.rows<{ n: number }>(sql`select count(*)::int as n from callback_task where plan_id = ${made.id}`))[0]?.n
  expect(await drawn()).toBe(5)
  await city.app.runTimers()
  expect(await drawn()).toBe(5)
  city.app.clock.advance(7 * DAY)
  await city.app.runTimers()
  expect(await drawn()).toBe(7)
  await ok(leader().post(`/api/callback/plans/${made.id}/acts`, { act: 'stop' }))
})

test('策略：重名、错误时段、使用中的不能删；计划的非法输入和无权操作都拒绝', async () => {
  const strategy = { name: '工作日白天', weekdays: [1, 2, 3, 4, 5], windows: [{ from: '09:00', to: '12:00' }], contacts: 1, contactDays: 3 }
  const items = (await ok(leader().post('/api/callback/strategies', strategy))).items.filter((one: { name: string }) => one.name === strategy.name)
  expect(items).toMatchObject([{ contactDays: 3, attempts: null, standing: false }])
  expect(await leader().post('/api/callback/strategies', strategy)).toMatchObject({ status: 409, body: { code: 'callback.strategyName' } })
  expect((await leader().post('/api/callback/strategies', { ...strategy, name: '反了', windows: [{ from: '12:00', to: '09:00' }] })).status).toBe(422)
  const made = await ok(leader().post('/api/callback/plans', plan({ strategyId: items[0].id, manner: 'person' })))
  expect(await leader().delete(`/api/callback/strategies/${items[0].id}`)).toMatchObject({ status: 409, body: { code: 'callback.strategyUsed' } })
  expect((await leader().post('/api/callback/plans', plan({ strategyId: '01a00000-0000-7000-8000-000000000001' }))).status).toBe(422)
  expect((await leader().post('/api/callback/plans', plan({ scope: { states: [] } }))).status).toBe(422)
  expect((await leader().post('/api/callback/plans', plan({ name: '长'.repeat(61) }))).status).toBe(422)
  expect((await agent().post('/api/callback/plans', plan())).status).toBe(403)
  expect((await city.who('otherAdmin').post(`/api/callback/plans/${made.id}/acts`, { act: 'start' })).status).toBeGreaterThanOrEqual(403)
  expect(await leader().post('/api/callback/plans', { ...plan(), id: made.id, version: 99 })).toMatchObject({ status: 409, body: { code: 'callback.planChanged' } })
})

test('接通而没有录音的回访通话报一次警；有录音、未接通和刚结束的不报', async () => {
  const { task, id: orderId } = await city.accepted()
  const now = city.app.clock.now()
  const dialled = async (minutesAgo: number, more: { answered?: boolean; recorded?: boolean } = {}): Promise<string> => {
    const [id, at] = [newId(), toIso(plus(now, -minutesAgo * MINUTE))]
    await city.rows(sql`insert into telephony_call (tenant_id, id, started_at, direction, state, agent_ids, answered_at, ended_at) select tenant_id, ${id}, ${at}::timestamptz, 'outbound', 'ended', '{}', ${more.answered === false ? null : at}::timestamptz, ${at}::timestamptz + interval '1 minute' from callback_task where id = ${task}`)
    await city.rows(sql`insert into telephony_order_call (tenant_id, order_id, call_id, call_at, kind, step, user_name, at) select tenant_id, ${orderId}, ${id}, ${at}::timestamptz, 'dialled', 'callback', '座席甲', ${at}::timestamptz from callback_task where id = ${task}`)
    if (more.recorded) await city.rows(sql`insert into telephony_recording (tenant_id, id, call_id, call_at, segment, kind, state, offset_ms, agent_ids, created_at) select tenant_id, ${newId()}, ${id}, ${at}::timestamptz, 1, 'call', 'stored', 0, '{}', ${at}::timestamptz from callback_task where id = ${task}`)
    return id
  }
  await city.rows(sql`update callback_task set created_at = created_at - interval '2 hours' where id = ${task}`)
  const missed = await dialled(60)
  await Promise.all([dialled(50, { recorded: true }), dialled(40, { answered: false }), dialled(5)])
  const tell = () => city.app.command((ctx) => missingRecordings(ctx))
  await tell()
  await tell()
  expect((await city.rows<{ call_id: string }>(sql`select call_id from callback_unrecorded_call`)).map((one) => one.call_id)).toEqual([missed])
  expect((await city.rows<{ title: string; repeats: number }>(sql`select title, repeats from platform_message where type = 'callback.unrecorded'`)).every((one) => one.title === '1 通回访接通后没有录音' && one.repeats <= 1)).toBe(true)
})
