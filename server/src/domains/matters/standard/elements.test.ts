import { expect, test } from 'vitest'
import { element, type MatterElement } from './content.ts'
import { elementConflicts, mergeElements, retypedElements } from './elements.ts'

const el = (over: Partial<MatterElement> & { code: string }): MatterElement => element.parse({ name: over.code, type: 'text', ...over })

test('事项要素覆盖目录要素，顺序保持', () => {
  const merged = mergeElements([[el({ code: 'a' }), el({ code: 'b' })], [el({ code: 'c' })], [el({ code: 'a', required: true })]])
  expect(merged.map((e) => e.code)).toEqual(['a', 'b', 'c'])
  expect(merged[0]?.required).toBe(true)
})

test.each([
  ['编码重复', [el({ code: 'a' }), el({ code: 'a' })], [], 'elements.1.code'],
  ['与继承要素类型不一致', [el({ code: 'a', type: 'date' })], [el({ code: 'a' })], 'elements.0.type'],
  ['选择类没有选项', [el({ code: 'a', type: 'choice' })], [], 'elements.0.options'],
  ['格式不是正则', [el({ code: 'a', format: '(' })], [], 'elements.0.format'],
  ['最小值大于最大值', [el({ code: 'a', type: 'number', min: 3, max: 1 })], [], 'elements.0.min'],
  ['依赖不存在的要素', [el({ code: 'a', dependsOn: { code: 'x', equals: ['1'] } })], [], 'elements.0.dependsOn'],
  ['互相依赖', [el({ code: 'a', dependsOn: { code: 'b', equals: ['1'] } }), el({ code: 'b', dependsOn: { code: 'a', equals: ['1'] } })], [], 'elements.0.dependsOn'],
])('要素冲突：%s', (_name, own, inherited, path) => {
  expect(elementConflicts(own, inherited).map((conflict) => conflict.path)).toContain(path)
})

test('没有矛盾的要素不报冲突，可以依赖继承的要素', () => {
  expect(elementConflicts([el({ code: 'b', dependsOn: { code: 'a', equals: ['是'] } })], [el({ code: 'a', type: 'choice', options: ['是', '否'] })])).toEqual([])
})

test('改了数据类型的要素会被指出', () => {
  expect(retypedElements([el({ code: 'a' }), el({ code: 'b' })], [el({ code: 'a', type: 'date' }), el({ code: 'b' })]).map((e) => e.code)).toEqual(['a'])
})
