import { expect, test } from 'vitest'
import { pinyinKey, queryTokens, searchTokens, toTsQuery } from './index.ts'

test('标题里的词可以用同样的词查到', () => {
  const indexed = new Set(searchTokens('幸福路12号院3号楼三天没有暖气，物业称正在维修'))
  for (const query of ['暖气', '幸福路', '物业 维修']) expect(queryTokens(query).every((t) => indexed.has(t)), query).toBe(true)
  expect(queryTokens('路灯').every((t) => indexed.has(t))).toBe(false)
})

test('停用词、标点和大小写不影响查询', () => {
  expect(queryTokens('请问：暖气的问题？')).toEqual(['暖气'])
  expect(searchTokens('ＡＢＣ abc')).toEqual(['abc'])
  expect(queryTokens('？！的')).toEqual([])
  expect(toTsQuery('，。')).toBeNull()
})

test('有多字词时不要求单字，全是单字时才用单字', () => {
  expect(queryTokens('暖气漏')).toEqual(['暖气'])
  expect(queryTokens('漏')).toEqual(['漏'])
})

test('词数有上限，多字词优先保留', () => {
  const long = Array.from({ length: 400 }, (_, i) => `词条${i} 漏`).join('，')
  expect(searchTokens(long)).toHaveLength(120)
})

test('拼音键含首字母和全拼', () => {
  expect(pinyinKey('供热不热')).toBe('grbr gongrebure')
  expect(pinyinKey('12345热线')).toMatch(/^12345rx /)
  expect(pinyinKey('')).toBe('')
})
