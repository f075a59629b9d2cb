import { expect, test } from 'vitest'
import { anomalies } from './anomalies.ts'
import { belowAverage } from './below-average.ts'

const items = [{ code: 'a', name: '解决率', unit: '%', scale: 2, role: 'score' as const }, { code: 'b', name: '满意率', unit: '%', scale: 2, role: 'score' as const }, { code: 'c', name: '催办', unit: '件', scale: 0, role: 'deduction' as const }]
const item = (code: string, value: string | null) => ({ code, value, weight: '1', points: null, lost: null, rank: null, spread: false })
const unit = (name: string, a: string | null, b: string | null) => ({ object_id: name, name, items: [item('a', a), item('b', b), item('c', '3')] })

test('低于平均：各率各算各的平均，正好等于平均的不列，没有数据的不计', () => {
  const lists = belowAverage(items, [unit('甲', '100/3', '90'), unit('乙', '200/3', '70'), unit('丙', '50', null)])
  expect(lists.map((one) => [one.name, one.average, one.of])).toEqual([['解决率', '50.00', 3], ['满意率', '80.00', 2]])
  expect(lists.map((one) => one.rows)).toEqual([[{ objectId: '甲', name: '甲', value: '33.33', gap: '-16.67' }], [{ objectId: '乙', name: '乙', value: '70.00', gap: '-10.00' }]])
})

test('异常：解决率由 60% 变为 100% 要列出；差一点不到界限的不列；没有成绩、不在对象中、超出范围的列出', () => {
  const scored = (name: string, a: string | null, total: string | null = '80') => ({ ...unit(name, a, '70'), total })
  const last = [scored('甲', '60'), scored('乙', '60'), scored('丙', '50'), scored('丁', '50'), scored('戊', '50')]
  const found = anomalies(items, [scored('甲', '100'), scored('乙', '899/10'), scored('丙', null, null), scored('丁', '101'), scored('新', '100')], new Map(last.map((s) => [s.object_id, s])), 30)
  expect(found.map((a) => [a.kind, a.name, a.item, a.before, a.now])).toEqual([
    ['range', '丁', '解决率', '50.00', '101.00'], ['missing', '丙', null, '80', null], ['absent', '戊', null, '80', null], ['jump', '甲', '解决率', '60.00', '100.00'],
  ])
})
