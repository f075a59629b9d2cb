// Calls within a conversation over HTTP on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { citizen } from '../testing/citizens.ts'

let app: TestApp
let agent: Client
let me: Client
let sessionId = ''
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const offer = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n'
const texts = async (): Promise<string[]> => (await ok(me.get('/api/public/chat'))).messages.filter((m: { author: string }) => m.author === 'system').map((m: { text: string }) => m.text)

beforeAll(async () => {
  app = await testApp()
  agent = await app.as('agent')
  await ok(agent.post('/api/chat/duty', { on: true }))
  me = await citizen(app, '13700000701')
  sessionId = (await ok(me.post('/api/public/chat', { clientKey: 'calls-chat-000001', topic: '说不清楚，想通话' }))).id
})
afterAll(() => app.stop())

test('客服请求，诉求人同意才接通；同一会话不能有两个通话；结束后两端地址不留', async () => {
  const asked = await ok(agent.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'video', offer }))
  expect(await agent.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'audio', offer })).toMatchObject({ status: 409, body: { code: 'intake.callRunning' } })
  expect((await ok(me.get('/api/public/chat'))).call).toMatchObject({ id: asked.id, kind: 'video', state: 'asked', offer })
  expect((await ok(agent.get(`/api/chat/calls/${asked.id}`))).answer).toBeNull()
  await ok(me.post(`/api/public/chat/calls/${asked.id}/answer`, { answer: offer }))
  expect(await ok(agent.get(`/api/chat/calls/${asked.id}`))).toMatchObject({ state: 'open', answer: offer })
  expect((await me.post(`/api/public/chat/calls/${asked.id}/answer`, { answer: null })).body.code).toBe('intake.callOver')
  app.clock.advance(3 * MINUTE)
  expect(await ok(me.post(`/api/public/chat/calls/${asked.id}/end`))).toEqual({ state: 'ended' })
  expect(await ok(agent.get(`/api/chat/calls/${asked.id}`))).toMatchObject({ state: 'ended', answer: null })
  expect((await ok(me.get('/api/public/chat'))).call).toBeNull()
  expect(await texts()).toEqual(expect.arrayContaining(['客服请求与您视频通话，您同意后才会打开麦克风或摄像头', '已接通视频通话，通话不录音录像', '通话结束，约 3 分钟']))
})

test('拒绝后可以继续打字；一分钟没有应答自动结束；没有开通时说明', async () => {
  const one = await ok(agent.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'audio', offer }))
  await ok(me.post(`/api/public/chat/calls/${one.id}/answer`, { answer: null }))
  expect((await ok(agent.get(`/api/chat/calls/${one.id}`))).state).toBe('refused')
  const two = await ok(agent.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'audio', offer }))
  app.clock.advance(2 * MINUTE)
  await ok(agent.post('/api/chat/duty', { on: true }))
  await app.runTimers()
  expect((await ok(agent.get(`/api/chat/calls/${two.id}`))).state).toBe('ended')
  expect((await texts()).at(-1)).toBe('通话没有接通，可以继续打字')
  await ok((await app.as('tenantAdmin')).put('/api/admin/settings/chat.calls', { value: { enabled: false, iceServers: [] }, version: 0 }))
  expect(await agent.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'audio', offer })).toMatchObject({ status: 409, body: { code: 'intake.callsOff' } })
  await ok((await app.as('tenantAdmin')).put('/api/admin/settings/chat.calls', { value: { enabled: true, iceServers: [] }, version: 1 }))
})

test('别的客服、别的诉求人接不了也挂不断这次通话；通话参数不像样的不收', async () => {
  const asked = await ok(agent.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'audio', offer }))
  const [other, stranger] = [await app.as('shiftLeader'), await citizen(app, '13700000702')]
  expect((await other.post(`/api/chat/sessions/${sessionId}/calls`, { kind: 'audio', offer })).status).toBe(409)
  expect((await other.post(`/api/chat/calls/${asked.id}/end`)).status).toBe(404)
  expect((await stranger.post(`/api/public/chat/calls/${asked.id}/answer`, { answer: offer })).status).toBe(404)
  expect((await stranger.post(`/api/public/chat/calls/${asked.id}/end`)).status).toBe(404)
  expect((await me.post(`/api/public/chat/calls/${asked.id}/answer`, { answer: '<script>' })).status).toBe(422)
  expect((await (await app.as('handler')).get('/api/chat/call-servers')).status).toBe(403)
})
