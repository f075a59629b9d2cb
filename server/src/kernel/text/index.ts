// Chinese text for searching: words for a tsvector, words of a query, pinyin keys of names.
import { createRequire } from 'node:module'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { stopWords } from './stop-words.zh-CN.ts'

/** A longer text is found by its first words; the title stands in front. */
const MAX_TOKENS = 120
const MAX_LENGTH = 40
const WORD = /^[\p{L}\p{N}]+$/u
const HAN = /\p{Script=Han}/u

// The dictionary costs 0.2 s and 60 MB: loaded with the first text, not at boot. Cutting 400 characters takes 0.05 ms, so no
// worker thread is needed.
let jieba: Jieba | null = null
const cutter = (): Jieba => (jieba ??= Jieba.withDict(dict))

const wordsOf = (text: string): string[] =>
  cutter()
    .cutForSearch(text.normalize('NFKC').toLowerCase(), true)
    .filter((word) => WORD.test(word) && word.length <= MAX_LENGTH && !stopWords.has(word))

const isSingleHan = (word: string): boolean => word.length === 1 && HAN.test(word)

/**
 * Words of a text for `array_to_tsvector`, without stop words and punctuation, each once, at most 120. Words of several
 * characters come before single ones, so that the bound cuts what is searched least. Pure.
 */
export function searchTokens(text: string): string[] {
  const words = [...new Set(wordsOf(text))]
  return [...words.filter((w) => !isSingleHan(w)), ...words.filter(isSingleHan)].slice(0, MAX_TOKENS)
}

/**
 * Words that must all occur in a text that is searched for; empty when nothing searchable was typed. A single character counts
 * only when there is no longer word: where words are cut depends on the context, and one stray character would hide the text.
 */
export function queryTokens(text: string): string[] {
  const words = [...new Set(wordsOf(text))]
  const long = words.filter((w) => !isSingleHan(w))
  return (long.length > 0 ? long : words).slice(0, 20)
}

/** Words people use to ask, not what they ask about. */
const asking = new Set(['怎么', '怎样', '如何', '什么', '哪里', '哪些', '多少', '多久', '可以', '需要', '请问', '我想', '想要', '知道', '告诉', '一下', '办理', '问题', '你好', '您好', '谢谢', '是不是', '能不能', '有没有', '怎么办', '为什么', '哪儿', '的话'])

/** What a question in everyday words is about: its words without those of asking, unless nothing else was said. At most 40. */
export function askedWords(text: string): string[] {
  const words = searchTokens(text).slice(0, 40)
  const telling = words.filter((word) => !asking.has(word))
  return telling.length > 0 ? telling : words
}

/** The tokens of a query as `tsquery` text (`'路灯' & '维修'`), or null when there are none; cast it by `::tsquery`. */
export function toTsQuery(text: string): string | null {
  const tokens = queryTokens(text)
  return tokens.length === 0 ? null : tokens.map((t) => `'${t}'`).join(' & ')
}

// pinyin-pro is CommonJS-sized (1 MB of tables) and only some processes ever need it.
type PinyinPro = { pinyin: (text: string, options: { toneType: 'none'; type: 'array'; pattern?: 'first'; nonZh?: 'consecutive' | 'removed' }) => string[] }
let pinyinPro: PinyinPro | null = null
const load = createRequire(import.meta.url)

/** `grbr gongrebure`: initials and full pinyin of a name, lower case, for typing ahead by either; other letters stay as they are. */
export function pinyinKey(text: string): string {
  pinyinPro ??= load('pinyin-pro') as PinyinPro
  const clean = text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  if (clean === '') return ''
  const full = pinyinPro.pinyin(clean, { toneType: 'none', type: 'array' })
  const first = full.map((syllable) => syllable.slice(0, 1))
  return `${first.join('')} ${full.join('')}`
}

/** Words of a text in their order, stop words and repetitions kept, punctuation left out: for counting and learning. Pure. */
export function allWords(text: string): string[] {
  return cutter()
    .cut(text.normalize('NFKC').toLowerCase(), true)
    .filter((word) => WORD.test(word) && word.length <= MAX_LENGTH)
}

/** Words of a text in their order as the dictionary alone cuts it: characters it has no word for stand single. Marks are kept. Pure. */
export const dictionaryWords = (text: string): string[] => cutter().cut(text, false)

/** The reading of each character without tones; characters that have none are left as they are. Pure. */
export function syllables(text: string): string[] {
  pinyinPro ??= load('pinyin-pro') as PinyinPro
  return pinyinPro.pinyin(text, { toneType: 'none', type: 'array' })
}

/** Words of the dictionary with at least this frequency and 2 to 4 characters, with it: for telling a slip of the pen. Reads 5 MB. */
export function commonWords(least: number): Map<string, number> {
  const found = new Map<string, number>()
  for (const line of Buffer.from(dict).toString('utf8').split('\n')) {
    const [word = '', count = '0'] = line.split(' ')
    if (word.length >= 2 && word.length <= 4 && Number(count) >= least) found.set(word, Number(count))
  }
  return found
}
