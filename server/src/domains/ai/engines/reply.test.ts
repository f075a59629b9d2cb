import { expect, test } from 'vitest'
import { replyFields } from './reply.ts'

const facts = (reply: string, name: string): string[] => replyFields('路灯不亮请维修', reply).filter((f) => f.name === name).map((f) => f.text)

test('只有客套的答复，去掉开头和致谢后几乎没有内容', () => {
  const courtesy = '网友您好！您的留言已收悉。现将有关情况回复如下：感谢您对我们工作的支持、理解与监督！2018年3月19日'
  const real = '网友您好！您的留言已收悉。现将有关情况回复如下：经现场核查，三盏路灯因电缆老化熄灭，已于昨日更换电缆并通电，夜间照明恢复。感谢您的监督！'
  expect(facts(courtesy, 'core').length).toBeLessThan(facts(real, 'core').length)
  expect(facts(real, 'found')).toEqual(['yes'])
  expect(facts(real, 'taken').length).toBeGreaterThan(0)
})
test('空答复和超长答复都有结果', () => {
  expect(facts('', 'length')).toEqual([])
  expect(replyFields('', '长'.repeat(200_000)).length).toBeLessThan(100)
})
