// Near-duplicates in the stream of real messages: every message is compared with those before it through bands; extras are counted.
import { bandsOf, jaccard, shingles } from '../server/src/domains/ai/engines/minhash.ts'
import { realRows } from './real-data.ts'
import { figure, least, most, writeResult } from './result.ts'

type Ticket = { 留言编号: string; 留言时间: string; 留言主题: string | null; 留言详情: string | null }
type Pair = { a: string; b: string; jaccard4: number; exact_text: boolean }
/** Fixed beforehand: two of five shingles differ at most. */
const LIKE = 0.5

const key = (a: string, b: string): string => [a, b].toSorted().join(' ')

export function benchDuplicates(): void {
  const [tickets, silver] = [realRows<Ticket>('tickets_fj3'), realRows<Pair>('dup_pairs_fj3')]
  if (!tickets || !silver) return
  const began = performance.now()
  const index = new Map<string, number[]>()
  const kept: { id: string; shingles: Uint32Array }[] = []
  const found = new Map<string, number>()
  let compared = 0
  for (const ticket of tickets.toSorted((a, b) => Date.parse(a.留言时间) - Date.parse(b.留言时间))) {
    const own = shingles(ticket.留言详情 ?? '')
    const keys = bandsOf(own).map((hash, band) => `${band} ${hash}`)
    const candidates = new Set(keys.flatMap((k) => index.get(k) ?? []))
    for (const at of candidates) {
      const other = kept[at]!
      compared += 1
      const likeness = jaccard(own, other.shingles)
      if (likeness >= LIKE && other.id !== ticket.留言编号) found.set(key(other.id, ticket.留言编号), likeness)
    }
    for (const k of keys) {
      const held = index.get(k)
      if (held) held.push(kept.length)
      else index.set(k, [kept.length])
    }
    kept.push({ id: ticket.留言编号, shingles: own })
  }
  const took = performance.now() - began
  const known = new Map(silver.map((p) => [key(p.a, p.b), p]))
  const [exact, near] = [silver.filter((p) => p.exact_text), silver.filter((p) => !p.exact_text)]
  const hit = (pairs: readonly Pair[]): number => pairs.filter((p) => found.has(key(p.a, p.b))).length
  const extras = [...found].filter(([k]) => !known.has(k))
  console.log(`  missed: ${silver.filter((p) => !found.has(key(p.a, p.b))).map((p) => `${p.a}-${p.b} (${p.jaccard4})`).join(', ') || 'none'}`)
  console.log(`  extras: ${extras.map(([k, likeness]) => `${k} (${likeness.toFixed(2)})`).slice(0, 40).join(', ') || 'none'}`)
  writeResult('ai-duplicates', {
    command: 'npm run bench -- ai-duplicates', base: `${tickets.length} real messages as a stream; ${silver.length} known pairs, ${exact.length} of them the same text`,
    metrics: {
      'same text found': least(hit(exact) / (exact.length || 1), '', 1), 'other pairs found': least(hit(near) / (near.length || 1), '', 0.95), 'extra pairs per 100 messages': most((extras.length / tickets.length) * 100, '', 5),
      'pairs compared per message': figure(compared / tickets.length, ''),
    },
    notes: [`likeness: Jaccard of 4-character shingles of at least ${LIKE}, fixed beforehand; candidates by 40 bands of 3 hashes`, `took ${Math.round(took)} ms in all on a machine that others used as well`, 'ten of the extras near the threshold were read: every one is the same demand told again'],
  })
}
