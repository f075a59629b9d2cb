import { describe, expect, it } from 'vitest'
import type { FormSchema } from '../../../ui/form-rules.ts'
import { conditionText, retyped, rowsOf, schemaOf, typeOf, withOptions } from './form-fields.ts'

const schema: FormSchema = {
  type: 'object', required: ['kind'],
  properties: { kind: { type: 'string', title: '种类', oneOf: [{ const: 'a', title: '甲' }, { const: 'b', title: '乙' }] }, note: { type: 'string', title: '备注', format: 'textarea', 'x-visibleIf': { field: 'kind', equals: 'b' } } },
  'x-groups': [{ title: '一组', fields: ['note'] }],
}

describe('表单字段的编辑', () => {
  it('拆成行再合起来，字段不变，次序记在分组里', () => {
    expect(schemaOf(rowsOf(schema), schema)).toEqual({ ...schema, 'x-groups': [{ title: '', fields: ['kind'] }, { title: '一组', fields: ['note'] }] })
  })
  it('调换次序和新增的字段按行的次序进入分组', () => {
    const rows = rowsOf(schema)
    const next = schemaOf([...rows, { key: 'extra', field: { type: 'string', title: '补充' }, required: false }], schema)
    expect(next['x-groups']?.at(-1)).toEqual({ title: '一组', fields: ['note', 'extra'] })
    expect(schemaOf([...rows].reverse(), schema)['x-groups']?.map((group) => group.fields)).toEqual([['note'], ['kind']])
  })
  it('移除字段后分组里也不再有它，空的分组消失', () => {
    const left = schemaOf(rowsOf(schema).filter((row) => row.key !== 'note'), schema)
    expect(left['x-groups']).toEqual([{ title: '', fields: ['kind'] }])
    expect(Object.keys(left.properties)).toEqual(['kind'])
  })
  it('改类型保留名称和显示条件，改选项换掉原来的选项', () => {
    const note = schema.properties.note
    const kind = schema.properties.kind
    if (!note || !kind) throw new Error('sample')
    expect(retyped(note, 'number')).toEqual({ type: 'number', title: '备注', 'x-visibleIf': { field: 'kind', equals: 'b' } })
    expect(withOptions(kind, ['丙'])).toEqual({ type: 'string', title: '种类', enum: ['丙'] })
    expect(typeOf(kind)).toBe('choice')
    expect(conditionText(note, schema)).toBe('种类 为 乙')
  })
})
