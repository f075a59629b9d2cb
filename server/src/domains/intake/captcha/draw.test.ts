import { expect, test } from 'vitest'
import { drawDigits, sumInWords } from './draw.ts'

test('图片里没有文字，每次画得不同；口算题答得出', () => {
  let seed = 7
  const chance = (from: number, to: number): number => { seed = (seed * 1103515245 + 12345) % 2147483648; return from + (seed % (to - from)) }
  const [one, two] = [drawDigits('23456', chance), drawDigits('23456', chance)]
  expect(one).not.toContain('<text')
  expect(one).not.toContain('23456')
  expect(one).not.toBe(two)
  const values: Record<string, number> = { 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 }
  for (let i = 0; i < 50; i++) {
    const { question, answer } = sumInWords(chance)
    const [, a = '', b = '', c = ''] = /^(.)加(.)减(.)，等于几？$/.exec(question) ?? []
    expect([(values[a] ?? 0) + (values[b] ?? 0) - (values[c] ?? 0), Number(answer) > 0]).toEqual([Number(answer), true])
  }
})
