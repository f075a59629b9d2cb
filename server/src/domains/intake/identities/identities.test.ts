// WeChat identities against a double of the platform, over HTTP on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { inTenant, nobody } from '../../../kernel/ctx.ts'
import { runCommand } from '../../../kernel/runtime.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { HOUR } from '../../../kernel/time/index.ts'
import { httpDouble, type HttpDouble } from '../../platform/testing/http-double.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { browser, citizen, lastCode, tenantOf } from '../testing/citizens.ts'
import { tellManyJob } from '../publications/tell-many.ts'
import { pushJob } from './push-message.ts'
import { signatureOf } from './wechat-platform.ts'

let app: TestApp
let admin: Client
let wechat: HttpDouble
const plain = () => app.app.runtime.db.withoutPlugins()
const address = 'https://12345.example.gov.cn'

beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
  wechat = await httpDouble((call) => {
    if (call.path.startsWith('/cgi-bin/token')) return { body: { access_token: 'T', expires_in: 7200 } }
    if (call.path.startsWith('/cgi-bin/')) return { body: { errcode: 0, msgid: 1 } }
    const query = new URL(call.path, 'http://x').searchParams
    // The double knows who stands behind a code by its name: `code-of-alice` is `openid-alice`.
    const who = /^code-of-(\w+)$/.exec(query.get('code') ?? query.get('js_code') ?? '')?.[1]
    return { body: who && query.get('secret') === 'S' ? { openid: `openid-${who}` } : { errcode: 40029, errmsg: 'invalid code' } }
  })
  await ok(admin.put('/api/admin/settings/portal.address', { value: address, version: 0 }))
  for (const which of ['officialAccount', 'miniProgram'])
    await ok(admin.put(`/api/wechat-accounts/${which}`, { appId: 'wx1234567890', secret: 'S', token: 'callback-token', templateId: 'tpl', baseUrl: wechat.url, enabled: true, version: 0 }))
})
afterAll(async () => {
  await wechat.stop()
  await app.stop()
})

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}

type Browser = ReturnType<typeof browser>
/** Through the authorization page and back, as WeChat leads a browser. */
async function fromWechat(one: Browser, who: string, to = '/orders'): Promise<Answer> {
  const { url } = await ok(one.post('/api/public/wechat/start', { to }))
  const state = new URL(url).searchParams.get('state') ?? ''
  return one.post('/api/public/wechat/finish', { code: `code-of-${who}`, state })
}
async function signIn(one: Browser, phone: string): Promise<void> {
  await one.post('/api/public/sign-in/code', { phone })
  await ok(one.post('/api/public/sign-in', { phone, code: await lastCode(app) }))
}

