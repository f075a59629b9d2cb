import { expect, test } from 'vitest'
import { belowAverage } from './below-average.ts'

const items = [{ code: 'a', name: '解决率', unit: '%', scale: 2, role: 'score' as const }, { code: 'b', name: '满意率', unit: '%', scale: 2, role: 'score' as const }, { code: 'c', name: '催办', unit: '件', scale: 0, role: 'deduction' as const }]
const item = (code: string, value: string | null) => ({ code, value, weight: '1', points: null, lost: null, rank: null, spread: false })
const unit = (name: string, a: string | null, b: string | null) => ({ object_id: name, name, items: [item('a', a), item('b', b), item('c', '3')] })

test('低于平均：各率各算各的平均，正好等于平均的不列，没有数据的不计', () => {
  const lists = belowAverage(items, [unit('甲', '100/3', '90'), unit('乙', '200/3', '70'), unit('丙', '50', null)])
  expect(lists.map((one) => [one.name, one.average, one.of])).toEqual([['解决率', '50.00', 3], ['满意率', '80.00', 2]])
  expect(lists.map((one) => one.rows)).toEqual([[{ objectId: '甲', name: '甲', value: '33.33', gap: '-16.67' }], [{ objectId: '乙', name: '乙', value: '70.00', gap: '-10.00' }]])
})
