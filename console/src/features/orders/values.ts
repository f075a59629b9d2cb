// Values of unknown shape (form data, old and new of a change) and places in words.
import { fromEpoch, when } from '../../ui/time.ts'
import { t as kit } from '../../ui/texts.zh-CN.ts'

const isoInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/

export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? kit('yes') : kit('no')
  // changes keep instants as epoch milliseconds; nothing else in an order is that large
  if (typeof value === 'number') return value > 1_000_000_000_000 ? when(fromEpoch(value)) : String(value)
  if (typeof value === 'string') return isoInstant.test(value) ? when(value) : value
  if (Array.isArray(value)) return value.map(shownValue).filter(Boolean).join('、')
  if (typeof value === 'object') return Object.values(value).map(shownValue).filter(Boolean).join(' ')
  return ''
}

/** Addresses often begin with the area's name; it is then not said twice. */
export function placeOf({ areaName, address }: { areaName: string | null; address: string | null }): string {
  if (!areaName || !address) return areaName ?? address ?? ''
  return sharedStart(areaName, address) >= 6 ? address : `${areaName} ${address}`
}

function sharedStart(a: string, b: string): number {
  let n = 0
  while (n < a.length && a[n] === b[n]) n += 1
  return n
}
