// What a search of orders means; pure.
import type { FilterValues } from '../../ui/list-state.ts'

/** Eleven digits and numbers with an area code are phones, four digits the end of one; other numbers begin an order's number. */
export function searchTo(text: string): FilterValues {
  const bare = text.replace(/[\s-]/g, '')
  if (/^(1\d{10}|0\d{9,11}|\d{7,8}|\d{4})$/.test(bare)) return { phone: [bare] }
  if (/^[0-9A-Za-z-]{5,40}$/.test(text) && /\d{4}/.test(text)) return { number: [text] }
  return { text: [text] }
}
