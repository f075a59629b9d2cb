import { expect, test } from 'vitest'
import { contentWithAnswers, copyOf, elementsFor, draftTitle, elementSchema, emptyForm, formOf, gapsOf, mainSchema, newDraftId, registration, unasked } from './call-form.ts'
import type { CallForm, Element } from './call-form.ts'

const elements: Element[] = [
  { code: 'account', name: '户号', type: 'text', required: true },
  { code: 'kind', name: '住房类型', type: 'choice', options: ['楼房', '平房'] },
  { code: 'floor', name: '楼层', type: 'number', required: true, dependsOn: { code: 'kind', equals: ['楼房'] } },
  { code: 'photo', name: '照片', type: 'file', required: true },
]
const types = [{ const: 'help', title: '求助' }]
const urgencies = [{ const: 'normal', title: '普通' }]
const filled = (): CallForm => ({
  ...emptyForm(), phone: '139 0000 1234', requester: { subjectKind: 'person', name: '张三', anonymous: false },
  fields: { ...emptyForm().fields, appealType: 'help', title: '暖气不热', content: '室温 12 度', areaCode: '990101', address: '幸福路', detailAddress: '12号院' },
})

test('必填要素未问到时记为暂不清楚，不适用的要素不提', () => {
  expect(unasked(elements, {}).map((one) => one.code)).toEqual(['account'])
  expect(unasked(elements, { kind: '楼房' }).map((one) => one.code)).toEqual(['account', 'floor'])
  expect(contentWithAnswers('室温 12 度', elements, { kind: '平房' })).toBe('室温 12 度\n\n【补充情况】\n户号：暂不清楚\n住房类型：平房')
  expect(contentWithAnswers('室温 12 度', [], {})).toBe('室温 12 度')
})

test('附件类要素不成为表单字段', () => {
  expect(Object.keys(elementSchema(elements)?.properties ?? {})).toEqual(['account', 'kind', 'floor'])
  expect(elementSchema([{ code: 'photo', name: '照片', type: 'file' }])).toBeNull()
})

test('缺姓名和电话、类型、标题、内容时一次列出全部缺项', () => {
  expect(Object.keys(gapsOf(emptyForm(), mainSchema({ appealTypes: types, urgencies }), null, null))).toEqual(['phone', 'appealType', 'title', 'content'])
  expect(gapsOf(filled(), mainSchema({ appealTypes: types, urgencies }), null, null)).toEqual({})
})

test('匿名诉求不要求姓名，登记时不带姓名', () => {
  const form: CallForm = { ...filled(), phone: '', requester: { subjectKind: 'person', name: '张三', anonymous: true } }
  expect(gapsOf(form, mainSchema({ appealTypes: types, urgencies }), null, null)).toEqual({})
  expect(registration(form, [], null, newDraftId(), false).requester).toMatchObject({ anonymous: true, name: '' })
})

test('登记时号码去掉空格，不回访时不要求回访', () => {
  const form = filled()
  const sent = registration({ ...form, fields: { ...form.fields, callbackManner: 'none' } }, [], null, newDraftId(), true)
  expect(sent).toMatchObject({ requester: { phone: '13900001234' }, callbackWanted: false, callbackManner: 'none', pass: true, channel: 'phone' })
})

test('再登记一件带入类型、标题、区划、详细地址和诉求人，内容和地点留空', () => {
  const copy = copyOf({ ...filled(), requesterId: 'r' }, { id: 'o', number: '1' })
  expect(copy.fields).toMatchObject({ appealType: 'help', title: '暖气不热', areaCode: '990101', detailAddress: '12号院' })
  expect(copy.fields.content).toBeUndefined()
  expect(copy.fields.address).toBeUndefined()
  expect(copy).toMatchObject({ phone: '139 0000 1234', requesterId: 'r', sameCallAs: { id: 'o', number: '1' } })
})

test('草稿存取后内容不变，损坏的草稿不打开', () => {
  const form = { ...filled(), sameCallAs: { id: 'o', number: '1' }, touchedAt: 5 }
  expect(formOf(JSON.parse(JSON.stringify(form)))).toEqual({ ...form, requesterId: undefined, requester: { ...form.requester, sex: undefined, ageRange: undefined, idNumber: undefined } })
  expect(formOf('x')).toBeNull()
  expect(formOf({ fields: [] })).toBeNull()
})

test('草稿编号是合法的随机标识', () => {
  expect(newDraftId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(newDraftId()).not.toBe(newDraftId())
})

test('未填标题的草稿以脱敏号码命名', () => {
  expect(draftTitle({ ...emptyForm(), phone: '139 0000 1234' })).toBe('来电 139****1234')
  expect(draftTitle(filled())).toBe('暖气不热')
  expect(draftTitle(emptyForm())).toBe('')
})

test('来访登记须选登记来源，带人数和目的；线路、专项字段和企业随登记发出，空值不发', () => {
  const visit = { ...filled(), channel: 'visit' as const, lineData: { meter: 'W-1', note: '' }, profileData: { merchant: '' } }
  const schema = mainSchema({ appealTypes: types, urgencies, sources: ['本系统'], lines: [{ const: '12319', title: '城建热线' }], channel: 'visit' })
  expect(Object.keys(gapsOf(visit, schema, null, null))).toEqual(['registrationSource'])
  const sent = registration({ ...visit, fields: { ...visit.fields, line: '12319', registrationSource: '本系统', requesterCount: 6, enterprise: true, enterpriseCode: '91990100MA0TE5T054' } }, [], null, newDraftId(), false)
  expect(sent).toMatchObject({ channel: 'visit', registrationSource: '本系统', requesterCount: 6, line: '12319', lineData: { meter: 'W-1' }, enterprise: true, enterpriseCode: '91990100MA0TE5T054', extent: 'one' })
  expect(sent).not.toHaveProperty('profileData')
})

test('中心改了带入字段，再登记一件按它带入，内容从不带入；类型的要素接在事项要素之后，同名的取事项的', () => {
  const copy = copyOf({ ...filled(), fields: { ...filled().fields, urgency: 'urgent' } }, { id: 'o', number: '1' }, ['urgency', 'content'])
  expect(copy.fields).toMatchObject({ urgency: 'urgent' })
  expect([copy.fields.content, copy.fields.title]).toEqual([undefined, undefined])
  const of = (code: string, name: string) => ({ code, name, type: 'text' })
  expect(elementsFor([of('a', '事项的')], [of('a', '类型的'), of('b', '类型的')])).toEqual([of('a', '事项的'), of('b', '类型的')])
})
