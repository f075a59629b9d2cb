// QR codes, publications and public figures over HTTP on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { ts } from '../../../kernel/db/connect.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { DAY, HOUR, MINUTE, plus, toIso } from '../../../kernel/time/index.ts'
import { citizen, tenantOf } from '../testing/citizens.ts'
import { tellManyJob } from './tell-many.ts'

let app: TestApp
let admin: Client
let tenantAdmin: Client
let editor: Client
const plain = () => app.app.runtime.db.withoutPlugins()
const visitor = () => app.nobody('public')

beforeAll(async () => {
  app = await testApp()
  ;[admin, tenantAdmin, editor] = [await app.as('businessAdmin'), await app.as('tenantAdmin'), await app.as('reviewer')]
})
afterAll(() => app.stop())

const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
let n = 0
const tellMany = async (of: { publicationIds: string[]; once: string; bound: boolean }): Promise<void> => {
  const tenantId = await tenantOf(app)
  await tellManyJob.run((fn) => app.command(fn, { tenantId }), { tenantId, after: null, ...of }, { attempt: 1, maxAttempts: 5 })
}
const key = (): string => `publicity-key-${String(++n).padStart(6, '0')}`
const appeal = (more: Record<string, unknown>) => ({ clientKey: key(), content: '店里油烟太大，熏得楼上睡不着', appealType: 'complaint', areaCode: '990101001001', ...more })

describe('投诉二维码', () => {
  test('扫码带出预设的地点和对象，提交的工单带着二维码、渠道为二维码，扫码和提交分别计数', async () => {
    const code = await ok(admin.post('/api/qr-codes', { name: '夜市公示牌', kind: 'enterprise', subject: '某烧烤店', areaCode: '990101001', address: '澜湾夜市 3 号摊', appealType: 'complaint' }))
    expect(code.url).toBeNull()
    expect(await ok(visitor().post(`/api/public/qr/${code.code}`))).toMatchObject({ notice: null, subject: '某烧烤店', address: '澜湾夜市 3 号摊', area: { code: '990101001' }, appealType: 'complaint' })
    const me = await citizen(app, '13700000001')
    const body = appeal({ qrCode: code.code })
    const sent = await ok(me.post('/api/public/submissions', body))
    await ok(me.post('/api/public/submissions', body))
    const { rows } = await sql<{ channel: string; extra: Record<string, string>; remarks: string }>`select channel, extra, remarks from order_order where number = ${sent.number}`.execute(plain())
    expect(rows[0]).toMatchObject({ channel: 'qr', extra: { qrCode: code.code, qrSubject: '某烧烤店' }, remarks: expect.stringContaining('夜市公示牌') })
    expect((await ok(admin.get('/api/qr-codes'))).items[0]).toMatchObject({ scans: 1, submissions: 1 })
  })

  test('过期、停用的二维码显示原因，不带出内容，也不能用来提交；不存在的为 404', async () => {
    const now = app.clock.now()
    const code = await ok(admin.post('/api/qr-codes', { name: '活动', kind: 'campaign', subject: '消费节', areaCode: '990101', validUntil: toIso(plus(now, HOUR)) }))
    app.clock.advance(2 * HOUR)
    expect(await ok(visitor().post(`/api/public/qr/${code.code}`))).toMatchObject({ notice: '这个二维码已过期', area: null })
    const me = await citizen(app, '13700000002')
    expect(await me.post('/api/public/submissions', appeal({ qrCode: code.code }))).toMatchObject({ status: 422, body: { fields: [{ path: 'qrCode' }] } })
    const off = await ok(admin.patch(`/api/qr-codes/${code.id}`, { name: '活动', kind: 'campaign', subject: '消费节', enabled: false, version: 1 }))
    expect(off.state).toBe('off')
    expect((await admin.patch(`/api/qr-codes/${code.id}`, { name: '活动', kind: 'campaign', subject: '消费节', version: 1 })).status).toBe(409)
    expect((await visitor().post('/api/public/qr/none-such-code')).status).toBe(404)
    expect((await (await app.as('agent')).get('/api/qr-codes')).status).toBe(403)
    expect((await (await app.as('otherAdmin')).get(`/api/qr-codes/${code.id}`)).status).toBe(404)
    expect((await admin.post('/api/qr-codes', { name: 'x', kind: 'place' })).body.fields[0].path).toBe('subject')
  })
})

