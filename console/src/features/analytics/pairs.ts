// What occurs together more often than chance would have it: pairs of two dimensions with their weight and lift.
import { numberOf, type Answer, type Row } from './question.ts'

/** Pairs seen less often are chance. */
export const SUPPORT = 10
export type Pair = { row: Row; weight: number; lift: number }

/** Lift 1: as often as chance; only what stands out and is seen often enough. Needs every group of the answer. */
export function pairsOf(answer: Pick<Answer, 'rows' | 'total'>, code: string, support: number): Pair[] {
  const total = numberOf(answer.total, code) ?? 0
  const sums = [new Map<string | null, number>(), new Map<string | null, number>()] as const
  for (const row of answer.rows) for (const i of [0, 1] as const) sums[i].set(row.keys[i]?.key ?? null, (sums[i].get(row.keys[i]?.key ?? null) ?? 0) + (numberOf(row.values, code) ?? 0))
  return answer.rows.flatMap((row) => {
    const weight = numberOf(row.values, code) ?? 0
    const [a, b] = [sums[0].get(row.keys[0]?.key ?? null) ?? 0, sums[1].get(row.keys[1]?.key ?? null) ?? 0]
    // What has no value of a dimension is no partner.
    if (weight < support || a === 0 || b === 0 || row.keys.some((k) => k.key === null)) return []
    const lift = (weight * total) / (a * b)
    return lift > 1 ? [{ row, weight, lift }] : []
  }).toSorted((x, y) => y.lift * Math.log(y.weight + 1) - x.lift * Math.log(x.weight + 1))
}

const MOST = 40
/** The pairs as a graph: members left and right, a line for each pair, wider for more orders. */
export function graphOf(pairs: readonly Pair[]): Record<string, unknown> {
  const shown = pairs.slice(0, MOST)
  const heaviest = Math.max(1, ...shown.map((p) => p.weight))
  const nodes = new Map<string, { id: string; name: string; category: number; value: number; symbolSize: number }>()
  for (const { row, weight } of shown) for (const i of [0, 1]) {
    const id = `${i} ${row.keys[i]?.name ?? ''}`
    const held = nodes.get(id) ?? { id, name: row.keys[i]?.name ?? '', category: i, value: 0, symbolSize: 0 }
    nodes.set(id, { ...held, value: held.value + weight, symbolSize: 10 + 22 * Math.sqrt(Math.min(1, (held.value + weight) / heaviest)) })
  }
  return {
    tooltip: { confine: true, formatter: (one: { dataType: string; name: string; value: unknown; data: { text?: string } }) => (one.dataType === 'edge' ? (one.data.text ?? '') : `${one.name}：${String(one.value)}`) },
    series: [{
      type: 'graph', layout: 'circular', circular: { rotateLabel: true }, roam: false, top: 70, bottom: 70, categories: [{ name: '0' }, { name: '1' }], data: [...nodes.values()], label: { show: true, overflow: 'truncate', width: 110 }, lineStyle: { color: 'source', curveness: 0.25, opacity: 0.5 },
      links: shown.map(({ row, weight, lift }) => ({ source: `0 ${row.keys[0]?.name ?? ''}`, target: `1 ${row.keys[1]?.name ?? ''}`, value: weight, text: `${row.keys.map((k) => k.name).join(' – ')}：${weight} 件，${lift.toFixed(1)} 倍`, lineStyle: { width: 1 + 6 * (weight / heaviest) } })),
    }],
  }
}
