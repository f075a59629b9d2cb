import { expect, test } from 'vitest'
import { pivotOf } from './pivot.ts'
import type { Answer } from './question.ts'

const row = (county: string | null, month: string, received: string): Answer['rows'][number] => ({ keys: [{ dimension: 'county', key: county, name: county ?? '未知' }, { dimension: 'month', key: month, name: month }], values: { received }, before: null })
const answer: Answer = { asOf: '2026-11-22T00:00:00Z', late: false, changed: [], missing: [], from: '2026-09-01', to: '2026-11-22', groups: 3, columns: [{ code: 'received', name: '受理量', kind: 'basic', unit: '件', direction: 'none', version: 1, statement: '', formula: null, asked: true }], rows: [row('a', '2026-11', '1'), row('b', '2026-10', '4'), row(null, '2026-11', '2'), row('a', '2026-09', '1')], total: { received: '8' }, before: null }

test('行按大小排，时间列按先后排，未知也占一行，没有的格为空', () => {
  const pivot = pivotOf(answer, (d) => d === 'month', { down: 10, across: 10 })
  expect(pivot.down.map((k) => k.name)).toEqual(['b', 'a', '未知'])
  expect(pivot.across.map((k) => k.name)).toEqual(['2026-09', '2026-10', '2026-11'])
  const [b, a, unknown] = pivot.down
  const [september, , november] = pivot.across
  expect(a && november ? pivot.cell(a, november)?.values['received'] : null).toBe('1')
  expect(unknown && november ? pivot.cell(unknown, november)?.values['received'] : null).toBe('2')
  expect(b && september ? pivot.cell(b, september) : null).toBeUndefined()
})
