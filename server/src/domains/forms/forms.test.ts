import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../kernel/runtime.ts'
import { lineCity, type LineCity } from '../platform/testing/line-city.ts'
import { compileForm } from './check-form-data.ts'
import { isVisible, type FormSchema } from './form-schema.ts'
import { ensureForms, formFor, validateForm } from './index.ts'

let city: LineCity
beforeAll(async () => {
  city = await lineCity()
  await city.app.command(ensureForms, { tenantId: city.tenant })
})
afterAll(() => city.stop())

const fieldsOf = async (promise: Promise<unknown>): Promise<Record<string, string>> =>
  promise.then(() => ({}), (error: { refusal?: { fields?: { path: string; message: string }[] } }) => Object.fromEntries((error.refusal?.fields ?? []).map((f) => [f.path, f.message])))

const schema = (more: Partial<FormSchema['properties']> = {}, required: string[] = []): FormSchema => ({ type: 'object', properties: { count: { type: 'integer', title: '数量', minimum: 1 }, ...(more as FormSchema['properties']) }, required })

test('投诉默认表单要求事发时间，错误逐项用中文说明', async () => {
  const form = await city.app.query((ctx) => formFor(ctx, { appealType: 'complaint' }), { tenantId: city.tenant })
  expect(form?.fields.find((f) => f.key === 'eventTime')).toMatchObject({ title: '事发时间', required: true })
  const check = (data: unknown) => city.app.query((ctx) => validateForm(ctx, form?.versionId ?? '', data), { tenantId: city.tenant })
  expect(await check({ eventTime: '2026-11-16T08:00:00+08:00', ongoing: true, target: ' ' })).toEqual({ eventTime: '2026-11-16T08:00:00+08:00', ongoing: true })
  expect(await fieldsOf(check({ eventTime: '昨天', ongoing: '是', handledBefore: '不知道', hacked: 1 }))).toEqual({
    'formData.eventTime': '请填写正确的日期或时间', 'formData.ongoing': '类型不正确', 'formData.handledBefore': '不在可选范围内', 'formData.hacked': '表单没有这一项',
  })
  expect(await fieldsOf(check({}))).toEqual({ 'formData.eventTime': '必填' })
  expect(await fieldsOf(check({ eventTime: '2026-11-16T08:00:00+08:00', handledBefore: '未反映', handledResult: '多余' }))).toEqual({ 'formData.handledResult': '按当前选择不应填写此项' })
  expect(await fieldsOf(check(['x']))).toEqual({ 'formData': '类型不正确' })
})

test('没有绑定的诉求类型没有表单，邻市的表单看不到', async () => {
  expect(await city.app.query((ctx) => formFor(ctx, { appealType: 'praise' }), { tenantId: city.tenant })).toBeNull()
  expect(await city.app.query((ctx) => formFor(ctx, { appealType: 'complaint' }), { tenantId: city.sibling })).toBeNull()
})

test('新版本发布后旧工单仍按自己的版本校验', async () => {
  const admin = await city.app.as('admin')
  const made = await admin.post('/api/forms', { key: 'heating', name: '供热登记表', schema: schema() })
  expect((await admin.post(`/api/forms/${made.body.id}/bindings`, { appealType: 'suggestion' })).body.code).toBe('forms.notPublished')
  await admin.post(`/api/form-versions/${made.body.versionId}/publish`)
  const matterId = newId()
  expect((await admin.post(`/api/forms/${made.body.id}/bindings`, { matterId })).status).toBe(200)
  const second = await admin.post(`/api/forms/${made.body.id}/versions`, { schema: schema({ room: { type: 'number', title: '室温' } }, ['room']) })
  expect(second.body.version).toBe(2)
  await admin.post(`/api/form-versions/${second.body.versionId}/publish`)
  expect((await admin.post(`/api/form-versions/${second.body.versionId}/publish`)).body.code).toBe('forms.alreadyPublished')
  const bound = await admin.get(`/api/forms/for?appealType=complaint&matterId=${matterId}`)
  expect(bound.body.form.versionId).toBe(second.body.versionId)
  const check = (versionId: string) => city.app.query((ctx) => validateForm(ctx, versionId, { count: 2 }), { tenantId: city.tenant })
  expect(await check(made.body.versionId)).toEqual({ count: 2 })
  expect(await fieldsOf(check(second.body.versionId))).toEqual({ 'formData.room': '必填' })
  const shown = await admin.get(`/api/forms/${made.body.id}`)
  expect(shown.body.versions.map((v: { version: number; state: string }) => [v.version, v.state])).toEqual([[2, 'published'], [1, 'history']])
})

