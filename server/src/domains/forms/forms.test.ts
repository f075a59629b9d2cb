import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../kernel/runtime.ts'
import { lineCity, type LineCity } from '../platform/testing/line-city.ts'
import { checkValues, isVisible, orderOf, shortWords } from '../../../../forms/index.ts'
import { formSchema, type FormSchema } from './form-schema.ts'
import { ensureForms, formFields, formFor, formVersion, validateForm } from './index.ts'

let city: LineCity
beforeAll(async () => {
  city = await lineCity()
  await city.app.command(ensureForms, { tenantId: city.tenant })
})
afterAll(() => city.stop())

const fieldsOf = async (promise: Promise<unknown>): Promise<Record<string, string>> =>
  promise.then(() => ({}), (error: { refusal?: { fields?: { path: string; message: string }[] } }) => Object.fromEntries((error.refusal?.fields ?? []).map((f) => [f.path, f.message])))

const compileForm = (form: FormSchema) => (data: Record<string, unknown>) => checkValues(form, data, { strict: true }).map((one) => ({ path: `formData.${one.path}`, message: shortWords(one) }))

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
  expect(shown.body.versions.map((v: { version: number; state: string }) => [v.version, v.state])).toEqual([[2, 'published'], [1, 'retired']])
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

test('字段次序写进定义：存取之后仍是设计时的次序，改次序就是改定义', async () => {
  const admin = await city.app.as('admin')
  const fields = { zulu: { type: 'string', title: '丙' }, alpha: { type: 'string', title: '甲' }, mike: { type: 'string', title: '乙' } } as const
  const made = await admin.post('/api/forms', { key: 'ordered', name: '次序表', schema: { type: 'object', properties: fields, 'x-order': ['mike', 'zulu', 'alpha'] } })
  const shown = await admin.get(`/api/form-versions/${made.body.versionId}`)
  expect(shown.body.schema['x-order']).toEqual(['mike', 'zulu', 'alpha'])
  expect(Object.keys(shown.body.schema.properties)).toEqual(['mike', 'zulu', 'alpha'])
  expect(shown.body.fields.map((field: { title: string }) => field.title)).toEqual(['乙', '丙', '甲'])
  const typed = await admin.post('/api/forms', { key: 'typed', name: '输入次序表', schema: { type: 'object', properties: fields } })
  expect((await admin.get(`/api/form-versions/${typed.body.versionId}`)).body.schema['x-order']).toEqual(['zulu', 'alpha', 'mike'])
})

test('草稿可反复保存，别人先存则提示冲突；已发布的版本不能再改', async () => {
  const admin = await city.app.as('admin')
  const made = await admin.post('/api/forms', { key: 'drafts', name: '草稿表', schema: schema() })
  const path = `/api/form-versions/${made.body.versionId}`
  expect((await admin.patch(path, { schema: schema({ more: { type: 'string', title: '更多' } }), revision: 1 })).body).toEqual({ revision: 2 })
  expect(await admin.patch(path, { schema: schema(), revision: 1 })).toMatchObject({ status: 409, body: { current: { revision: 2, changedBy: '管理员戊' } } })
  expect((await admin.post(`/api/forms/${made.body.id}/versions`, {})).body.code).toBe('forms.draftExists')
  await admin.post(`${path}/publish`, { note: '初版' })
  expect((await admin.patch(path, { schema: schema(), revision: 2 })).body.code).toBe('forms.alreadyPublished')
  const next = await admin.post(`/api/forms/${made.body.id}/versions`, {})
  expect(next.body.version).toBe(2)
  expect((await admin.get(`/api/form-versions/${next.body.versionId}`)).body.fields.map((f: { key: string }) => f.key)).toEqual(['count', 'more'])
  expect((await admin.delete(`/api/form-versions/${next.body.versionId}`)).status).toBe(200)
  expect((await admin.delete(path)).body.code).toBe('forms.alreadyPublished')
  expect((await admin.post(`${path}/retire`)).status).toBe(200)
  expect((await admin.post(`${path}/retire`)).body.code).toBe('forms.notPublishedVersion')
  expect((await (await city.app.as('neighbour')).patch(path, { schema: schema(), revision: 2 })).status).toBe(403)
})

test('两个版本逐字段对比：新增、移除、改动和移动', async () => {
  const admin = await city.app.as('admin')
  const base = { a: { type: 'string', title: '甲' }, b: { type: 'string', title: '乙' }, c: { type: 'string', title: '丙' }, d: { type: 'string', title: '丁' } } as const
  const made = await admin.post('/api/forms', { key: 'compared', name: '对比表', schema: { type: 'object', properties: base, 'x-order': ['a', 'b', 'c', 'd'] } })
  await admin.post(`/api/form-versions/${made.body.versionId}/publish`)
  const second = await admin.post(`/api/forms/${made.body.id}/versions`, { schema: { type: 'object', properties: { c: base.c, a: base.a, d: { type: 'string', title: '丁', maxLength: 9 }, e: { type: 'string', title: '戊' } }, 'x-order': ['c', 'a', 'd', 'e'], required: ['d'] } })
  const { items } = (await admin.get(`/api/form-versions/${second.body.versionId}/differences?with=${made.body.versionId}`)).body
  expect(items.map((one: { key: string; kind: string }) => [one.key, one.kind])).toEqual([['c', 'moved'], ['a', 'moved'], ['d', 'changed'], ['e', 'added'], ['b', 'removed']])
  expect(items[2].details).toEqual([{ part: '最大长度', before: null, after: 9 }, { part: '必填', before: false, after: true }])
})

