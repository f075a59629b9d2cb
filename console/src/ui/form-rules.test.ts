import { describe, expect, test } from 'vitest'
import { problemFrom } from '../api/problem.ts'
import { errorsOf, isVisible, validate, visibleValue, withDefaults } from './form-rules.ts'
import type { FormSchema, FormValue, Rule } from './form-rules.ts'

const schema: FormSchema = {
  type: 'object',
  required: ['reason', 'text', 'unit'],
  properties: {
    reason: { type: 'string', title: '理由', oneOf: [{ const: 'duty', title: '非职责' }, { const: 'area', title: '不在辖区' }] },
    unit: { type: 'string', title: '建议单位', format: 'unit', 'x-visibleIf': { field: 'reason', equals: 'duty' } },
    text: { type: 'string', title: '说明', minLength: 5, maxLength: 10 },
    temperature: { type: 'number', title: '室温', minimum: 0, maximum: 40 },
    phone: { type: 'string', title: '电话', format: 'phone' },
    copies: { type: 'integer', title: '份数', default: 1 },
  },
}

describe('表单检查', () => {
  test('必填项一次全部指出，选择项用“请选择”', () => {
    expect(validate(schema, {})).toEqual({ reason: '请选择理由', text: '请填写说明' })
  })
  test('看不见的字段不检查，也不提交', () => {
    const value = { reason: 'area', unit: 'u1', text: '不在本辖区内' }
    expect(validate(schema, value)).toEqual({})
    expect(visibleValue(schema, value)).toEqual({ reason: 'area', text: '不在本辖区内' })
    expect(validate(schema, { ...value, reason: 'duty', unit: '' })).toEqual({ unit: '请选择建议单位' })
  })
  test('长度和数值范围', () => {
    expect(validate(schema, { reason: 'area', text: '太短' }).text).toBe('说明至少 5 字')
    expect(validate(schema, { reason: 'area', text: '长'.repeat(11) }).text).toBe('说明不能超过 10 字')
    expect(validate(schema, { reason: 'area', text: '说明文字足够', temperature: 55 }).temperature).toBe('室温不能大于 40')
  })
  test.each(['13812345678', '138 1234 5678', '0371-12345678', '12345'])('电话 %s 可用', (phone) => {
    expect(validate(schema, { reason: 'area', text: '说明文字足够', phone })).toEqual({})
  })
  test.each(['1381234567', 'abc', '0371-1'])('电话 %s 被拒', (phone) => expect(validate(schema, { reason: 'area', text: '说明文字足够', phone }).phone).toContain('电话'))
  test('脱敏的电话原样送回，不当作错误', () => expect(validate(schema, { reason: 'area', text: '说明文字足够', phone: '138****5678' })).toEqual({}))
  test('默认值显示出来，已有的值不被盖掉', () => {
    expect(withDefaults(schema)).toEqual({ copies: 1 })
    expect(withDefaults(schema, { copies: 3 })).toEqual({ copies: 3 })
  })
  test('条件可以是多个值之一或已填写', () => {
    const shows = (rule: Rule, value: FormValue) => isVisible({ properties: { a: { type: 'array', title: 'a' }, x: { type: 'string', title: 'x', 'x-visibleIf': rule } } }, 'x', value)
    expect(shows({ field: 'a', in: ['1', '2'] }, { a: ['2'] })).toBe(true)
    expect(shows({ field: 'a', filled: true }, { a: ' ' })).toBe(false)
    expect(shows({ any: [{ field: 'a', filled: true }, { field: 'a', not: '1' }] }, { a: [] })).toBe(true)
  })
})

test('服务端的字段错误归到字段，其余单列', () => {
  const problem = problemFrom(422, { code: 'orders.invalid', title: '内容有误', fields: [{ path: 'values.text', message: '请写明依据' }, { path: '/phone', message: '号码不存在' }, { path: 'version', message: '版本不符' }, { bad: 1 }] })
  expect(errorsOf(problem, Object.keys(schema.properties))).toEqual({ errors: { text: '请写明依据', phone: '号码不存在' }, rest: ['版本不符'] })
})
