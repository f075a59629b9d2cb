import { afterAll, beforeAll, expect, test } from 'vitest'
import { toIso } from '../../../kernel/time/index.ts'
import { limitFor } from '../index.ts'
import { actOnStandard, editStandard } from '../standard/change-standard.ts'
import { decideChange } from '../standard/decide-change.ts'
import { getStandard } from '../standard/read-standard.ts'
import { refusal } from '../testing/refusal.ts'
import { standardCity, type StandardCity } from '../testing/standard-city.ts'
import { createLimit, editLimit, removeLimit } from './change-limit.ts'
import { limitContent, testLimits as testLimitsRoute } from './limit-contract.ts'
import { listLimits, testLimits } from './list-limits.ts'

let city: StandardCity
let matter: string
let category: string
let subCategory: string
let industry: string

beforeAll(async () => {
  city = await standardCity()
  const leaf = await city.publish('directory', { code: 'GR', name: '供热' })
  matter = await city.publish('matter', { code: 'GR-1', name: '供热不热', directoryId: leaf, closingStandard: [{ text: '达标' }] })
  category = await city.publish('schemeNode', { scheme: 'category', code: '01', name: '公共事业' })
  subCategory = await city.publish('schemeNode', { scheme: 'category', code: '0101', name: '供热', parentId: category })
  industry = await city.publish('schemeNode', { scheme: 'industry', code: 'H', name: '供热行业' })
})
afterAll(() => city.stop())

const save = (over: Record<string, unknown>) => city.as('a', (ctx) => createLimit(ctx, limitContent.parse({ scopeKind: 'tenant', clock: 'handling', duration: { amount: 4, unit: 'workingDays' }, ...over })))
const ask = (over: Record<string, unknown> = {}, who: 'a' | 'county' = 'a') => city.as(who, (ctx) => limitFor(ctx, { appealType: 'complaint', urgency: 'normal', clock: 'handling', matterId: matter, categoryId: subCategory, industryId: industry, ...over }))

test('没有配置时用内置默认时限', async () => {
  expect(await ask()).toMatchObject({ duration: { amount: 5, unit: 'workingDays' }, ruleId: 'default-handling-complaint', ruleText: '默认时限（诉求类型）：5个工作日' })
  expect(await ask({ urgency: 'urgent' })).toMatchObject({ duration: { amount: 24, unit: 'naturalHours' } })
  expect(await ask({ clock: 'sign' })).toMatchObject({ duration: { amount: 12, unit: 'naturalHours' } })
  expect(await ask({ clock: 'response' })).toBeNull()
})

test('规则保存后立即生效，行业与事项规则并存时事项优先，删除后回到行业规则', async () => {
  await save({ scopeKind: 'industry', scopeId: industry, duration: { amount: 7, unit: 'workingDays' } })
  expect(await ask()).toMatchObject({ duration: { amount: 7 } })
  const { id } = await save({ scopeKind: 'matter', scopeId: matter, duration: { amount: 2, unit: 'workingDays' } })
  expect(await ask()).toMatchObject({ ruleId: id, duration: { amount: 2 }, ruleText: '时限规则（事项）：2个工作日' })
  expect(await ask({}, 'county')).toMatchObject({ ruleId: id, ruleText: '上级时限规则（事项）：2个工作日' })
  await city.as('a', (ctx) => removeLimit(ctx, { id }))
  expect(await ask()).toMatchObject({ duration: { amount: 7 } })
})

test('上级归口的规则对下级归口有效', async () => {
  const { id } = await save({ scopeKind: 'category', scopeId: category, level: 4, duration: { amount: 6, unit: 'workingDays' } })
  expect(await ask({ level: 4 })).toMatchObject({ ruleId: id })
  expect((await ask({ level: 3 }))?.ruleId).not.toBe(id)
})

test('同条件的两条规则拒绝保存，有效期不重叠的可以', async () => {
  const rule = { scopeKind: 'appealType', scopeId: 'help', urgency: 'urgent', validTo: '2026-11-30' }
  const first = await save(rule)
  expect(await refusal(save({ ...rule, duration: { amount: 1, unit: 'naturalHours' } }))).toMatchObject({ status: 409, code: 'matters.limitConflict' })
  const second = await save({ ...rule, validFrom: '2026-12-01', validTo: null })
  expect(await refusal(city.as('a', (ctx) => editLimit(ctx, { ...limitContent.parse({ ...rule, validFrom: '2026-11-30', validTo: null, clock: 'handling', duration: { amount: 1, unit: 'naturalHours' } }), id: second.id, version: 1 })))).toMatchObject({ status: 409, code: 'matters.limitConflict' })
  expect(await ask({ matterId: null, categoryId: null, industryId: null, appealType: 'help', urgency: 'urgent' })).toMatchObject({ ruleId: first.id })
})

