import { describe, expect, it } from 'vitest'
import { blankMatter, checkMatter, contentOf } from './matter-form.ts'

describe('事项表单', () => {
  it('空的表单送出空值而不是空字符串，没有数量就没有时限', () => {
    const content = contentOf({ ...blankMatter('d1'), code: ' A-1 ', name: '供热不热', conditions: '  ' }, false)
    expect(content).toMatchObject({ code: 'A-1', directoryId: 'd1', conditions: null, duration: null, rules: {}, keywords: [] })
  })
  it('生效后的事项不送编码和目录', () => {
    const content = contentOf({ ...blankMatter('d1'), code: 'A-1', name: '供热不热', amount: 3, callback: 'no', keywords: '暖气、地暖', levels: ['4', '2'] }, true)
    expect(content).not.toHaveProperty('code')
    expect(content).not.toHaveProperty('directoryId')
    expect(content).toMatchObject({ duration: { amount: 3, unit: 'workingDays' }, rules: { callback: false }, keywords: ['暖气', '地暖'], levels: [2, 4] })
  })
  it('空白的办结标准不送出，非选择类要素不带选项', () => {
    const content = contentOf({ ...blankMatter(null), closingStandard: [{ text: ' ', evidence: true }, { text: '已修复', evidence: false }], elements: [{ code: 'a', name: '甲', type: 'text', required: false, masked: false, options: ['x'] }] }, true)
    expect(content.closingStandard).toEqual([{ text: '已修复', evidence: false }])
    expect(content.elements).toEqual([{ code: 'a', name: '甲', type: 'text', required: false, masked: false, options: undefined }])
  })
  it('要素缺名称或编码重复时说明原因', () => {
    const element = (code: string, name: string) => ({ code, name, type: 'text', required: false, masked: false })
    expect(checkMatter({ elements: [element('a', '')] })).toHaveProperty('elements')
    expect(checkMatter({ elements: [element('a', '甲'), element('a', '乙')] })).toHaveProperty('elements')
    expect(checkMatter({ elements: [element('a', '甲'), element('b', '乙')] })).toEqual({})
  })
})
