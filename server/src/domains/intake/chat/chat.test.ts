// Online chat over HTTP on a real database: citizens on the public side, agents on the staff side.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, HOUR, MINUTE } from '../../../kernel/time/index.ts'
import { citizen } from '../testing/citizens.ts'

let app: TestApp
let agent: Client
let agent2: Client
let leader: Client
const plain = () => app.app.runtime.db.withoutPlugins()

beforeAll(async () => {
  app = await testApp()
  ;[agent, agent2, leader] = [await app.as('agent'), await app.as('agent2'), await app.as('shiftLeader')]
})
afterAll(() => app.stop())

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
let n = 0
const key = (): string => `chat-key-0000-${String(++n).padStart(6, '0')}`
let phones = 0
const somebody = () => citizen(app, `1380001${String(++phones).padStart(4, '0')}`)
const duty = (who: Client, on = true) => ok(who.post('/api/chat/duty', { on }))
const start = (me: Client, topic = '想问一下公积金怎么提取') => ok(me.post('/api/public/chat', { topic, clientKey: key() }))
const mine = async (who: Client): Promise<any[]> => (await ok(who.get('/api/chat/desk'))).mine
const say = (me: Client, sessionId: string, text: string) => ok(me.post('/api/public/chat/messages', { sessionId, clientKey: key(), text }))

beforeEach(async () => {
  // Each case begins with nobody at work and nothing open.
  await sql`update intake_chat_session set state = 'closed', closed_at = now(), closed_by = 'agent', rated_at = now() where state <> 'closed'`.execute(plain())
  await sql`delete from intake_chat_duty`.execute(plain())
  app.clock.advance(2 * MINUTE)
})

