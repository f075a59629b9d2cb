import { expect, test } from 'vitest'
import { findWords, matcherOf } from './find-words.ts'

const found = (text: string, ...words: (string | [string, string[]])[]) => findWords(text, matcherOf(words.map((w) => (typeof w === 'string' ? { word: w, excepts: [] } : { word: w[0], excepts: w[1] })))).map((h) => [h.entry.word, text.slice(h.from, h.to)])

test('夹空格、符号、全角、大小写都认得出，并指出原文的位置', () => {
  expect(found('请勿转 发，涉Ａ密', '转发', 'a密', '机密')).toEqual([['转发', '转 发'], ['a密', 'Ａ密']])
  expect(found('扬·言-要', '扬言')).toEqual([['扬言', '扬·言']])
})
test('只在无害的长词里出现的不算，别处再出现仍算', () => {
  expect(found('请到上访接待室登记', ['上访', ['上访接待室']])).toEqual([])
  expect(found('上访接待室的人说要上访', ['上访', ['上访接待室']])).toEqual([['上访', '上访']])
})
test('空文本、只有符号的词不出错', () => {
  expect(found('', '转发')).toEqual([])
  expect(found('，。！', '。')).toEqual([])
})