test('他人已修改的规则不会被覆盖', async () => {
  const content = limitContent.parse({ scopeKind: 'tenant', clock: 'resultReview', duration: { amount: 2, unit: 'workingDays' } })
  const { id } = await save(content)
  expect(await city.as('a', (ctx) => editLimit(ctx, { ...content, id, version: 1, note: '改' }))).toEqual({ id, version: 2 })
  expect(await refusal(city.as('b', (ctx) => editLimit(ctx, { ...content, id, version: 1 })))).toMatchObject({ status: 409, code: 'kernel.conflict' })
})

test.each([
  ['负数', { duration: { amount: -1, unit: 'workingDays' } }],
  ['零', { duration: { amount: 0, unit: 'workingDays' } }],
  ['未知单位', { duration: { amount: 1, unit: 'weeks' } }],
])('时限为%s被拒绝', (_name, over) => {
  expect(limitContent.safeParse({ scopeKind: 'tenant', clock: 'handling', ...over }).success).toBe(false)
})

test('适用对象或紧急程度不存在时拒绝并指出字段', async () => {
  expect(await refusal(save({ scopeKind: 'category', scopeId: industry, urgency: 'extreme', validFrom: '2026-12-02', validTo: '2026-12-01' }))).toEqual({ status: 422, code: 'kernel.invalid', fields: ['scopeId', 'urgency', 'validTo'] })
})

test('内置时限不能修改，上级规则下级不能修改', async () => {
  expect(await refusal(city.as('a', (ctx) => removeLimit(ctx, { id: 'default-sign' })))).toMatchObject({ code: 'matters.shippedRule' })
  const { id } = await save({ clock: 'firstContact', duration: { amount: 2, unit: 'naturalHours' } })
  expect(await refusal(city.as('county', (ctx) => removeLimit(ctx, { id })))).toMatchObject({ status: 403, code: 'matters.inherited' })
})

test('事项自身的办理时限只对普通工单生效，与同条件规则冲突', async () => {
  const changeTo = async (fields: Record<string, unknown>) => city.as('a', async (ctx) => editStandard(ctx, 'matter', { id: matter, revision: (await getStandard(ctx, 'matter', matter)).revision, fields, submit: false }))
  const rule = await save({ scopeKind: 'matter', scopeId: matter, urgency: 'normal' })
  expect(await refusal(changeTo({ duration: { amount: 1, unit: 'workingDays' } }))).toMatchObject({ status: 409, code: 'matters.limitConflict', fields: ['duration'] })
  await city.as('a', (ctx) => removeLimit(ctx, { id: rule.id }))
  const { changeId } = await changeTo({ duration: { amount: 1, unit: 'workingDays' } })
  await city.as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
  expect(await ask()).toMatchObject({ ruleId: `matter:${matter}`, duration: { amount: 1 } })
  expect(await ask({ urgency: 'urgent' })).not.toMatchObject({ ruleId: `matter:${matter}` })
  expect(await refusal(save({ scopeKind: 'matter', scopeId: matter, urgency: 'normal' }))).toMatchObject({ code: 'matters.limitConflict' })
  const off = await city.as('a', (ctx) => actOnStandard(ctx, 'matter', { id: matter, act: 'offline' }))
  await city.as('b', (ctx) => decideChange(ctx, { id: off.changeId ?? '', outcome: 'approve' }))
  expect(await ask()).not.toMatchObject({ ruleId: `matter:${matter}` })
})

test('跨节假日的截止时间按日历计算，测试页给出规则和被越过的规则', async () => {
  const input = testLimitsRoute.body.parse({ appealType: 'suggestion', startAt: '2026-09-30T15:00:00+08:00', clocks: ['handling', 'response'] })
  const answer = await city.as('county', (ctx) => testLimits(ctx, input))
  const handling = answer.items[0]
  // 国庆 10-01 至 10-07 放假，10-10 调休上班：5 个工作日为 10-08、10-09、10-10、10-12、10-13。
  expect(handling?.limit && toIso(handling.limit.dueAt)).toBe('2026-10-13T07:00:00.000Z')
  expect(handling?.limit).toMatchObject({ ruleId: 'default-handling-suggestion', durationText: '5个工作日' })
  expect(handling?.passedOver.map((rule) => rule.ruleId)).toEqual(['default-handling'])
  expect(answer.items[1]?.limit).toBeNull()
})

test('规则列表按优先顺序给出，注明来源和适用对象', async () => {
  const { items } = await city.as('county', (ctx) => listLimits(ctx, { clock: ['handling'] }))
  expect(items[0]).toMatchObject({ scopeKind: 'category', scopeText: '归口：公共事业', origin: 'upper', editable: false })
  expect(items.filter((item) => item.origin === 'shipped')).toHaveLength(8)
})
