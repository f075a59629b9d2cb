import { expect, test } from 'vitest'
import { blankParts, compose, fit, layoutFault, type ClosingPart, type ClosingPlace } from './compose.ts'

const parts: ClosingPart[] = [{ key: 'found', label: '核查情况', required: true }, { key: 'done', label: '处理结果', required: true }, { key: 'more', label: '后续措施', required: false }]
const layout = '经核查，{found}。{done}。{more}。'

test('合成文本包含每个必填要素；选填要素空白时不留下多余的标点', () => {
  expect(compose(parts, layout, { found: '路灯线路短路', done: '已更换线路' })).toBe('经核查，路灯线路短路。已更换线路。')
  expect(compose(parts, layout, { found: '路灯线路短路', done: '已更换线路', more: '每周巡查' })).toBe('经核查，路灯线路短路。已更换线路。每周巡查。')
})

test('空白的必填要素逐项指出', () => {
  expect(blankParts(parts, { found: ' ', more: 'x' }).map((p) => p.label)).toEqual(['核查情况', '处理结果'])
})

test.each([
  [parts, layout, null],
  [parts, '{found}{done}', '要素“后续措施”没有出现在版式中'],
  [parts, `${layout}{other}`, '版式中的“{other}”没有对应的要素'],
  [[...parts, parts[0] as ClosingPart], layout, '要素标识重复'],
])('模板的毛病说得出来', (list, text, fault) => {
  expect(layoutFault(list, text)).toBe(fault)
})

test('越具体的模板越优先；一个条件不符即不适用', () => {
  const place: ClosingPlace = { level: 'unit', unitIds: ['u'], appealType: 'help', categoryId: 'c', matterId: 'm' }
  const keys = { level: 'any', unitId: null, appealType: null, categoryId: null, matterId: null }
  expect(fit(keys, place)).toBe(0)
  expect(fit({ ...keys, unitId: 'u' }, place)).toBeGreaterThan(fit({ ...keys, matterId: 'm', categoryId: 'c', appealType: 'help', level: 'unit' }, place) as number)
  expect(fit({ ...keys, matterId: 'm', level: 'section' }, place)).toBeNull()
})