describe('公众号', () => {
  test('未绑定的用户打开个人服务被带到绑定，绑定后回到原页面；下次进入直接登录，看到同样的工单', async () => {
    const portal = await citizen(app, '13700000101')
    const sent = await ok(portal.post('/api/public/submissions', { clientKey: 'identity-key-00001', content: '楼下路灯不亮，晚上看不清路', appealType: 'help', areaCode: '990101001001' }))
    const phone = browser(app)
    expect((await fromWechat(phone, 'alice')).body).toEqual({ outcome: 'bind', to: '/orders' })
    expect((await phone.get('/api/public/orders')).status).toBe(401)
    await signIn(phone, '13700000101')
    expect(await ok(phone.post('/api/public/wechat/bind'))).toMatchObject({ to: '/orders', items: [{ provider: 'officialAccount', name: '微信公众号' }] })
    const next = browser(app)
    expect((await fromWechat(next, 'alice')).body).toMatchObject({ outcome: 'signedIn', to: '/orders' })
    expect((await ok(next.get('/api/public/orders'))).items.map((o: { number: string }) => o.number)).toEqual([sent.number])
  })

  test('已绑定的微信身份不能再绑定第二个账号，一个账号也不能绑定两个公众号身份', async () => {
    const other = browser(app)
    await fromWechat(other, 'bob')
    await signIn(other, '13700000102')
    await ok(other.post('/api/public/wechat/bind'))
    // Alice's account proves Bob's identity, and Bob's account a second one.
    const alice = browser(app)
    const carol = await fromWechat(alice, 'carol')
    expect(carol.body.outcome).toBe('bind')
    await signIn(alice, '13700000101')
    expect(await alice.post('/api/public/wechat/bind')).toMatchObject({ status: 409, body: { code: 'intake.identityHeld' } })
    const held = await sql<{ provider: string }>`select provider from intake_identity where subject_enc like '%openid%'`.execute(plain())
    expect(held.rows).toEqual([])
    const mini = browser(app)
    expect(await ok(mini.post('/api/public/wechat/mini', { code: 'code-of-dave', to: '/me' }))).toEqual({ outcome: 'bind', to: '/me' })
    await signIn(mini, '13700000102')
    await ok(mini.post('/api/public/wechat/bind'))
    const thief = browser(app)
    await ok(thief.post('/api/public/wechat/mini', { code: 'code-of-dave' }))
    await signIn(thief, '13700000103')
    expect(await thief.post('/api/public/wechat/bind')).toMatchObject({ status: 409, body: { code: 'intake.identityTaken' } })
  })

  test('小程序链接里的身份先请本人确认再登录；解除绑定后不再能登录', async () => {
    const mini = browser(app)
    expect(await ok(mini.post('/api/public/wechat/mini', { code: 'code-of-dave' }))).toMatchObject({ outcome: 'continue', mobile: expect.stringMatching(/\*/) })
    expect((await ok(mini.get('/api/public/session'))).citizen).toBeNull()
    await ok(mini.post('/api/public/wechat/continue'))
    const { items } = await ok(mini.get('/api/public/identities'))
    const foreign = await citizen(app, '13700000103')
    expect((await foreign.delete(`/api/public/identities/${items[0].id}`)).status).toBe(404)
    for (const one of items) await ok(mini.delete(`/api/public/identities/${one.id}`))
    expect((await browser(app).post('/api/public/wechat/mini', { code: 'code-of-dave' })).body.outcome).toBe('bind')
  })

  test('别人的 state、用过的 state、过期的授权、微信不认的 code 都被拒绝；返回地址只能是本站页面', async () => {
    const one = browser(app)
    const { url } = await ok(one.post('/api/public/wechat/start', { to: '/orders' }))
    const state = new URL(url).searchParams.get('state') ?? ''
    expect((await browser(app).post('/api/public/wechat/finish', { code: 'code-of-alice', state })).status).toBe(422)
    expect((await one.post('/api/public/wechat/finish', { code: 'code-of-alice', state: `${state}x` })).status).toBe(422)
    expect((await one.post('/api/public/wechat/finish', { code: 'code-of-alice', state })).status).toBe(422)
    const late = browser(app)
    const begun = new URL((await ok(late.post('/api/public/wechat/start', {}))).url).searchParams.get('state') ?? ''
    app.clock.advance(HOUR)
    expect((await late.post('/api/public/wechat/finish', { code: 'code-of-alice', state: begun })).status).toBe(422)
    expect((await fromWechat(browser(app), 'nobody-here')).body.code).toBe('intake.wechatRefused')
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example']) expect((await one.post('/api/public/wechat/start', { to })).status).toBe(422)
    expect((await one.post('/api/public/wechat/bind')).status).toBe(401)
  })
})

