// One suite for all adapters, and what is peculiar to each.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smsGateway } from '../../messages/sms-gateway.ts'
import { httpDouble, type Call, type HttpDouble } from '../../testing/http-double.ts'
import { mailDouble, type MailDouble } from '../../testing/mail-double.ts'
import type { Adapter, Config, Outgoing } from '../channels.ts'
import { developmentAdapters } from './development.ts'
import { smsAdapter } from './sms.ts'
import { smsHttpAdapter } from './sms-http.ts'
import { smtpAdapter } from './smtp.ts'
import { signature, webhookAdapter } from './webhook.ts'
import { wechatAdapter } from './wechat.ts'

const message = (address: string, more: Partial<Outgoing> = {}): Outgoing => ({ id: '01900000-0000-7000-8000-000000000001', tenantId: 't', address, title: '新工单', text: '路灯不亮，请签收', link: '/orders/1', type: 'order.dispatched', level: 'P2', at: '2026-11-22 10:00', ...more })

let mail: MailDouble
let http: HttpDouble
const texts: string[] = []
let smsDown = false
const sms = async (one: { text: string }) => {
  if (smsDown) return { ok: false as const, reason: '通道关闭' }
  texts.push(one.text)
  return { ok: true as const, result: '已提交' }
}
let down = false
const ask = (call: Call) => {
  if (down) return { status: 503 }
  if (call.path === '/sms') return { body: { code: call.body.toString().includes('13900000000') ? 'BLACK' : '0', data: { msgId: 'M1' } } }
  if (call.path.startsWith('/cgi-bin/token')) return { body: { access_token: 'T1', expires_in: 7200 } }
  if (call.path.startsWith('/cgi-bin/message')) return { body: JSON.parse(call.body.toString()).touser === 'nobody_there' ? { errcode: 43004, errmsg: 'require subscribe' } : { errcode: 0, msgid: 7 } }
  return {}
}
beforeAll(async () => {
  mail = await mailDouble()
  http = await httpDouble(ask)
  smsGateway.add(sms)
})
afterAll(async () => {
  smsGateway.clear()
  await Promise.all([mail.stop(), http.stop()])
})

type Case = { adapter: Adapter; config: () => Config; good: string; bad: string | null; arrived: () => string; breakDown: (broken: boolean) => void }
const cases: Case[] = [
  { adapter: smsAdapter, config: () => ({}), good: '13800001234', bad: '12', arrived: () => texts.join(), breakDown: (broken) => (smsDown = broken) },
  { adapter: smsHttpAdapter, config: () => ({ url: `${http.url}/sms`, body: '{"mobile":"{phone}","content":"{text}"}', success: 'code=0', resultId: 'data.msgId', final: 'BLACK' }), good: '13800001234', bad: '13900000000', arrived: () => http.calls.map((c) => c.body.toString()).join(), breakDown: (broken) => (down = broken) },
  { adapter: smtpAdapter, config: () => ({ host: '127.0.0.1', port: String(mail.port), from: 'hotline@example.org' }), good: 'a@example.org', bad: 'nobody@example.org', arrived: () => Buffer.from(mail.mails.map((m) => m.data.split('\r\n\r\n').at(-1)?.replaceAll('\r\n', '')).join(), 'base64').toString(), breakDown: (broken) => (mail.refuse = broken ? '451 busy' : null) },
  { adapter: wechatAdapter, config: () => ({ baseUrl: http.url, appId: 'wx123456', secret: 's', templateId: 'tpl' }), good: 'oABCDEF123', bad: 'nobody_there', arrived: () => http.calls.map((c) => c.body.toString()).join(), breakDown: (broken) => (down = broken) },
  { adapter: webhookAdapter, config: () => ({ url: `${http.url}/hook`, secret: 'a-secret-of-16-chars' }), good: '', bad: null, arrived: () => http.calls.map((c) => c.body.toString()).join(), breakDown: (broken) => (down = broken) },
]

