// Rows of digits that both ends of the digit bench know without speaking to each other.
export const DIGITS = 6

/** The digits of a call's row: from all sixteen keys but the letters, evenly. */
export function rowOf(call: number, row: number): string {
  let state = Math.imul(call + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b)
  let text = ''
  for (let i = 0; i < DIGITS; i++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state ^= state >>> 12
    text += '0123456789*#'[(state >>> 0) % 12] ?? '0'
  }
  return text
}
