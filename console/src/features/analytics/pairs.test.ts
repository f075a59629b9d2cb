import { expect, test } from 'vitest'
import { pairsOf } from './pairs.ts'
import type { Answer } from './question.ts'

const row = (a: string, b: string, n: number): Answer['rows'][number] => ({ keys: [{ dimension: 'street', key: a, name: a }, { dimension: 'category', key: b, name: b }], values: { received: String(n) }, before: null })
const answer = (rows: Answer['rows']): Pick<Answer, 'rows' | 'total'> => ({ rows, total: { received: String(rows.reduce((sum, r) => sum + Number(r.values['received']), 0)) } })

test('种下的一对一起出现 30 次，排在最前；偶然的一对不到最小支持度，不列', () => {
  const found = pairsOf(answer([row('甲街', '噪声', 30), row('甲街', '供热', 5), row('乙街', '噪声', 5), row('乙街', '供热', 60), row('丙街', '停车', 2)]), 'received', 10)
  expect(found.map((p) => [p.row.keys.map((k) => k.name).join(' '), p.weight])).toEqual([['甲街 噪声', 30], ['乙街 供热', 60]])
  expect(found[0]?.lift).toBeCloseTo((30 * 102) / (35 * 35))
})