describe('微信服务器', () => {
  const query = (token: string, at: number) => {
    const timestamp = String(Math.floor(at / 1000))
    return `timestamp=${timestamp}&nonce=n1&signature=${signatureOf(token, timestamp, 'n1')}`
  }
  const call = (url: string, payload: string) => app.app.public.inject({ method: 'POST', url, headers: { 'content-type': 'text/xml' }, payload })
  const xml = (more: string) => `<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[openid-alice]]></FromUserName>${more}</xml>`

  test('签名正确的校验原样返回 echostr，伪造的、旧的签名被拒绝', async () => {
    const now = app.clock.now()
    const right = await app.app.public.inject({ url: `/api/public/wechat/callback?${query('callback-token', now)}&echostr=echo123` })
    expect([right.statusCode, right.body]).toEqual([200, 'echo123'])
    for (const bad of [query('guessed', now), query('callback-token', now - HOUR)]) {
      expect((await app.app.public.inject({ url: `/api/public/wechat/callback?${bad}&echostr=echo123` })).statusCode).toBe(403)
      expect((await call(`/api/public/wechat/callback?${bad}`, xml('<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event>'))).statusCode).toBe(403)
    }
  })

  test('关注时问候，来信时指到提交页面，文字不会混进回复的标签', async () => {
    const url = `/api/public/wechat/callback?${query('callback-token', app.clock.now())}`
    expect((await call(url, xml('<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event>'))).body).toContain('您好，这里是')
    const answer = (await call(url, '<xml><ToUserName>gh</ToUserName><FromUserName><![CDATA[a]] ></x>]]></FromUserName><MsgType>text</MsgType><Content>hi</Content></xml>')).body
    expect(answer).toContain(`${address}/submit`)
    expect(answer.match(/<MsgType>/g)).toHaveLength(1)
  })

  test('菜单指向门户页面，个人页面经过身份；只有维护渠道的人能改配置和发布，密钥不回显', async () => {
    const published = await ok(admin.post('/api/wechat-accounts/officialAccount/menu'))
    expect(published.menuAt).not.toBeNull()
    const body = JSON.parse(wechat.calls.findLast((c) => c.path.startsWith('/cgi-bin/menu/create'))?.body.toString() ?? '{}')
    expect(body.button).toHaveLength(3)
    expect(body.button[1]).toEqual({ type: 'view', name: '我的诉求', url: `${address}/wechat?to=%2Forders` })
    expect(JSON.stringify(await ok(admin.get('/api/wechat-accounts')))).not.toMatch(/callback-token|"S"/)
    const agent = await app.as('agent')
    expect((await agent.get('/api/wechat-accounts')).status).toBe(403)
    expect((await agent.post('/api/wechat-accounts/officialAccount/menu')).status).toBe(403)
    expect((await admin.put('/api/wechat-accounts/officialAccount', { appId: 'wx1234567890', enabled: true, version: 0 })).status).toBe(409)
    expect((await ok((await app.as('otherAdmin')).get('/api/wechat-accounts'))).items[0]).toMatchObject({ appId: '', secretSet: false })
  })
})

describe('推送', () => {
  test('一次进展在消息中心和已绑定的公众号各出现一次；不要的类别只在消息中心；结果总会推送', async () => {
    const tenantId = await tenantOf(app)
    const me = browser(app)
    await fromWechat(me, 'alice')
    const { rows } = await sql<{ id: string }>`select account_id as id from intake_identity where provider = 'officialAccount' order by bound_at limit 1`.execute(plain())
    const accountId = rows[0]?.id ?? ''
    const tell = (kind: 'progress' | 'result' | 'policy', objectId: string) => app.command((ctx) => tellCitizen(ctx, { accountId, kind, title: `${kind} ${objectId}`, link: '/orders/1', objectId }), { tenantId })
    const pushed = async (): Promise<string[]> => {
      const waiting = await sql<{ id: string }>`select id from intake_push where state = 'waiting' order by created_at, id`.execute(plain())
      wechat.calls.length = 0
      for (const { id } of waiting.rows) await pushJob.run((fn) => runCommand(app.app.runtime, { actor: nobody(tenantId), requestId: 'test' }, (ctx) => fn(inTenant(ctx, tenantId))), { tenantId, id }, { attempt: 1, maxAttempts: 3 })
      return wechat.calls.filter((c) => c.path.includes('template/send')).map((c) => JSON.parse(c.body.toString()).data.thing1.value)
    }
    await tell('progress', '1')
    await tell('progress', '1')
    expect(await pushed()).toEqual(['progress 1'])
    expect(await pushed()).toEqual([])
    await sql`update intake_account set muted_kinds = '{progress,policy,result}' where id = ${accountId}`.execute(plain())
    await tell('progress', '2')
    await tell('policy', '3')
    await tell('result', '4')
    expect(await pushed()).toEqual(['result 4'])
    expect((await ok(me.get('/api/public/messages'))).items.map((m: { title: string }) => m.title)).toEqual(expect.arrayContaining(['progress 1', 'progress 2', 'policy 3', 'result 4']))
  })
})

