import { expect, test } from 'vitest'
import { titleOf, withAnswers } from './submission.ts'

test('标题取第一句话', () => {
  expect(titleOf('楼道灯坏了一周。晚上看不见路。')).toBe('楼道灯坏了一周')
  expect(titleOf('\n\n  没有暖气\n已经三天')).toBe('没有暖气')
})

test('第一句太长时在逗号处断开', () => {
  expect(titleOf('小区暖气不热，已经三天了，家里只有十五度，老人和孩子受不了，希望尽快检修')).toBe('小区暖气不热，已经三天了，家里只有十五度')
})

test('太长的第一句截到三十个字，补充字符不被截断', () => {
  const title = titleOf('𠮷'.repeat(40))
  expect([...title]).toHaveLength(30)
  expect(title.endsWith('…')).toBe(true)
})

test('没有答案时正文原样保留，不知道的问题写明暂不清楚', () => {
  expect(withAnswers('暖气不热', [])).toBe('暖气不热')
  expect(withAnswers('暖气不热', [{ name: '室温', value: '15 度' }, { name: '开始时间', value: '' }])).toBe('暖气不热\n\n【补充情况】\n室温：15 度\n开始时间：暂不清楚')
})
