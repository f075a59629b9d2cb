// A condition in words, for lists and the audit trail.
import type { Condition } from './definition.ts'
import { factOf } from './facts.ts'

const units: Record<string, string> = { naturalHours: '小时', naturalDays: '天', workingHours: '工作小时', workingDays: '个工作日' }
const signs: Record<string, string> = { '>=': '≥', '<=': '≤', '=': '=' }

export function conditionText(c: Condition): string {
  const fact = factOf(c.fact)
  const name = fact?.name ?? c.fact
  if (typeof c.value === 'number') return fact?.kind === 'since' ? `${name}满 ${c.value} ${units[c.unit ?? 'naturalHours'] ?? ''}` : fact?.kind === 'until' ? `${name}不足 ${c.value} ${units[c.unit ?? 'naturalHours'] ?? ''}` : `${name} ${signs[c.op] ?? c.op} ${c.value}`
  if (typeof c.value === 'boolean') return c.value ? name : `没有${name}`
  const words = c.value.map((value) => fact?.options?.find((o) => o.value === value)?.name ?? value)
  return `${name}${c.op === 'notIn' ? '不是' : '为'}${words.join('、')}`
}
