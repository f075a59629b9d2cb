// Durations in BPMN are ISO 8601; working time is kept beside it, because ISO has no word for it.
import type { Duration } from '../../../kernel/time/index.ts'

export function isoDuration({ amount, unit }: Duration): string {
  switch (unit) {
    case 'naturalMinutes':
      return `PT${amount}M`
    case 'naturalHours':
    case 'workingHours':
      return `PT${amount}H`
    case 'naturalDays':
    case 'workingDays':
      return `P${amount}D`
  }
}

const pattern = /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?)?$/

/** Of one part only (`P3D`, `PT12H`, `PT30M`, `P1W`); null for anything else. */
export function readIsoDuration(text: string): Duration | null {
  const found = pattern.exec(text.trim())
  if (!found) return null
  const parts = [
    { amount: Number(found[1] ?? 0) * 7, unit: 'naturalDays' as const }, { amount: Number(found[2] ?? 0), unit: 'naturalDays' as const }, { amount: Number(found[3] ?? 0), unit: 'naturalHours' as const }, { amount: Number(found[4] ?? 0), unit: 'naturalMinutes' as const },
  ].filter((part) => part.amount > 0)
  return parts.length === 1 ? (parts[0] ?? null) : null
}
