import { expect, test } from 'vitest'
import { placesOf, turned } from '../../ui/places.ts'
import { placedInOrder, shifted, tabsOf } from './arrange.ts'
import { refusalOf, type Indicator } from './explore.ts'
import { markOption, scaleOf } from './marks.ts'
import { parentOf, pivotOf, sortedBy, subtotalBy } from './pivot.ts'
import type { Answer } from './question.ts'

const row = (county: string | null, month: string, received: string): Answer['rows'][number] => ({ keys: [{ dimension: 'county', key: county, name: county ?? '未知' }, { dimension: 'month', key: month, name: month }], values: { received }, before: null })
const answer: Answer = { asOf: '2026-11-22T00:00:00Z', late: false, changed: [], missing: [], from: '2026-09-01', to: '2026-11-22', groups: 3, columns: [{ code: 'received', name: '受理量', kind: 'basic', unit: '件', direction: 'none', version: 1, statement: '', formula: null, asked: true }], rows: [row('a', '2026-11', '1'), row('b', '2026-10', '4'), row(null, '2026-11', '2'), row('a', '2026-09', '1')], total: { received: '8' }, before: null }

test('行按大小排，时间列按先后排，未知也占一行，没有的格为空', () => {
  const pivot = pivotOf(answer, { down: 10, across: 10 })
  expect(pivot.down.map((k) => k.name)).toEqual(['b', 'a', '未知'])
  expect(pivot.across.map((k) => k.name)).toEqual(['2026-09', '2026-10', '2026-11'])
  const [b, a, unknown] = pivot.down
  const [september, , november] = pivot.across
  expect(a && november ? pivot.cell(a, november)?.values['received'] : null).toBe('1')
  expect(unknown && november ? pivot.cell(unknown, november)?.values['received'] : null).toBe('2')
  expect(b && september ? pivot.cell(b, september) : null).toBeUndefined()
})

test('按一列排序时没有数的排在最后，升降都一样', () => {
  const keys = ['a', 'b', 'c'].map((key) => ({ dimension: 'county', key, name: key }))
  const values: Record<string, number | null> = { a: 2, b: null, c: 5 }
  const order = (up: boolean): string => sortedBy(keys, (key) => values[key.name] ?? null, up).map((key) => key.name).join('')
  expect([order(true), order(false)]).toEqual(['acb', 'cab'])
})

test('街镇归到区县小计，日归到月；没有上级的维度没有小计', () => {
  expect([subtotalBy('street'), subtotalBy('day'), subtotalBy('unit')]).toEqual(['county', 'month', undefined])
  expect([parentOf({ dimension: 'street', key: '990101001', name: '' }), parentOf({ dimension: 'day', key: '2026-11-23', name: '' }), parentOf({ dimension: 'street', key: null, name: '未知' })]).toEqual(['990101', '2026-11', ''])
})

test('指标放不到它不能分的维度上，并说出原因', () => {
  const of = (over: Partial<Indicator>): Indicator => ({ code: 'a', name: '在办量', of: ['order'], definition: { kind: 'basic', date: 'asOf' }, ...over }) as Indicator // oxlint-disable-line typescript/no-unsafe-type-assertion -- the rule reads these alone
  const month = { key: 'month', label: '月', group: '时间', of: 'all' as const, counted: 'received' }
  const queue = { key: 'queue', label: '队列', group: '话务', of: 'call' as const, counted: 'callsAll' }
  expect(refusalOf(of({}), month)).toBe('“在办量”按期末统计，不能按时间分组')
  expect(refusalOf(of({ name: '受理量' }), queue)).toBe('“受理量”不能按“队列”分组')
  expect(refusalOf(of({ of: ['call'], definition: { kind: 'derived' } as Indicator['definition'] }), queue)).toBeUndefined() // oxlint-disable-line typescript/no-unsafe-type-assertion -- as above
})

test('颜色与粗细各跟一个指标：最小到最大，全相等取中', () => {
  const scale = scaleOf([2, 4, null])
  expect([scale(2), scale(3), scale(4), scale(null), scaleOf([7, 7])(7)]).toEqual([0, 0.5, 1, 0, 0.5])
  const option = markOption('bar', answer, { height: 'received', colour: '', size: 'received' })
  expect(option?.['series']).toMatchObject([{ type: 'custom', name: '2026-11' }, { name: '2026-10' }, { name: '2026-09' }])
  expect(markOption('bar', answer, { height: 'gone', colour: '', size: '' })).toBeNull()
})

test('轮播的组件占一个位置轮流出现；标签页按先后', () => {
  const panels = [{ id: 'a' }, { id: 'b', carousel: '轮' }, { id: 'c', carousel: '轮' }, { id: 'd', tab: '甲', carousel: '轮' }, { id: 'e', tab: '乙' }]
  expect(placesOf(panels).map((place) => place.map((one) => one.id).join(''))).toEqual(['a', 'bc', 'd', 'e'])
  expect([0, 1, 2].map((turn) => turned(panels, turn).map((one) => one.id).join(''))).toEqual(['abde', 'acde', 'abde'])
  expect(tabsOf(panels)).toEqual(['甲', '乙'])
})

test('移动和拉伸不出画布；没有位置的按宽度依次排，放不下就不排', () => {
  const at = { column: 1, row: 1, width: 8, height: 4 }
  expect(shifted(at, { columns: -3, rows: 30 }, 'move')).toEqual({ ...at, column: 1, row: 9 })
  expect(shifted(at, { columns: 99, rows: -9 }, 'stretch')).toEqual({ ...at, width: 24, height: 2 })
  expect(placedInOrder([{ id: 'a', width: 8 }, { id: 'b', width: 6 }, { id: 'c', width: 6 }])?.map((one) => [one.at.column, one.at.row, one.at.width])).toEqual([[1, 1, 16], [1, 5, 12], [13, 5, 12]])
  expect(placedInOrder(Array.from({ length: 7 }, (_, i) => ({ id: String(i), width: 12 })))).toBeNull()
})
