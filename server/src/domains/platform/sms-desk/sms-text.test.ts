import { expect, test } from 'vitest'
import { fillText, partsOf, signed, variablesOf } from './sms-text.ts'

test('占位符逐个认出，缺值和多余的都报出来', () => {
  expect(variablesOf('{姓名}您好，{日期}到{地点}，{姓名}')).toEqual(['姓名', '日期', '地点'])
  expect(fillText('{姓名}您好，{日期}到会', { 姓名: '陈小满', 地点: '三楼' })).toEqual({ text: '陈小满您好，{日期}到会', missing: ['日期'], unknown: ['地点'] })
})
test('七十个字以内一条，再长每条六十七个字', () => {
  expect([70, 71, 134, 135].map((n) => partsOf('字'.repeat(n)))).toEqual([1, 2, 2, 3])
})
test('签名只加一次', () => {
  expect(signed('会议通知', '热线中心')).toBe('【热线中心】会议通知')
  expect(signed('【热线】会议通知', '热线中心')).toBe('【热线】会议通知')
})
