// Rows × columns × one measure out of one answer, with the sums of both sides counted for themselves (a rate has no sum).
import { asked, numberOf, type Answer, type Row } from './question.ts'

export type Key = Row['keys'][number]
export type Pivot = { down: Key[]; across: Key[]; cell: (down: Key, across: Key) => Row | undefined }

const id = (key: Key): string => key.key ?? ''

/** Members of both sides: by size of the first measure, time in its own order. */
export function pivotOf(answer: Answer, timed: (dimension: string) => boolean, most: { down: number; across: number }): Pivot {
  const code = asked(answer)[0]?.code ?? ''
  const at = new Map(answer.rows.map((row) => [row.keys.map(id).join('\0'), row]))
  const side = (i: number, limit: number): Key[] => {
    const held = new Map<string, { key: Key; size: number }>()
    for (const row of answer.rows) {
      const key = row.keys[i]
      if (!key) continue
      const one = held.get(id(key)) ?? { key, size: 0 }
      one.size += Math.abs(numberOf(row.values, code) ?? 0)
      held.set(id(key), one)
    }
    const all = [...held.values()]
    const first = all[0]
    return (first && timed(first.key.dimension) ? all.toSorted((a, b) => id(a.key).localeCompare(id(b.key))) : all.toSorted((a, b) => b.size - a.size)).slice(0, limit).map((one) => one.key)
  }
  return { down: side(0, most.down), across: side(1, most.across), cell: (down, across) => at.get([id(down), id(across)].join('\0')) }
}

const below: Record<string, string> = { county: 'street', street: 'community', year: 'month', quarter: 'month', month: 'day', week: 'day', category: 'matter' }
/** The dimension a member goes down to. */
export const levelBelow = (dimension: string): string | undefined => below[dimension]
