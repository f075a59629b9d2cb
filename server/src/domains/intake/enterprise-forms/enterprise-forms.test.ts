// Forms for enterprises over HTTP (INT-26).
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isCreditCode } from '../../../kernel/crypto/index.ts'
import { DAY } from '../../../kernel/time/index.ts'
import { testApp, type Answer, type Client, type TestApp } from '../../../kernel/testing/index.ts'
import { citizen } from '../testing/citizens.ts'
import { isOffered } from './offer.ts'

let app: TestApp
let admin: Client
let formId: string
const ok = async (answer: Promise<Answer>): Promise<any> => {
  const { status, body } = await answer
  expect({ status, body: status === 200 ? 'ok' : body }).toEqual({ status: 200, body: 'ok' })
  return body
}
const codeOf = (n: number): string => [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((last) => `91990100MA${String(n).padStart(7, '0')}${last}`).find(isCreditCode) ?? ''
async function enterprise(phone: string, n: number, industry: string): Promise<{ me: Client; id: string }> {
  const me = await citizen(app, phone)
  const { id } = await ok(me.post('/api/public/enterprises', { creditCode: codeOf(n), name: `澜川${industry}${n}号`, industry, contactName: '赵晓敏' }))
  const { version } = await ok(admin.get(`/api/enterprise-accounts/${id}`))
  await ok(admin.post(`/api/enterprise-accounts/${id}/acts`, { act: 'open', reason: '已核对', version }))
  return { me, id }
}
const day = (days: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(app.clock.now() + days * DAY)
const change = async (more: Record<string, unknown>, id = formId) => {
  const { definitionId, kind, effectiveOn, untilOn, industries, levels, state, version } = (await ok(admin.get('/api/enterprise-forms'))).items.find((one: { id: string }) => one.id === id)
  return admin.put(`/api/enterprise-forms/${id}`, { definitionId, kind, effectiveOn, untilOn, industries, levels, state, version, ...more })
}
let factory: { me: Client; id: string }
let shop: { me: Client; id: string }
let definitionId: string
let n = 0
const fill = async (who: { me: Client; id: string }, formData: Record<string, unknown> = { subject: '技改补贴', year: 2026 }, more: Record<string, unknown> = {}) => {
  const offered = (await ok(factory.me.get(`/api/public/enterprises/${factory.id}/forms`))).items[0]
  return who.me.post(`/api/public/enterprises/${who.id}/forms/${formId}`, { clientKey: `enterprise-form-${++n}-key`, versionId: offered?.versionId ?? formId, formData, ...more })
}

beforeAll(async () => {
  app = await testApp()
  admin = await app.as('tenantAdmin')
  factory = await enterprise('13700000501', 901, '制造业')
  shop = await enterprise('13700000502', 902, '零售业')
  const made = await ok(admin.post('/api/forms', { key: 'policyAsk', name: '政策咨询表', business: 'enterprise', schema: { type: 'object', properties: { subject: { type: 'string', title: '咨询政策', maxLength: 60 }, year: { type: 'integer', title: '年度' } }, required: ['subject'], 'x-order': ['subject', 'year'] } }))
  definitionId = made.id
  expect((await admin.post('/api/enterprise-forms', { definitionId, kind: 'policy', effectiveOn: day(1) })).body).toMatchObject({ fields: [{ path: 'definitionId' }] })
  await ok(admin.post(`/api/form-versions/${made.versionId}/publish`, {}))
  formId = (await ok(admin.post('/api/enterprise-forms', { definitionId, kind: 'policy', effectiveOn: day(1), industries: ['制造业'] }))).id
})
afterAll(() => app.stop())

test.each([
  ['未发布', { state: 'draft' }, false], ['未生效', { effectiveOn: '2026-12-02' }, false], ['已过期', { untilOn: '2026-11-30' }, false], ['别的行业', { industries: ['零售业'] }, false], ['别的等级', { levels: ['A'] }, false], ['不限', {}, true], ['行业和等级都符合', { industries: ['制造业'], levels: ['B'] }, true],
])('%s', (_name, form, offered) => expect(isOffered({ state: 'published', effectiveOn: '2026-12-01', untilOn: null, industries: [], levels: [], ...form }, '2026-12-01', { industry: '制造业', level: 'B' })).toBe(offered))

test('尚未生效或给其他行业的表单不提供，直接调用接口也被拒绝；生效后符合的企业可填', async () => {
  const offered = async (who: { me: Client; id: string }) => (await ok(who.me.get(`/api/public/enterprises/${who.id}/forms`))).items.map((one: { name: string }) => one.name)
  expect((await fill(factory)).status).toBe(404)
  await ok(change({ state: 'published' }))
  expect([await offered(factory), (await fill(factory)).body.code]).toEqual([[], 'intake.enterpriseFormNotOffered'])
  app.clock.advance(DAY)
  factory.me = await citizen(app, '13700000501')
  shop.me = await citizen(app, '13700000502')
  admin = await app.as('tenantAdmin')
  expect([await offered(factory), await offered(shop)]).toEqual([['政策咨询表'], []])
  expect([(await fill(shop)).status, (await fill({ me: shop.me, id: factory.id })).status]).toEqual([403, 404])
  expect((await fill(factory, { year: 2026 })).body).toMatchObject({ fields: [{ path: 'formData.subject' }] })
  expect((await fill(factory, { subject: '技改补贴', other: 1 })).status).toBe(422)
  expect((await fill(factory, undefined, { versionId: formId })).body.code).toBe('intake.enterpriseFormChanged')
  const key = { clientKey: 'enterprise-form-same-key' }
  expect((await ok(fill(factory, undefined, key))).id).toBe((await ok(fill(factory, undefined, key))).id)
  expect((await ok(factory.me.get(`/api/public/enterprises/${factory.id}/forms`))).filled).toHaveLength(1)
})

test('提交按企业、表单、时间查询，导出带表单自己的列；有提交的不能删除，没有权限和别的租户的看不到', async () => {
  const rows = async (query: string) => (await ok(admin.get(`/api/enterprise-form-entries?${query}`))).items
  expect(await rows(`enterprise=${encodeURIComponent('制造业')}&formId=${formId}&from=${day(0)}&to=${day(0)}`)).toMatchObject([{ formName: '政策咨询表', enterpriseName: '澜川制造业901号' }])
  expect([await rows(`enterprise=${encodeURIComponent('零售')}`), await rows(`from=${day(1)}`)]).toEqual([[], []])
  const [entry] = await rows('')
  expect((await ok(admin.get(`/api/enterprise-form-entries/${entry.id}`))).answers).toEqual([{ key: 'subject', title: '咨询政策', text: '技改补贴' }, { key: 'year', title: '年度', text: '2026' }])
  expect((await admin.delete(`/api/enterprise-forms/${formId}`)).body.code).toBe('intake.enterpriseFormUsed')
  expect((await (await app.as('otherAdmin')).get(`/api/enterprise-form-entries/${entry.id}`)).status).toBe(404)
  expect((await (await app.as('agent')).get('/api/enterprise-form-entries')).status).toBe(403)
  expect((await change({ levels: ['Z'] })).status).toBe(422)
  const idle = (await ok(admin.post('/api/enterprise-forms', { definitionId, kind: 'other', effectiveOn: day(0) }))).id
  await ok(admin.delete(`/api/enterprise-forms/${idle}`))
  expect((await admin.post('/api/exports', { page: 'enterpriseForms', filter: { formId }, columns: [], format: 'xlsx' })).status).toBe(200)
})
