import { expect, test } from 'vitest'
import { citationOf, compareLines, content, differences, gapsOf, shownFields, type TypeTemplate } from './content.ts'
import { docOf } from './document.ts'
import { whyUnusable } from './items/item.ts'

const some = '00000000-0000-4000-8000-000000000001'
const make = (over: Record<string, unknown> = {}) => content.parse({ typeCode: 'guide', directoryId: some, ownerUnitId: some, title: '室温不达标退费指南', body: docOf('连续两天低于 18 ℃ 可以申请退费。'), ...over })
const guide: TypeTemplate = { code: 'guide', name: '办事指南', enabled: true, fields: [{ key: 'materials', label: '办理材料', kind: 'longText', required: true }, { key: 'fee', label: '收费', kind: 'choice', required: false, options: ['免费', '收费'] }] }
const today = '2026-11-23'

test('模板必填项缺失、选项外的值、矛盾的有效期都挡住提交', () => {
  expect(gapsOf(make(), guide, { files: 0, today }).map((gap) => gap.path)).toEqual(['fields.materials'])
  expect(gapsOf(make({ fields: { materials: '身份证', fee: '看情况' }, validFrom: '2027-01-01', validTo: '2026-12-01' }), guide, { files: 0, today }).map((gap) => gap.path)).toEqual(['fields.fee', 'validTo'])
  expect(gapsOf(make({ fields: { materials: '身份证' }, audience: 'units', validTo: '2026-11-22' }), guide, { files: 0, today }).map((gap) => gap.path)).toEqual(['audienceUnitIds', 'validTo'])
  expect(gapsOf(make({ fields: { materials: '身份证' }, body: docOf('') }), guide, { files: 1, today })).toEqual([])
})

test('类型新增的字段在旧知识里为空，删去的字段不丢内容', () => {
  const old = make({ fields: { materials: '身份证', phone: '12345' } })
  expect(shownFields(old, guide)).toEqual([{ key: 'materials', label: '办理材料', kind: 'longText', value: '身份证' }, { key: 'fee', label: '收费', kind: 'choice', value: '' }, { key: 'phone', label: 'phone', kind: 'gone', value: '12345' }])
})

test.each([['《{title}》（{number}，第{version}版）', { number: '澜政〔2026〕5 号' }, '《室温不达标退费指南》（澜政〔2026〕5 号，第3版）'], ['《{title}》（{number}）', {}, '《室温不达标退费指南》'], ['{title}{unknown}', {}, '室温不达标退费指南']])('引用格式 %s', (form, fields, shown) => {
  expect(citationOf(form, make({ fields }), 3)).toBe(shown)
})

test('修订对照只列变化的字段和行', () => {
  const after = make({ title: '供热退费指南', keywords: ['供热', '退费'] })
  expect(differences(make(), after)).toEqual([{ field: 'title', before: '室温不达标退费指南', after: '供热退费指南' }, { field: 'keywords', before: '', after: '供热、退费' }])
  expect(compareLines(['一', '二', '三'], ['一', '二改', '三', '四'])).toEqual([{ mark: 'same', text: '一' }, { mark: 'removed', text: '二' }, { mark: 'added', text: '二改' }, { mark: 'same', text: '三' }, { mark: 'added', text: '四' }])
})

test.each([['published', null, null, null], ['published', null, '2026-11-23', null], ['published', null, '2026-11-22', '已失效'], ['published', '2026-12-01', null, '2026-12-01 起生效'], ['suspended', null, null, '已下架'], ['inReview', null, null, '尚未发布']])('状态 %s、有效期 %s 至 %s：%s', (state, validFrom, validTo, why) => {
  expect(whyUnusable({ state, validFrom, validTo }, today)).toBe(why)
})
