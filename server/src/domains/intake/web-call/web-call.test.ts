// 网络电话: who gets a line, from which number, and who does not.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTicket, signTicket } from '../../../../../switch/src/engine-port.ts'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { demo } from '../../platform/index.ts'
import { seedTelephony } from '../../telephony/index.ts'
import { changeSetting } from '../../platform/settings/change-setting.ts'
import { exchange } from '../../telephony/engine/exchange.ts'
import { citizen } from '../testing/citizens.ts'

let app: TestApp
let up = true
const set = (key: string, value: unknown) => app.command((ctx) => changeSetting(ctx, { key, value, version: 0 } as Parameters<typeof changeSetting>[1]))
const away = () => Promise.reject(new Error('exchange unreachable'))
const ticketOf = async (body: unknown) => readTicket('secret', (body as { ticket: string }).ticket, 0)

beforeAll(async () => {
  app = await testApp()
  await app.command((ctx) => seedTelephony(ctx, { number: '12345' }))
  exchange.port = { connected: () => up, live: () => null, command: away, putFile: away, recording: away, ticket: async (claims) => ({ ticket: await signTicket('secret', claims), url: 'ws://127.0.0.1:1/softphone' }) }
})
afterAll(async () => {
  demo.enabled = false
  exchange.port = null
  await app.stop()
})

test('示范环境之外默认不开通：状态如实，取不到凭证', async () => {
  const visitor = app.nobody('public')
  expect((await visitor.get('/api/public/call')).body).toEqual({ enabled: false, open: false, trial: false })
  expect(await visitor.post('/api/public/call/ticket', {})).toMatchObject({ status: 404, body: { code: 'intake.webCallOff' } })
})

test('开通后须登录；号码是验证过的手机号，只能打本中心的服务号码；自带号码不作数', async () => {
  await set('portal.webCall', 'on')
  const visitor = app.nobody('public')
  expect(await visitor.post('/api/public/call/ticket', {})).toMatchObject({ status: 401 })
  expect(await visitor.post('/api/public/call/ticket', { trialNumber: '13911112222' })).toMatchObject({ status: 404 })
  const me = await citizen(app, '13900007777')
  expect((await me.get('/api/public/call')).body).toEqual({ enabled: true, open: true, trial: false })
  const answer = await me.post('/api/public/call/ticket', { trialNumber: '13911112222' })
  expect(answer.status).toBe(200)
  expect(await ticketOf(answer.body)).toMatchObject({ kind: 'citizen', number: '8613900007777', to: ['12345'] })
})

test('话务引擎不在时不发凭证；次数超过上限被拒绝并告知何时再试', async () => {
  const me = await citizen(app, '13900008888')
  up = false
  expect(await me.post('/api/public/call/ticket', {})).toMatchObject({ status: 503 })
  up = true
  await set('portal.webCall.limit', { phonePerHour: 1, addressPerHour: 100 })
  expect((await me.post('/api/public/call/ticket', {})).status).toBe(200)
  expect(await me.post('/api/public/call/ticket', {})).toMatchObject({ status: 429, body: { code: 'intake.tooOften', until: expect.any(String) } })
})
