import { describe, expect, it } from 'vitest'
import type { FormSchema } from '../../ui/form-rules.ts'
import { sectionsOf } from '../../ui/form-rules.ts'
import { addField, addGroup, designOf, kindOf, moved, optionLines, placed, removed, renamed, retyped, ruleWords, schemaOf, treeLines, treeOf, withOptions } from './design.ts'

const schema: FormSchema = {
  type: 'object', required: ['kind'],
  properties: {
    kind: { type: 'string', title: '种类', oneOf: [{ const: 'a', title: '甲' }, { const: 'b', title: '乙' }] },
    note: { type: 'string', title: '备注', format: 'textarea', 'x-visibleIf': { all: [{ field: 'kind', equals: 'b' }, { field: 'count', atLeast: 2 }] } },
    count: { type: 'integer', title: '数量' },
    total: { type: 'number', title: '合计', 'x-compute': 'count * 2' },
  },
  'x-order': ['kind', 'count', 'total', 'note'],
  'x-groups': [{ title: '一组', fields: ['total', 'note'] }],
}
const order = (form: FormSchema) => sectionsOf(form).map((section) => section.fields)

describe('表单设计', () => {
  it('不改就存，定义不变', () => expect(schemaOf(designOf(schema))).toEqual(schema))
  it('上移下移在组内换位，到边上进入相邻的组', () => {
    const design = designOf(schema)
    expect(order(moved(design, 'note', -1))).toEqual([['kind', 'count'], ['note', 'total']])
    expect(order(moved(design, 'total', -1))).toEqual([['kind', 'count', 'total'], ['note']])
    expect(order(moved(design, 'count', 1))).toEqual([['kind'], ['count', 'total', 'note']])
    expect(moved(design, 'kind', -1)).toBe(design)
    expect(order(moved(design, 'kind', 1))).toEqual([['count', 'kind'], ['total', 'note']])
  })
  it('拖到另一字段之前就排在它前面，并进入它的组', () => expect(order(placed(designOf(schema), 'kind', { before: 'note', group: 0 }))).toEqual([['count'], ['total', 'kind', 'note']]))
  it('新字段有自己的标识，排在指定位置', () => {
    const { design, name } = addField(designOf(schema), 'choice', { before: 'count', group: -1 })
    expect(order(design)[0]).toEqual(['kind', name, 'count'])
    expect(kindOf(design.properties[name] ?? { type: 'string', title: '' })).toBe('choice')
  })
  it('空的分组不存', () => expect(schemaOf(addGroup(designOf(schema), '新组'))['x-groups']).toHaveLength(1))
  it('移除字段，引用它的条件也去掉', () => {
    const left = schemaOf(removed(designOf(schema), 'kind'))
    expect(left.properties.note?.['x-visibleIf']).toEqual({ all: [{ field: 'count', atLeast: 2 }] })
    expect(left.required).toBeUndefined()
  })
  it('改标识，条件、算式、分组和必填一起改', () => {
    const next = schemaOf(renamed(designOf(schema), 'count', 'amount'))
    expect(next.properties.total?.['x-compute']).toBe('amount * 2')
    expect(next['x-order']).toContain('amount')
    expect(ruleWords(next, next.properties.note?.['x-visibleIf'])).toBe('种类 为 乙 且 数量 不小于 2')
    expect(renamed(designOf(schema), 'count', 'kind').properties).toEqual(schema.properties)
  })
  it('改类型保留名称和条件', () => expect(retyped(schema.properties.note ?? { type: 'string', title: '' }, 'number')).toEqual({ type: 'number', title: '备注', 'x-visibleIf': schema.properties.note?.['x-visibleIf'] }))
  it('选项按行书写，可带代码', () => {
    expect(withOptions({ type: 'string', title: '' }, '丙\n丁')).toEqual({ oneOf: undefined, enum: ['丙', '丁'] })
    expect(withOptions({ type: 'array', title: '' }, 'c 丙')).toEqual({ items: { oneOf: [{ const: 'c', title: '丙' }] } })
    expect(optionLines(schema.properties.kind ?? { type: 'string', title: '' })).toBe('a 甲\nb 乙')
  })
  it('级联选项按缩进书写', () => {
    const tree = treeOf('1 水\n  11 停水\n  12 水质\n2 电')
    expect(tree).toEqual([{ const: '1', title: '水', children: [{ const: '11', title: '停水' }, { const: '12', title: '水质' }] }, { const: '2', title: '电' }])
    expect(treeOf(treeLines(tree))).toEqual(tree)
  })
})
