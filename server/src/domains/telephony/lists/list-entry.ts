// Black, white and red numbers: what an entry covers and when it holds. Pure.
import { isTelephone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { localParts, type Instant } from '../../../kernel/time/index.ts'

export const listKinds = ['black', 'white', 'red'] as const
export type ListKind = (typeof listKinds)[number]
export const listStates = ['draft', 'pending', 'active', 'refused', 'expired', 'removed'] as const
export type ListState = (typeof listStates)[number]
export const listKindNames: Record<ListKind, string> = { black: '黑名单', white: '白名单', red: '红名单' }
export const listStateNames: Record<ListState, string> = { draft: '待处理', pending: '待审核', active: '生效', refused: '未通过', expired: '已到期', removed: '已移除' }
export const listSourceNames: Record<string, string> = { manual: '手工添加', rule: '规则发现', batch: '批量导入' }

export type Weekly = { days: number[]; from: string; to: string }
export type Covered = { number: string } | { prefix: string }

/** `138 0000 1111` is one number, `13800*` a segment of all that begin so. Null: neither. */
export function coveredBy(typed: string): Covered | null {
  const text = typed.normalize('NFKC').replaceAll(/[\s-]/g, '')
  const segment = /^(\+?\d{3,12})[*＊]+$/.exec(text)
  if (segment?.[1]) return { prefix: segment[1] }
  const number = normalisePhone(typed)
  return isTelephone(number) ? { number } : null
}

type Period = { validFrom: Instant | null; validTo: Instant | null; weekly: Weekly | null }

/** Whether an active entry holds at a moment: inside its validity, and inside its weekly window. A window that ends before it begins runs over midnight. */
export function holdsAt(entry: Period, at: Instant, timeZone: string): boolean {
  if (entry.validFrom !== null && at < entry.validFrom) return false
  if (entry.validTo !== null && at >= entry.validTo) return false
  if (entry.weekly === null) return true
  const parts = localParts(at, timeZone)
  const time = `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`
  const { days, from, to } = entry.weekly
  if (from <= to) return days.includes(parts.weekday) && time >= from && time < to
  const yesterday = parts.weekday === 1 ? 7 : parts.weekday - 1
  return (days.includes(parts.weekday) && time >= from) || (days.includes(yesterday) && time < to)
}
