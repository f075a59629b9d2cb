import { expect, test } from 'vitest'
import { excerptOf, foundIn, halfQuery, looseQuery, parseQuery, sharesOf, strictQuery, type SynonymSet } from './query.ts'
import { cutText } from './passages.ts'

const sets: SynonymSet[] = [{ id: 's1', words: ['低保', '最低生活保障'], oneWay: false }, { id: 's2', words: ['暖气', '供热', '采暖'], oneWay: false }, { id: 's3', words: ['五险', '养老保险'], oneWay: true }]
const typed = (text: string) => parseQuery(text, sets).map((group) => group.map((term) => term.typed))

test('空格是且，分号是或，问话的词不算', () => {
  expect(typed('路灯 维修')).toEqual([['路灯', '维修']])
  expect(typed('路灯；井盖')).toEqual([['路灯'], ['井盖']])
  expect(typed('请问路灯坏了怎么报修')).toEqual([expect.arrayContaining(['路灯', '报修'])])
  expect(typed('请问路灯坏了怎么报修')[0]).not.toContain('请问')
  expect(typed('  ；； ')).toEqual([])
})

test('同义词互相扩展，单向的只从第一个词扩展', () => {
  expect(strictQuery(parseQuery('低保', sets))).toBe("((('低保') | ('最低' & '生活' & '保障')))")
  expect(parseQuery('养老保险', sets)[0]?.flatMap((term) => term.ways.map((way) => way.synonym))).not.toContain('五险')
  expect(parseQuery('五险', sets)[0]?.[0]?.ways.map((way) => way.synonym)).toEqual([null, '养老保险'])
  expect(foundIn(parseQuery('暖气不热', sets), '供热不热怎么办').synonyms).toEqual([{ typed: '暖气', synonym: '供热', setId: 's2' }])
})

test.each(["' | '1'='1", "a' & !'b", "\\' :*A", '((((', '!&|<->', '%_%', '<script>alert(1)</script>', "'';drop table x--"])('检索语法和注入字符只是普通文字：%s', (text) => {
  const groups = parseQuery(text, sets)
  for (const query of [strictQuery(groups), looseQuery(groups), ...(groups.length > 0 ? [halfQuery(groups)] : [])]) expect(query.replaceAll(/'[\p{L}\p{N}]+'/gu, 'w')).toMatch(/^[w() &|]*$/)
})

test('半数以上的词：词少时列出最小组合，词多时任一半数都须沾到', () => {
  const half = (text: string) => halfQuery(parseQuery(text)).replaceAll(/[()']/g, '')
  expect(half('噪声 扰民 夜间').split(' | ').toSorted()).toEqual(['噪声 & 夜间', '噪声 & 扰民', '扰民 & 夜间'].map((pair) => expect.toSatisfy((got: string) => got.split(' & ').toSorted().join() === pair.split(' & ').toSorted().join())))
  expect(half('路灯')).toBe('路灯')
  const many = half('路灯 井盖 电梯 供热 燃气 噪声 油烟 消防')
  expect(many.split(' & ')).toHaveLength(2)
  for (const side of many.split(' & ')) expect(side.split(' | ').length).toBe(5)
})

test('摘录围绕命中的词，每个词按词长占一份', () => {
  const text = `${'前文'.repeat(100)}室温低于18℃可以退费${'后文'.repeat(100)}`
  expect(excerptOf(text, ['退费'])).toMatch(/^….*退费.*…$/)
  expect(sharesOf(parseQuery('室温 退费 电梯'))[0]?.map((one) => one.share)).toEqual([1 / 3, 1 / 3, 1 / 3])
})

test('正文按整句切段，标题另起一段，超长的句子硬切', () => {
  const passages = cutText([{ heading: true, text: '一、条件' }, { heading: false, text: '甲。'.repeat(150) }, { heading: true, text: '二、材料' }, { heading: false, text: '身份证。' }, { heading: false, text: '长'.repeat(700) }])
  expect(passages.every((passage) => passage.text.length <= 240)).toBe(true)
  expect(passages.map((passage) => passage.text).join('').replaceAll('\n', '')).toBe('甲。'.repeat(150) + '身份证。' + '长'.repeat(700))
  expect(passages.find((passage) => passage.text.startsWith('身份证'))?.heading).toBe('二、材料')
})
