// Numbers in words (ux.md §5.11).

const whole = new Intl.NumberFormat('zh-CN')
const oneDecimal = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const money = new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' })

/** 12,345; "–" where there is no number. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : whole.format(value)
}

/** A bounded count of a list: 5,000+ when the server stopped counting. */
export function cappedCount(value: { value: number; capped: boolean } | null | undefined): string {
  return value ? `${whole.format(value.value)}${value.capped ? '+' : ''}` : '–'
}

/** Ratio 0–1 as 98.1%; no base gives "–", never 0 %. */
export function rate(ratio: number | null | undefined): string {
  return ratio === null || ratio === undefined || Number.isNaN(ratio) ? '–' : `${oneDecimal.format(ratio * 100)}%`
}

/** Difference of two ratios: ↑0.8个百分点. */
export function ratePoints(difference: number | null | undefined): string {
  if (difference === null || difference === undefined) return '–'
  const size = oneDecimal.format(Math.abs(difference * 100))
  return `${difference > 0 ? '↑' : difference < 0 ? '↓' : ''}${size}个百分点`
}

export function yuan(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : money.format(value)
}

/** 13812345678 → 138 1234 5678; anything else stays as it is. */
export function phone(value: string): string {
  return /^1[\d*]{10}$/.test(value) ? `${value.slice(0, 3)} ${value.slice(3, 7)} ${value.slice(7)}` : value
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return bytes < 1024 ** 3 ? `${oneDecimal.format(bytes / 1024 / 1024)} MB` : `${oneDecimal.format(bytes / 1024 ** 3)} GB`
}