describe('在线客服', () => {
  test('没有客服在线时不能开始会话，可以留言；留言按先后处理，跳过前面的需要权限', async () => {
    const [me, other] = [await somebody(), await somebody()]
    expect(await me.post('/api/public/chat', { topic: '有人吗', clientKey: key() })).toMatchObject({ status: 409, body: { code: 'intake.chatClosed' } })
    expect((await ok(me.get('/api/public/chat'))).closed).toContain('留言')
    const first = await ok(me.post('/api/public/left-messages', { clientKey: key(), content: '小区门口的井盖坏了' }))
    app.clock.advance(1000)
    const body = { clientKey: key(), content: '请问老年证怎么办理' }
    const second = await ok(other.post('/api/public/left-messages', body))
    expect((await ok(other.post('/api/public/left-messages', body))).id).toBe(second.id)
    expect(await agent.post('/api/chat/left-messages/take', { id: second.id })).toMatchObject({ status: 409, body: { code: 'intake.chatNotNext' } })
    expect((await ok(leader.post('/api/chat/left-messages/take', { id: second.id }))).state).toBe('taken')
    expect((await ok(agent.post('/api/chat/left-messages/take', {}))).id).toBe(first.id)
    expect((await agent2.post(`/api/chat/left-messages/${first.id}/answer`, { reply: '抢答' })).status).toBe(409)
    await ok(leader.post(`/api/chat/left-messages/${second.id}/answer`, { reply: '带身份证到社区办理' }))
    const order = await ok(agent.post(`/api/chat/left-messages/${first.id}/orders`, { appealType: 'help', title: '井盖损坏', content: '小区门口的井盖坏了', areaCode: '990101' }))
    const seen = await ok(me.get('/api/public/chats'))
    expect(seen.left[0]).toMatchObject({ state: 'registered', orderNumber: order.number })
    expect((await ok(other.get('/api/public/chats'))).left[0]).toMatchObject({ state: 'answered', reply: '带身份证到社区办理' })
    expect((await ok(other.get('/api/public/messages'))).items[0]).toMatchObject({ kind: 'result', text: '带身份证到社区办理' })
    expect((await agent.post(`/api/chat/left-messages/${first.id}/answer`, { reply: '再答' })).status).toBe(409)
  })

  test('会话分给上岗的客服，双方消息按顺序保存；换设备、断网后重发，会话继续且不重复', async () => {
    await duty(agent)
    const me = await somebody()
    const started = await start(me)
    expect(started).toMatchObject({ state: 'open', position: null })
    expect((await start(me)).id).toBe(started.id)
    const body = { sessionId: started.id, clientKey: key(), text: '需要哪些材料' }
    const [a, b] = await Promise.all([ok(me.post('/api/public/chat/messages', body)), ok(me.post('/api/public/chat/messages', body))])
    expect(a.seq).toBe(b.seq)
    const line = (await mine(agent))[0]
    expect(line).toMatchObject({ id: started.id, unread: 2, lastText: '需要哪些材料', unansweredSince: expect.any(String) })
    const answer = { clientKey: key(), text: '身份证和购房合同' }
    const sent = await ok(agent.post(`/api/chat/sessions/${started.id}/messages`, answer))
    expect((await ok(agent.post(`/api/chat/sessions/${started.id}/messages`, answer))).seq).toBe(sent.seq)
    expect((await mine(agent))[0]).toMatchObject({ unread: 0, unansweredSince: null })
    const again = await app.session('public', me.accountId, (await sql<{ id: string }>`select id from platform_tenant where code = 'test'`.execute(plain())).rows[0]?.id ?? '')
    const view = await ok(again.get('/api/public/chat'))
    expect(view.messages.map((m: { author: string; text: string }) => [m.author, m.text])).toEqual([['citizen', '想问一下公积金怎么提取'], ['system', '客服已接入，请描述您的问题'], ['citizen', '需要哪些材料'], ['agent', '身份证和购房合同']])
    expect((await ok(again.get(`/api/public/chat?after=${sent.seq - 1}`))).messages).toHaveLength(1)
    expect(JSON.stringify(view)).not.toContain('测试agent')
  })

  test('超过上限的第九个会话留在排队，看到自己的位置；结束一个后自动接入', async () => {
    await duty(agent)
    const people = []
    for (let i = 0; i < 9; i++) {
      const me = await somebody()
      people.push({ me, session: await start(me, `第 ${i + 1} 位`) })
      app.clock.advance(1000)
    }
    const ninth = people[8]
    expect(ninth?.session).toMatchObject({ state: 'queued', position: 1 })
    expect(await mine(agent)).toHaveLength(8)
    const desk = await ok(agent.get('/api/chat/desk'))
    expect(desk.queue.map((s: { topic: string }) => s.topic)).toEqual(['第 9 位'])
    expect(await agent.post(`/api/chat/sessions/${ninth?.session.id}/take`)).toMatchObject({ status: 409, body: { code: 'intake.chatFull' } })
    await ok(agent.post(`/api/chat/sessions/${people[0]?.session.id}/close`))
    expect(ninth && (await ok(ninth.me.get('/api/public/chat'))).session.state).toBe('open')
  })

  test('转接带着全部对话，转接说明诉求人看不到；不在岗的人不能接；别人的会话不能回复', async () => {
    await duty(agent)
    const me = await somebody()
    const { id } = await start(me)
    const agent2Id = (await sql<{ id: string }>`select id from platform_user where login = 'agent2'`.execute(plain())).rows[0]?.id
    expect(await agent.post(`/api/chat/sessions/${id}/transfer`, { toUserId: agent2Id, note: '请社保专席处理' })).toMatchObject({ status: 409, body: { code: 'intake.chatColleagueAway' } })
    await duty(agent2)
    await ok(agent.post(`/api/chat/sessions/${id}/transfer`, { toUserId: agent2Id, note: '内部：诉求人很着急' }))
    expect(await agent.post(`/api/chat/sessions/${id}/messages`, { clientKey: key(), text: '还在吗' })).toMatchObject({ status: 409, body: { code: 'intake.chatNotYours' } })
    const seen = await ok(agent2.get(`/api/chat/sessions/${id}`))
    expect(seen.messages[0].text).toBe('想问一下公积金怎么提取')
    expect(JSON.stringify(seen.messages)).toContain('内部：诉求人很着急')
    const open = await ok(me.get('/api/public/chat'))
    expect(JSON.stringify(open)).not.toContain('内部')
    expect(open.messages.some((m: { hidden: boolean }) => m.hidden)).toBe(false)
    expect(open.session).toMatchObject({ id, state: 'open' })
  })

  test('从会话登记的工单渠道是在线客服，带上图片，与会话相互关联，诉求人看到编号', async () => {
    await duty(agent)
    const me = await somebody()
    const { id } = await start(me, '楼道灯坏了')
    const photo = await ok(me.upload('/api/public/attachments?place=chat', { name: '灯.png', type: 'image/png', content: png }))
    await ok(me.post('/api/public/chat/messages', { sessionId: id, clientKey: key(), fileId: photo.id }))
    expect((await agent.get(`/api/attachments/${photo.id}`)).status).toBe(200)
    expect((await (await somebody()).get(`/api/public/attachments/${photo.id}`)).status).toBe(404)
    expect((await (await app.as('handler')).get(`/api/attachments/${photo.id}`)).status).toBe(404)
    const order = await ok(agent.post(`/api/chat/sessions/${id}/orders`, { appealType: 'help', title: '楼道灯坏了', content: '诉求人：楼道灯坏了', areaCode: '990101', name: '林小满' }))
    const detail = await ok(agent.get(`/api/orders/${order.id}`))
    expect(detail).toMatchObject({ channel: 'chat' })
    expect(detail.files).toHaveLength(1)
    expect((await ok(agent.get(`/api/chat/sessions/${id}`))).orders).toMatchObject([{ number: order.number }])
    const view = await ok(me.get('/api/public/chat'))
    expect(view.session.orders).toEqual([{ number: order.number, title: '楼道灯坏了' }])
    expect(view.messages.at(-1).text).toContain(order.number)
    expect((await ok(me.get('/api/public/orders'))).items[0].number).toBe(order.number)
  })

  test('客服页面断开后，会话回到原来的排队位置并转给别人；谁也没丢一句话', async () => {
    await duty(agent)
    const me = await somebody()
    const { id } = await start(me)
    app.clock.advance(4 * MINUTE)
    await duty(agent2)
    await app.runTimers()
    expect((await mine(agent2)).map((s) => s.id)).toContain(id)
    await say(me, id, '我还在')
    const seen = await ok(agent2.get(`/api/chat/sessions/${id}`))
    expect(seen.messages.filter((m: { author: string }) => m.author === 'citizen').map((m: { text: string }) => m.text)).toEqual(['想问一下公积金怎么提取', '我还在'])
  })

  test('十分钟没人说话自动结束；诉求人的话没有回复时不会结束', async () => {
    await duty(agent)
    const [me, other] = [await somebody(), await somebody()]
    const [answered, waiting] = [await start(me), await start(other)]
    await ok(agent.post(`/api/chat/sessions/${answered.id}/messages`, { clientKey: key(), text: '好的' }))
    for (let i = 0; i < 6; i++) {
      app.clock.advance(2 * MINUTE)
      await duty(agent)
    }
    await app.runTimers()
    expect((await ok(me.get('/api/public/chat'))).session).toMatchObject({ state: 'closed', closedBy: 'idle' })
    expect((await ok(other.get('/api/public/chat'))).session).toMatchObject({ id: waiting.id, state: 'open' })
    expect(await me.post('/api/public/chat/messages', { sessionId: answered.id, clientKey: key(), text: '在吗' })).toMatchObject({ status: 409, body: { code: 'intake.chatEnded' } })
    expect((await ok(me.post('/api/public/chat/rating', { sessionId: answered.id, stars: 4 }))).stars).toBe(4)
    expect((await me.post('/api/public/chat/rating', { sessionId: answered.id, stars: 1 })).status).toBe(409)
  })

  test('排队一小时仍无人接待，说过的话转为留言', async () => {
    await duty(agent)
    const me = await somebody()
    const { id } = await start(me, '请问什么时候供暖')
    app.clock.advance(4 * MINUTE)
    await app.runTimers()
    expect((await ok(me.get('/api/public/chat'))).session).toMatchObject({ id, state: 'queued', position: 1 })
    app.clock.advance(HOUR + MINUTE)
    await app.runTimers()
    expect((await ok(me.get('/api/public/chats'))).left[0]).toMatchObject({ content: '请问什么时候供暖', state: 'waiting' })
    expect((await ok(me.get('/api/public/chat'))).session).toMatchObject({ id, state: 'closed' })
  })

  test('承诺的后续答复有期限，答复后诉求人在消息中心看到', async () => {
    await duty(agent)
    const me = await somebody()
    const { id } = await start(me)
    await ok(agent.post(`/api/chat/sessions/${id}/promises`, { text: '向公积金中心核实后答复' }))
    const [promise] = (await ok(agent.get('/api/chat/desk'))).promises
    expect(promise).toMatchObject({ sessionId: id, text: '向公积金中心核实后答复' })
    expect((await agent2.post(`/api/chat/promises/${promise.id}/done`, { text: '可以提取' })).status).toBe(404)
    await ok(agent.post(`/api/chat/promises/${promise.id}/done`, { text: '可以提取' }))
    expect((await ok(me.get('/api/public/messages'))).items[0]).toMatchObject({ kind: 'result', text: '可以提取' })
    expect((await ok(agent.get('/api/chat/desk'))).promises).toEqual([])
  })

  test('屏蔽的消息诉求人看不到；被限制的人不能再开始会话，但能提交诉求', async () => {
    await duty(agent)
    const me = await somebody()
    const { id } = await start(me, '<script>alert(1)</script>骂人的话')
    const hidden = await ok(agent.post(`/api/chat/sessions/${id}/messages/1/hide`, { reason: '辱骂' }))
    expect(hidden).toMatchObject({ hidden: true, text: '<script>alert(1)</script>骂人的话' })
    expect((await ok(me.get('/api/public/chat'))).messages[0]).toMatchObject({ hidden: true, text: '' })
    await ok(agent.post(`/api/chat/sessions/${id}/bar`, { hours: 24, reason: '多次辱骂' }))
    await ok(me.post('/api/public/chat/rating', { sessionId: id, stars: 1 }))
    expect(await me.post('/api/public/chat', { topic: '', clientKey: key() })).toMatchObject({ status: 409 })
    expect((await me.post('/api/public/submissions', { clientKey: key(), content: '路灯坏了一周了', appealType: 'help', areaCode: '990101001001' })).status).toBe(200)
    app.clock.advance(DAY + HOUR)
    await duty(agent)
    expect((await me.post('/api/public/chat', { topic: '', clientKey: key() })).status).toBe(200)
  })

  test('刷屏被拒绝；过长的消息和空消息指出字段；别人的会话等于不存在', async () => {
    await duty(agent)
    const [me, other] = [await somebody(), await somebody()]
    const { id } = await start(me)
    expect((await me.post('/api/public/chat/messages', { sessionId: id, clientKey: key(), text: '长'.repeat(1001) })).status).toBe(422)
    expect((await me.post('/api/public/chat/messages', { sessionId: id, clientKey: key(), text: ' ' })).status).toBe(422)
    expect((await other.post('/api/public/chat/messages', { sessionId: id, clientKey: key(), text: '冒充' })).status).toBe(404)
    expect((await other.get(`/api/public/chats/${id}`)).status).toBe(404)
    for (let i = 0; i < 30; i++) await say(me, id, `${i}`)
    expect(await me.post('/api/public/chat/messages', { sessionId: id, clientKey: key(), text: '31' })).toMatchObject({ status: 429 })
    for (const login of ['handler', 'reviewer', 'otherAdmin']) expect((await (await app.as(login)).get(`/api/chat/sessions/${id}`)).status).toBe(403)
    expect((await app.nobody('public').get('/api/public/chat')).status).toBe(401)
  })

  test('个人快捷回复别人看不到，公共的只有管理者能改', async () => {
    const own = await ok(agent.post('/api/chat/canned-replies', { title: '问候', text: '您好，请问有什么可以帮您' }))
    expect((await agent.post('/api/chat/canned-replies', { title: '公共', text: 'x', shared: true })).status).toBe(403)
    const shared = await ok(leader.post('/api/chat/canned-replies', { title: '核实', text: '正在为您核实，请稍候', shared: true }))
    expect((await ok(agent2.get('/api/chat/canned-replies'))).items.map((i: { id: string }) => i.id)).toEqual([shared.id])
    expect((await agent2.patch(`/api/chat/canned-replies/${own.id}`, { title: 'x', text: 'x' })).status).toBe(404)
    expect((await agent.patch(`/api/chat/canned-replies/${shared.id}`, { title: 'x', text: 'x' })).status).toBe(403)
    await ok(agent.delete(`/api/chat/canned-replies/${own.id}`))
  })
})

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64')
