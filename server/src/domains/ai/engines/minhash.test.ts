import { expect, test } from 'vitest'
import { bandsOf, jaccard, shingles } from './minhash.ts'

const text = '和平里小区12号院从上周一开始暖气不热，室温只有十二度，家里有老人和孩子，打了三次电话都没有人来修，请尽快恢复供暖。'
const meet = (a: string, b: string): boolean => { const other = new Set(bandsOf(shingles(b)).map((h, i) => `${i} ${h}`)); return bandsOf(shingles(a)).some((h, i) => other.has(`${i} ${h}`)) }

test('标点、空格、全半角不同仍是同一段文字', () => {
  const same = text.replaceAll('，', ', ').replaceAll('12', '１２')
  expect(jaccard(shingles(text), shingles(same))).toBe(1)
  expect(meet(text, same)).toBe(true)
})
test('改动少许仍相遇，毫不相干的不相遇', () => {
  const near = text.replace('三次', '好几次').replace('尽快', '马上')
  expect(jaccard(shingles(text), shingles(near))).toBeGreaterThan(0.6)
  expect(meet(text, near)).toBe(true)
  expect(meet(text, '人民路施工夜间噪音很大，影响周边居民休息，希望有关部门管一管。')).toBe(false)
})
test('空文本没有波段；很短和很长的文本也有结果', () => {
  expect(bandsOf(shingles(' ，。'))).toEqual([])
  expect(meet('停水', '停水')).toBe(true)
  expect(shingles('噪音'.repeat(100_000)).length).toBeLessThan(10)
})