describe('推送', () => {
  test('选出的已发布内容合成一条推送到已绑定的公众号；没绑定的、不要这类通知的不收；没发布的不能推', async () => {
    const tenantId = await tenantOf(app)
    const [{ id: accountId = '' } = { id: '' }] = (await sql<{ id: string }>`select account_id as id from intake_identity where provider = 'officialAccount' order by bound_at limit 1`.execute(plain())).rows
    await sql`update intake_account set muted_kinds = '{}' where id = ${accountId}`.execute(plain())
    const written = async (title: string) => (await ok(admin.post('/api/publications', { kind: 'hot', title, body: `${title}的说明` }))).id as string
    const [one, two, hidden] = [await written('供热收费政策'), await written('医保异地备案'), await written('还没有发布')]
    await sql`update intake_publication set state = 'published', published_at = ${ts(app.clock.now())} where id in (${sql.join([one, two])})`.execute(plain())
    expect((await admin.post('/api/publications/push', { ids: [one, hidden] })).body.fields[0].path).toBe('ids')
    expect((await ok(admin.post('/api/publications/push', { ids: [one, two] }))).bound).toBeGreaterThan(0)
    for (let twice = 0; twice < 2; twice++) await tellManyJob.run((fn) => app.command(fn, { tenantId }), { tenantId, publicationIds: [one, two], once: 'push:1', bound: true, after: null }, { attempt: 1, maxAttempts: 5 })
    const { rows } = await sql<{ title: string; text: string; bound: boolean }>`select m.title, m.text, exists (select 1 from intake_identity i where i.account_id = m.account_id and i.provider = 'officialAccount') as bound from intake_message m where once_key = 'policy:push:1'`.execute(plain())
    expect(rows.every((r) => r.bound)).toBe(true)
    expect(rows[0]).toMatchObject({ title: '供热收费政策等 2 条', text: '供热收费政策；医保异地备案' })
    expect((await sql<{ n: number }>`select count(*)::int as n from intake_push p join intake_message m on m.tenant_id = p.tenant_id and m.id = p.message_id where m.once_key = 'policy:push:1' and p.account_id = ${accountId}`.execute(plain())).rows[0]?.n).toBe(1)
    expect((await ok(admin.get('/api/publications?sort=reads'))).items.find((p: { id: string }) => p.id === one).pushedAt).not.toBeNull()
  })
})

test('在公众号里提交的诉求渠道为公众号，停用该渠道后提交得到公告', async () => {
  const me = await citizen(app, '13700000104')
  const body = { clientKey: 'identity-entry-00001', content: '公园里的健身器材坏了', appealType: 'help', areaCode: '990101001001', entry: 'officialAccount' }
  const sent = await ok(me.post('/api/public/submissions', body))
  expect((await sql<{ channel: string }>`select channel from order_order where number = ${sent.number}`.execute(plain())).rows[0]?.channel).toBe('officialAccount')
  await ok(admin.patch('/api/channels/officialAccount', { version: 0, enabled: false, notice: '公众号升级中' }))
  expect(await me.post('/api/public/submissions', { ...body, clientKey: 'identity-entry-00002' })).toMatchObject({ status: 409, body: { title: '公众号升级中' } })
})