describe.each(cases.map((one) => [one.adapter.name, one] as const))('通道契约：%s', (_name, one) => {
  test('送达时文字完整到达并给出结果', async () => {
    expect(await one.adapter.send(message(one.good), one.config())).toMatchObject({ ok: true, result: expect.any(String) })
    expect(one.arrived()).toContain('路灯不亮，请签收')
  })
  test('对方暂时不行：不抛错，说明原因，可以再试', async () => {
    one.breakDown(true)
    const sent = await one.adapter.send(message(one.good), one.config())
    one.breakDown(false)
    expect(sent).toMatchObject({ ok: false, reason: expect.stringMatching(/./) })
    expect('final' in sent && sent.final).toBeFalsy()
  })
  test.skipIf(one.bad === null)('地址不存在：不再重试', async () => {
    expect(await one.adapter.send(message(one.bad ?? ''), one.config())).toMatchObject({ ok: false, final: true })
  })
  test('恢复后可以送达', async () => {
    expect(await one.adapter.send(message(one.good), one.config())).toMatchObject({ ok: true })
  })
})

test('短信平台：账号签名、请求头和短信签名按配置填写，文字不能冲出所在位置', async () => {
  const config = { url: `${http.url}/sms`, format: 'form', body: 'user={account}&ts={timestamp}&sign={sign}&to={phone}&msg={text}', account: 'hotline', secret: 's3cret', signText: '{account}{secret}{timestamp}', algorithm: 'sha256', header: 'X-Key: {secret}', name: '市民热线', success: 'code=0' }
  expect(await smsHttpAdapter.send(message('138 0000 1234', { text: '【12345】进度&结果："已办"\r\n' }), config)).toEqual({ ok: true, result: '短信平台已接收' })
  const call = http.calls.at(-1)
  const form = new URLSearchParams(call?.body.toString())
  expect(Object.fromEntries(form)).toEqual({ user: 'hotline', ts: '20261122100000', to: '13800001234', msg: '【市民热线】进度&结果："已办"\r\n', sign: createHash('sha256').update('hotlines3cret20261122100000').digest('hex') })
  expect(call?.headers['x-key']).toBe('s3cret')
  await smsHttpAdapter.send(message('13800001234', { text: '引号"与\\反斜杠' }), { url: `${http.url}/sms`, body: '{"to":"{phone}","text":"{text}"}' })
  expect(JSON.parse(http.calls.at(-1)?.body.toString() ?? '')).toEqual({ to: '13800001234', text: '引号"与\\反斜杠' })
})

test('连不上的服务是可重试的失败，不是程序错误', async () => {
  expect(await smtpAdapter.send(message('a@example.org'), { host: '127.0.0.1', port: '1', from: 'x@example.org' })).toMatchObject({ ok: false, reason: expect.stringContaining('ECONNREFUSED') })
  expect(await webhookAdapter.send(message(''), { url: 'http://127.0.0.1:1/', secret: 'a-secret-of-16-chars' })).toEqual({ ok: false, reason: '对方服务无法连接' })
})

test('推送带签名、时间和稳定标识，接收方可以验签；收件人地址不外传', async () => {
  for (const algorithm of ['sm3', 'sha256']) {
    await webhookAdapter.send(message('13800001234'), { url: `${http.url}/hook`, secret: 'a-secret-of-16-chars', algorithm })
    const call = http.calls.at(-1)
    const body = call?.body.toString() ?? ''
    expect(call?.headers['x-minsheng-signature']).toBe(`${algorithm}=${signature(algorithm, 'a-secret-of-16-chars', '2026-11-22 10:00', body)}`)
    expect(call?.headers['idempotency-key']).toBe(message('').id)
    expect(body).not.toContain('13800001234')
  }
  expect(signature('sm3', 'k', 't', 'b')).not.toBe(signature('sm3', 'k', 't', 'c'))
})

test('公众号凭证过期时换新再发一次', async () => {
  let refused = 0
  const double = await httpDouble((call) => (call.path.startsWith('/cgi-bin/token') ? { body: { access_token: `T${refused}`, expires_in: 7200 } } : refused++ === 0 ? { body: { errcode: 42001 } } : { body: { errcode: 0, msgid: 1 } }))
  expect(await wechatAdapter.send(message('oABCDEF123'), { baseUrl: double.url, appId: 'wx999999', secret: 's', templateId: 't' })).toMatchObject({ ok: true })
  expect(double.calls.map((c) => c.path.split('?')[0])).toEqual(['/cgi-bin/token', '/cgi-bin/message/template/send', '/cgi-bin/token', '/cgi-bin/message/template/send'])
  await double.stop()
})

test('每个通道都有开发发件箱，不外发', async () => {
  expect(developmentAdapters.map((a) => a.channel)).toEqual(['sms', 'email', 'wechat', 'webhook'])
  for (const adapter of developmentAdapters) expect(await adapter.send(message('x'), {})).toEqual({ ok: true, result: '开发发件箱，未实际发出' })
})
