// Polarity and strength of what somebody says, from words of feeling, what denies and what strengthens them (AI-26). Pure; it shows the words it went by.
import { deniers, feelings, ironies, stronger } from './emotion-words.zh-CN.ts'

export const polarities = ['negative', 'neutral', 'positive'] as const
export type Polarity = (typeof polarities)[number]
export type Emotion = { polarity: Polarity; /** 0 none, 1 light, 2 clear, 3 strong. */ strength: 0 | 1 | 2 | 3; confidence: number; /** As they stand in the text, the heaviest first. */ words: string[]; /** Praise that is none: a person should read it. */ ironic: boolean }
/** Own words of the site: below zero for displeasure. */
export type FeelingWord = { word: string; weight: number }

const NEAR = 3
const MOST = 5000
const shipped: readonly FeelingWord[] = feelings.flatMap(([words, weight]) => words.split(' ').map((word) => ({ word, weight })))
/** Longer deniers first, so that 没有 is not read as 没. */
const denies = deniers.toSorted((a, b) => b.length - a.length)

/** What stands right before a word within its own clause. */
const before = (text: string, at: number): string => text.slice(Math.max(0, at - NEAR - 2), at).split(/[，。！？；、,!?;\s]/).at(-1) ?? ''

const courtesies = new Set(['谢谢', '感谢'])
const mark = /^$|[，。！？；、,.!?;\s]/
const standsAlone = (text: string, at: number, word: string): boolean => mark.test(text.slice(Math.max(0, at - 1), at)) && mark.test(text.slice(at + word.length, at + word.length + 1))

export function emotionOf(given: string, own: readonly FeelingWord[] = []): Emotion {
  const text = given.slice(0, MOST)
  const known = [...own, ...shipped].toSorted((a, b) => b.word.length - a.word.length)
  const taken = new Uint8Array(text.length)
  const found: { word: string; score: number }[] = []
  for (const { word, weight } of known)
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
      if (taken[at]) continue
      taken.fill(1, at, at + word.length)
      // 谢谢 as a clause of its own ends a request and praises nobody.
      if (courtesies.has(word) && standsAlone(text, at, word)) continue
      const lead = before(text, at)
      const denier = denies.find((one) => lead.slice(-NEAR - one.length).includes(one))
      // 非常 and 无比 strengthen although 非 and 无 deny.
      const strong = stronger.find((one) => lead.endsWith(one))
      const denied = denier !== undefined && strong?.includes(denier) !== true
      // Who is not satisfied is displeased; who is not angry is merely calm.
      const score = (denied ? (weight > 0 ? -weight : -weight * 0.2) : weight) * (strong ? 1.5 : 1)
      found.push({ word: `${denied ? denier : strong ?? ''}${word}`, score })
    }
  const ironic = ironies.some((one) => one.test(text))
  const marks = /[!！?？]{2,}/.test(text) ? 1 : 0
  const sum = found.reduce((total, one) => total + (ironic && one.score > 0 ? -one.score : one.score), ironic ? -1 : 0)
  const total = sum < 0 ? sum - marks : sum
  const polarity: Polarity = total <= -1.5 ? 'negative' : total >= 1.5 ? 'positive' : 'neutral'
  const size = Math.abs(total)
  const sure = polarity === 'neutral' ? 1 / (1 + size) : 1 - Math.exp(-size / 3)
  return { polarity, strength: polarity === 'neutral' ? 0 : size < 3 ? 1 : size < 6 ? 2 : 3, confidence: Math.round((ironic ? sure * 0.6 : sure) * 100) / 100, words: found.toSorted((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, 6).map((one) => one.word), ironic }
}
