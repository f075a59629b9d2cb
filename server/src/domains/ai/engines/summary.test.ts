import { expect, test } from 'vitest'
import { summarise, titleFrom } from './summary.ts'

const text = '您好，我是和平里的居民。从上周一开始12号院的暖气不热，室温只有十二度。家里有老人和孩子，晚上冷得睡不着。我们给供热公司打过三次电话，都说在维修，可是暖气还是不热。今天天气不错。希望尽快维修暖气。谢谢。'

test('摘要只由原文的句子组成，抓住主要诉求，不超长', () => {
  const summary = summarise(text, 60)
  expect(summary.length).toBeLessThanOrEqual(60)
  expect(summary).toContain('暖气')
  expect(summary).not.toContain('今天天气不错')
  for (const sentence of summary.split(/(?<=。)/)) expect(text).toContain(sentence)
})
test('标题去掉客套，取说明问题的一句；空文本没有标题', () => {
  expect(titleFrom(text)).toContain('暖气不热')
  expect(titleFrom('')).toBeNull()
  expect(titleFrom('。。。！！！')).toBeNull()
  expect([...titleFrom('投'.repeat(5000))!].length).toBeLessThanOrEqual(30)
})
