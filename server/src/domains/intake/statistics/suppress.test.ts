import { expect, test } from 'vitest'
import { asGiven, rate, suppress, suppressAll } from './suppress.ts'

test('3 件显示为“<5”，0 件和 5 件照实显示', () => {
  expect([suppress('甲', 3, 5), suppress('乙', 0, 5), suppress('丙', 5, 5)].map((c) => [c.count, c.shown])).toEqual([[null, '<5'], [0, '0'], [5, '5']])
})

test('只有一格被隐去时，再隐去最小的一格，不能由合计倒推', () => {
  expect(suppressAll([{ name: '甲', count: 3 }, { name: '乙', count: 20 }, { name: '丙', count: 8 }], 5).map((c) => c.shown)).toEqual(['<5', '20', '–'])
  expect(suppressAll([{ name: '甲', count: 3 }, { name: '乙', count: 2 }, { name: '丙', count: 8 }], 5).map((c) => c.shown)).toEqual(['<5', '<5', '8'])
})

test('基数太小没有比率，不写 0%', () => {
  expect([rate(0, 0, 5), rate(1, 3, 5), rate(19, 20, 5), asGiven(null, 20, 5), asGiven('95.0', 4, 5)]).toEqual(['–', '–', '95.0%', '–', '–'])
})
