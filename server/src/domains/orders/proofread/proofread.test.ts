import { expect, test } from 'vitest'
import { proofread, type Fields } from './proofread.ts'

const areas = [{ code: '990101', name: '东湖区' }, { code: '990102', name: '西山区' }, { code: '990102003', name: '石桥街道' }, { code: '990101001', name: '河东街道' }]
const fields = (more: Partial<Fields>): Fields => ({ title: '路灯不亮', content: '小区北门的路灯坏了一周', address: '', areaCode: '990101', areaName: '东湖区', phone: '13912345678', matterName: null, matterCategory: null, categoryId: null, missing: [], ...more })
const rules = (more: Partial<Fields>): string[] => proofread(fields(more), areas).map((f) => f.rule)

test('内容提到另一个区：指出不一致并给出该区', () => {
  expect(proofread(fields({ content: '西山区石桥街道的路灯坏了一周' }), areas)).toMatchObject([{ field: 'areaCode', rule: 'areaDiffers', proposed: '石桥街道', value: '990102003' }])
})
test('提到所选区划本身、其下级或上级都不算不一致', () => {
  for (const content of ['东湖区的路灯坏了一周', '河东街道的路灯坏了一周']) expect(rules({ content })).toEqual([])
  expect(rules({ areaCode: '990102003', content: '西山区的路灯坏了一周' })).toEqual([])
})
test('区划未填而内容提到：建议填写', () => {
  expect(rules({ areaCode: null, areaName: null, content: '石桥街道的路灯坏了一周' })).toEqual(['areaMissing'])
})
test('手机号位数不对、与内容里的号码差一位', () => {
  expect(rules({ phone: '1391234567' })).toEqual(['phoneLength'])
  expect(rules({ content: '路灯坏了，请打13912345679联系' })).toEqual(['phoneDiffers'])
  expect(rules({ content: '路灯坏了，物业电话13800000000' })).toEqual([])
})
test('标题与内容毫不相干、分类与事项不符、要素未问', () => {
  expect(rules({ title: '供暖不热', content: '小区北门夜间施工噪音很大' })).toEqual(['titleApart'])
  expect(rules({ matterCategory: 'a', categoryId: 'b' })).toEqual(['categoryDiffers'])
  expect(rules({ missing: [{ code: 'temp', name: '室温' }] })).toEqual(['elementMissing'])
})