test('绑定的优先次序：事项 > 案件类别 > 专线 > 诉求类型 > 渠道 > 不限', async () => {
  const admin = await city.app.as('admin')
  const matterId = newId()
  const scopes = { everything: {}, channel: { channel: 'letter' }, type: { appealType: 'other' }, line: { line: 'water' }, profile: { caseProfile: 'enterprise' }, matter: { matterId } }
  for (const [name, scope] of Object.entries(scopes)) {
    const made = await admin.post('/api/forms', { key: `rank${name}`, name: `${name}表`, schema: schema({ [name]: { type: 'string', title: name } }) })
    await admin.post(`/api/form-versions/${made.body.versionId}/publish`)
    expect((await admin.post(`/api/forms/${made.body.id}/bindings`, scope)).status).toBe(200)
  }
  const chosen = async (which: Parameters<typeof formFor>[1]): Promise<string | undefined> => (await city.app.query((ctx) => formFor(ctx, which), { tenantId: city.tenant }))?.fields[1]?.key
  const all = { appealType: 'other', matterId, line: 'water', caseProfile: 'enterprise', channel: 'letter' }
  expect(await chosen(all)).toBe('matter')
  expect(await chosen({ ...all, matterId: newId() })).toBe('profile')
  expect(await chosen({ appealType: 'other', line: 'water', channel: 'letter' })).toBe('line')
  expect(await chosen({ appealType: 'other', channel: 'letter' })).toBe('type')
  expect(await chosen({ appealType: 'praise', channel: 'letter' })).toBe('channel')
  expect(await chosen({ appealType: 'praise' })).toBe('everything')
  for (const form of (await admin.get('/api/forms')).body.items) for (const binding of form.bindings) if (form.key.startsWith('rank')) await admin.delete(`/api/forms/${form.id}/bindings/${binding.id}`)
})