describe('公众内容', () => {
  const draft = (more: Record<string, unknown> = {}) => ({ kind: 'notice', title: '供热热线延长服务', summary: '延长至 22 点', body: '即日起供热热线服务时间延长至 22:00。', ...more })

  test('含手机号的案例不能送审；去除后由他人审核才能发布；作者不能审自己的；撤回后到处消失', async () => {
    const bad = await ok(editor.post('/api/publications', draft({ kind: 'case', body: '诉求人电话 139 0000 0000，已解决。' })))
    expect(bad.personalData).toEqual(['手机号'])
    expect(bad.acts.find((a: { act: string }) => a.act === 'submit')).toMatchObject({ enabled: false })
    expect(await editor.post(`/api/publications/${bad.id}/submit`, { version: 1 })).toMatchObject({ status: 422, body: { code: 'intake.publicationPersonal', fields: [{ path: 'body' }] } })
    const clean = await ok(editor.post('/api/publications/redact', { text: bad.body }))
    expect(clean).toEqual({ text: '诉求人电话 139******00，已解决。', found: ['手机号'] })
    const saved = await ok(editor.patch(`/api/publications/${bad.id}`, { ...draft({ kind: 'case', body: clean.text }), version: 1 }))
    const waiting = await ok(editor.post(`/api/publications/${bad.id}/submit`, { version: saved.version }))
    expect((await editor.post(`/api/publications/${bad.id}/review`, { outcome: 'approve', checked: true, version: waiting.version })).status).toBe(403)
    expect((await admin.post(`/api/publications/${bad.id}/review`, { outcome: 'approve', version: waiting.version })).body.fields[0].path).toBe('checked')
    expect((await visitor().get(`/api/public/publications/${bad.id}`)).status).toBe(404)
    const shown = await ok(admin.post(`/api/publications/${bad.id}/review`, { outcome: 'approve', checked: true, version: waiting.version }))
    expect(shown.state).toBe('published')
    expect(await ok(visitor().get(`/api/public/publications/${bad.id}`))).toMatchObject({ kind: 'case', kept: false })
    expect((await editor.patch(`/api/publications/${bad.id}`, { ...draft(), version: shown.version })).status).toBe(409)
    await ok(editor.post(`/api/publications/${bad.id}/withdraw`, { reason: '内容有误', version: shown.version }))
    expect((await visitor().get(`/api/public/publications/${bad.id}`)).status).toBe(404)
    expect((await ok(visitor().get('/api/public/publications'))).items).toEqual([])
  })

  test('作者自己有审核权限也不能审自己写的', async () => {
    const own = await ok(admin.post('/api/publications', draft()))
    const waiting = await ok(admin.post(`/api/publications/${own.id}/submit`, { version: 1 }))
    expect(await admin.post(`/api/publications/${own.id}/review`, { outcome: 'approve', checked: true, version: waiting.version })).toMatchObject({ status: 409, body: { code: 'intake.publicationOwn' } })
    expect((await ok(tenantAdmin.post(`/api/publications/${own.id}/review`, { outcome: 'sendBack', opinion: '标题太长', version: waiting.version }))).state).toBe('draft')
  })

  test('定时发布到时才公开并进入消息中心，过期自动下架；收藏只在自己的收藏里', async () => {
    const me = await citizen(app, '13700000003')
    const now = app.clock.now()
    const one = await ok(editor.post('/api/publications', draft({ announce: true, publishAt: toIso(plus(now, HOUR)), expiresAt: toIso(plus(now, DAY)) })))
    const waiting = await ok(editor.post(`/api/publications/${one.id}/submit`, { version: 1 }))
    expect((await ok(admin.post(`/api/publications/${one.id}/review`, { outcome: 'approve', checked: true, version: waiting.version }))).state).toBe('approved')
    expect((await visitor().get(`/api/public/publications/${one.id}`)).status).toBe(404)
    app.clock.advance(HOUR + MINUTE)
    await app.runTimers()
    await app.runTimers()
    await tellMany({ publicationIds: [one.id], once: one.id, bound: false })
    await ok(me.put(`/api/public/favourites/${one.id}`, { on: true }))
    expect((await ok(me.get('/api/public/publications?kept=true'))).items.map((i: { id: string }) => i.id)).toEqual([one.id])
    expect((await ok(me.get('/api/public/messages?kind=policy'))).items).toMatchObject([{ title: '供热热线延长服务', link: `/news/${one.id}` }])
    expect((await visitor().get('/api/public/publications?kept=true')).status).toBe(404)
    app.clock.advance(DAY)
    expect((await visitor().get(`/api/public/publications/${one.id}`)).status).toBe(404)
  })
})