test('重复标识、重复绑定、坏的定义和没有权限的人被拒绝', async () => {
  const admin = await city.app.as('admin')
  expect((await admin.post('/api/forms', { key: 'complaint', name: '又一个', schema: schema() })).body.code).toBe('forms.keyTaken')
  const other = await admin.post('/api/forms', { key: 'other', name: '其他表', schema: schema() })
  await admin.post(`/api/form-versions/${other.body.versionId}/publish`)
  expect((await admin.post(`/api/forms/${other.body.id}/bindings`, { appealType: 'complaint' })).body).toMatchObject({ code: 'forms.boundTwice', title: expect.stringContaining('投诉举报登记表') })
  const bad = await admin.post('/api/forms', { key: 'bad', name: '坏表', schema: { ...schema(), required: ['nothing'] } })
  expect(bad).toMatchObject({ status: 422, body: { fields: [{ path: 'schema.required.0', message: '没有字段“nothing”' }] } })
  expect((await (await city.app.as('handler')).post('/api/forms', { key: 'mine', name: '我的', schema: schema() })).status).toBe(403)
})

test('显示条件逐级生效：上级隐藏则下级按空处理', () => {
  const form: FormSchema = {
    type: 'object',
    properties: {
      a: { type: 'boolean', title: 'a' },
      b: { type: 'string', title: 'b', 'x-visibleIf': { field: 'a', equals: true } },
      c: { type: 'string', title: 'c', 'x-visibleIf': { field: 'b', filled: true } },
    },
    required: ['c'],
  }
  expect(isVisible(form, 'c', { a: true, b: 'x' })).toBe(true)
  expect(isVisible(form, 'c', { a: false, b: 'x' })).toBe(false)
  const check = compileForm(form)
  expect(check({ a: false })).toEqual([])
  expect(check({ a: true, b: 'x' })).toEqual([{ path: 'formData.c', message: '必填' }])
})

test('各种字段格式', () => {
  const check = compileForm({
    type: 'object',
    properties: {
      phone: { type: 'string', title: '电话', format: 'phone' },
      day: { type: 'string', title: '日期', format: 'date' },
      many: { type: 'array', title: '多选', items: { oneOf: [{ const: 'x', title: '甲' }] }, maxItems: 2 },
      files: { type: 'array', title: '附件', format: 'file' },
      place: { type: 'object', title: '地址', format: 'address' },
      code: { type: 'string', title: '编码', pattern: '^[A-Z]{2}$' },
    },
  })
  const id = newId()
  expect(check({ phone: '13800001234', day: '2026-02-28', many: ['x'], files: [id, { id, name: 'a.pdf' }], place: { areaId: '990100', text: '某路' }, code: 'AB' })).toEqual([])
  expect(Object.fromEntries(check({ phone: '12', day: '2026-02-30', many: ['y'], files: ['z'], place: { evil: 1 }, code: 'ab' }).map((f) => [f.path, f.message]))).toEqual({
    'formData.phone': '电话号码不正确', 'formData.day': '请填写正确的日期或时间', 'formData.many.0': '不在可选范围内', 'formData.files.0': '格式不正确', 'formData.place.evil': '表单没有这一项', 'formData.code': '格式不正确',
  })
})