test('坏的定义被拒绝，并指出位置', () => {
  const places = (more: Record<string, unknown>, top: Record<string, unknown> = {}): string[] => {
    const result = formSchema.safeParse({ type: 'object', properties: { a: { type: 'number', title: '甲' }, ...more }, ...top })
    return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`)
  }
  expect(places({})).toEqual([])
  expect(places({ b: { type: 'string', title: '乙', 'x-visibleIf': { all: [{ field: 'a', atLeast: 1 }, { field: 'gone', filled: true }] } } })).toEqual(['properties.b.x-visibleIf.all.1.field：没有字段“gone”'])
  expect(places({ b: { type: 'number', title: '乙', readOnly: true, 'x-compute': 'a * (1 + )' } })).toEqual(['properties.b.x-compute：第 10 个字符：不应出现“)”'])
  expect(places({ b: { type: 'number', title: '乙', 'x-compute': 'c + 1' }, c: { type: 'number', title: '丙', 'x-compute': 'b + 1' } })).toContain('properties.b.x-compute：条件或算式循环引用')
  expect(places({ b: { type: 'array', format: 'table', title: '乙', items: { type: 'object', properties: { x: { type: 'array', format: 'table', title: '里', items: {} } } } } })).toEqual(['properties.b.items.properties.x.format：表格中不能再放表格'])
  expect(places({ b: { type: 'string', title: '乙', pattern: '(a+)+$' } })).toEqual(['properties.b.pattern：重复的分组不能再次重复'])
  expect(places({}, { 'x-order': ['a', 'a', 'z'] })).toEqual(['x-order.1：字段“a”出现两次', 'x-order.2：没有字段“z”'])
  expect(places({ k: { type: 'string', title: '种类', enum: ['x'] }, b: { type: 'string', title: '乙', 'x-visibleIf': { field: 'k', equals: 'y' } } })).toEqual(['properties.b.x-visibleIf：“种类”没有选项“y”'])
})

test('表格、级联、评分、地图点、计算字段按定义检查，算出的值以服务端为准', async () => {
  const admin = await city.app.as('admin')
  const made = await admin.post('/api/forms', { key: 'rich', name: '丰富表', schema: {
    type: 'object',
    properties: {
      rows: { type: 'array', format: 'table', title: '损失', minItems: 1, items: { type: 'object', properties: { name: { type: 'string', title: '物品' }, amount: { type: 'number', title: '金额', minimum: 0 } }, required: ['name'] } },
      total: { type: 'number', title: '合计', readOnly: true, 'x-compute': 'round(sum(rows.amount) * 1.1, 2)' },
      kind: { type: 'string', format: 'cascade', title: '类别', 'x-tree': [{ const: 'w', title: '水', children: [{ const: 'w1', title: '停水' }] }] },
      stars: { type: 'integer', format: 'rating', title: '评分' },
      spot: { type: 'object', format: 'point', title: '位置' },
      hint: { type: 'string', format: 'note', title: '说明', description: '请如实填写' },
      reason: { type: 'string', title: '原因', 'x-requiredIf': { field: 'stars', atMost: 2 }, 'x-message': '请用两个字以上说明原因', minLength: 2 },
    },
  } })
  const check = (data: unknown) => city.app.query((ctx) => validateForm(ctx, made.body.versionId, data), { tenantId: city.tenant })
  expect(await check({ rows: [{ name: '沙发', amount: 100 }, { name: '地板', amount: 50.5 }], total: 999, kind: 'w1', stars: 5, spot: { lon: 113.2, lat: 34.1 } })).toEqual({ rows: [{ name: '沙发', amount: 100 }, { name: '地板', amount: 50.5 }], kind: 'w1', stars: 5, spot: { lon: 113.2, lat: 34.1 }, total: 165.55 })
  expect(await fieldsOf(check({ rows: [{ amount: -1, evil: 1 }], kind: 'w', stars: 1.5, spot: { lon: 113.2 }, hint: 'x' }))).toEqual({
    'formData.rows.0.name': '必填', 'formData.rows.0.amount': '不能小于 0', 'formData.rows.0.evil': '表单没有这一项', 'formData.kind': '不在可选范围内', 'formData.stars': '请填写整数', 'formData.spot': '请在地图上选点', 'formData.hint': '表单没有这一项', 'formData.reason': '必填',
  })
  expect(await fieldsOf(check({ rows: [{ name: '床' }], stars: 1, reason: '差' }))).toEqual({ 'formData.reason': '请用两个字以上说明原因' })
  const shown = await city.app.query((ctx) => formVersion(ctx, made.body.versionId), { tenantId: city.tenant })
  expect(shown.fields.find((field) => field.key === 'kind')?.choices).toEqual([{ value: 'w1', label: '水 / 停水' }])
  expect(orderOf(shown.schema)).toEqual(['rows', 'total', 'kind', 'stars', 'spot', 'hint', 'reason'])
})

test('选项取自字典：停用的不能再选，旧值仍有文字；不存在的字典被拒绝', async () => {
  const admin = await city.app.as('admin')
  expect(await admin.post('/api/forms', { key: 'nodict', name: '无字典', schema: schema({ heat: { type: 'string', title: '方式', 'x-dictionary': 'no-such' } }) })).toMatchObject({ status: 422, body: { fields: [{ path: 'schema.properties.heat.x-dictionary', message: '没有字典“no-such”' }] } })
  await city.app.command(async (ctx) => {
    const db = ctx.acrossTenants('fixture')
    const { sql } = await import('kysely')
    await sql`insert into platform_dictionary (tenant_id, code, name, changed_at, changed_by) values (${city.tenant}, 'heat', '供热方式', now(), 'test')`.execute(db)
    await sql`insert into platform_dictionary_item (tenant_id, dictionary_code, code, label, sort, state) values (${city.tenant}, 'heat', 'gas', '燃气', 1, 'active'), (${city.tenant}, 'heat', 'coal', '燃煤', 2, 'retired')`.execute(db)
  })
  const made = await admin.post('/api/forms', { key: 'dict', name: '字典表', schema: schema({ heat: { type: 'string', title: '方式', 'x-dictionary': 'heat' } }) })
  const check = (data: unknown) => city.app.query((ctx) => validateForm(ctx, made.body.versionId, data), { tenantId: city.tenant })
  expect(await check({ heat: 'gas' })).toEqual({ heat: 'gas' })
  expect(await fieldsOf(check({ heat: 'coal' }))).toEqual({ 'formData.heat': '不在可选范围内' })
  expect((await admin.get(`/api/form-versions/${made.body.versionId}`)).body.fields.find((f: { key: string }) => f.key === 'heat').choices).toEqual([{ value: 'gas', label: '燃气' }, { value: 'coal', label: '燃煤' }])
  await admin.post(`/api/form-versions/${made.body.versionId}/publish`)
  expect((await city.app.query((ctx) => formFields(ctx), { tenantId: city.tenant })).find((field) => field.key === 'heat')).toMatchObject({ title: '方式', forms: ['字典表'] })
})

test('空的表单数据也要检查必填', async () => {
  const form = await city.app.query((ctx) => formFor(ctx, { appealType: 'complaint' }), { tenantId: city.tenant })
  expect(await fieldsOf(city.app.query((ctx) => validateForm(ctx, form?.versionId ?? '', {}), { tenantId: city.tenant }))).toEqual({ 'formData.eventTime': '必填' })
})