describe('按批公开', () => {
  test('一批办结工单生成一份草稿：不带姓名电话，保密的和已公开的不再取，撤回后可以再取；照样由他人审核', async () => {
    const me = await citizen(app, '13700000006')
    const numbers: string[] = []
    for (let i = 0; i < 3; i++) numbers.push((await ok(me.post('/api/public/submissions', appeal({ content: `路灯坏了，联系人赵晓敏 139 0000 000${i}，请尽快修`, appealType: 'help', name: '赵晓敏', confidential: i === 2 })))).number)
    await sql`update order_order set state = 'closed', closed_at = ${ts(app.clock.now())}, reply = '已更换灯头，赵晓敏表示满意。' where number in (${sql.join(numbers)})`.execute(plain())
    const ask = { title: '本周办理结果', from: toIso(plus(app.clock.now(), -HOUR)), until: toIso(plus(app.clock.now(), HOUR)), appealType: 'help' }
    const made = await ok(editor.post('/api/publications/batch', ask))
    expect(made).toMatchObject({ taken: 2, left: 0 })
    const draft = await ok(editor.get(`/api/publications/${made.id}`))
    expect(draft).toMatchObject({ kind: 'result', state: 'draft', summary: '共 2 件', personalData: [] })
    expect(draft.body).toContain('【办理结果】已更换灯头')
    for (const secret of ['赵晓敏', '139 0000', '13900', ...numbers]) expect(draft.body).not.toContain(secret)
    expect(await editor.post('/api/publications/batch', ask)).toMatchObject({ status: 409, body: { code: 'intake.publicationEmptyBatch' } })
    const waiting = await ok(editor.post(`/api/publications/${made.id}/submit`, { version: draft.version }))
    const shown = await ok(admin.post(`/api/publications/${made.id}/review`, { outcome: 'approve', checked: true, version: waiting.version }))
    await ok(editor.post(`/api/publications/${made.id}/withdraw`, { reason: '内容有误', version: shown.version }))
    expect((await ok(editor.post('/api/publications/batch', ask))).taken).toBe(2)
    expect((await editor.post('/api/publications/batch', { ...ask, until: ask.from })).body.fields[0].path).toBe('until')
    expect((await (await app.as('agent')).post('/api/publications/batch', ask)).status).toBe(403)
    expect(await editor.post('/api/publications/push', { ids: [made.id] })).toMatchObject({ status: 409, body: { code: 'intake.publicationNoAccount' } })
  })
})

describe('运行通报', () => {
  test('件数与内部工单一致，3 件的格子显示“<5”，保密和撤单的不算', async () => {
    const me = await citizen(app, '13700000004')
    for (let i = 0; i < 5; i++) await ok(me.post('/api/public/submissions', appeal({ areaCode: '990101002001' })))
    const other = await citizen(app, '13700000005')
    for (let i = 0; i < 3; i++) await ok(other.post('/api/public/submissions', appeal({ appealType: 'praise', content: '服务态度很好，表扬一下' })))
    await ok(other.post('/api/public/submissions', appeal({ confidential: true })))
    const gone = await ok(other.post('/api/public/submissions', appeal({})))
    await ok(other.post(`/api/public/orders/${gone.number}/withdraw`, { reason: '已经解决' }))
    app.clock.advance(10 * MINUTE)
    const seen = await ok(visitor().get('/api/public/statistics'))
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from order_order o join platform_tenant t on t.id = o.tenant_id where t.code = 'test' and not o.confidential and o.state not in ('draft', 'merged')`.execute(plain())
    expect(seen.figures.find((f: { code: string }) => f.code === 'received').value).toBe(String(rows[0]?.n))
    // The definitions are those of the catalogue, and so are the figures, as who sees no confidential orders has them inside.
    const inside = await ok((await app.as('tenantAdmin')).post('/api/data/figures', { indicators: ['received', 'handleTime', 'closingRate'], from: '2026-10-01', to: '2026-12-31' }))
    expect(inside.total.received).toBe(String(rows[0]?.n))
    expect(seen.figures.find((f: { code: string }) => f.code === 'closingRate').value).toBe(`${inside.total.closingRate}%`)
    expect(seen.figures.map((f: { definition: string }) => f.definition).slice(0, 3)).toEqual(['received', 'handleTime', 'closingRate'].map((code) => inside.columns.find((c: { code: string }) => c.code === code).statement))
    expect(seen.types.find((c: { name: string }) => c.name === '表扬')).toMatchObject({ count: null, shown: '<5' })
    expect(seen.types.filter((c: { count: number | null }) => c.count === null).length).not.toBe(1)
    expect(seen.figures.find((f: { code: string }) => f.code === 'satisfaction').value).toBe('–')
    expect(seen.trend).toHaveLength(30)
    expect(JSON.stringify(seen)).not.toContain('油烟')
    // INT-21: what is published, and of which areas, is the site's.
    const admin = await app.as('tenantAdmin')
    for (const [key, value] of [['bulletin.items', ['received', 'trend']], ['bulletin.areas', ['990101002']]] as const) {
      const at = await ok(admin.get(`/api/admin/settings/${key}`))
      await ok(admin.put(`/api/admin/settings/${key}`, { value, version: at.version }))
    }
    const narrow = await ok(visitor().get('/api/public/statistics'))
    expect(narrow).toMatchObject({ shown: ['received', 'trend'], hot: [], types: [], areas: [] })
    const { rows: there } = await sql<{ n: number }>`select count(*)::int as n from order_order o join platform_tenant t on t.id = o.tenant_id where t.code = 'test' and not o.confidential and o.state not in ('draft', 'merged') and o.area_code like '990101002%'`.execute(plain())
    expect(narrow.figures.map((f: { code: string; value: string }) => [f.code, f.value])).toEqual([['received', String(there[0]?.n)]])
  })
})
