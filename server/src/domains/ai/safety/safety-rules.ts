// Classes of unfit text in a text: words of the program and of the site's store, an intent beside the thing, personal data (AI-53). Pure.
import { findWords, matcherOf, plainWord, type WordHit } from '../../platform/index.ts'
import { elementsIn } from '../engines/elements.ts'
import { harmless, offers, safetyClasses, safetyRules, type Decision, type SafetyClass, type SafetyRule, type Scene } from './safety-words.zh-CN.ts'

export const strictnesses = ['off', 'mild', 'strict'] as const
export type Strictness = (typeof strictnesses)[number]
export type SafetyHit = { class: SafetyClass; word: string; from: number; to: number; decision: Exclude<Decision, 'pass'>; sentence: string; why: string }

const MOST = 20_000
const entriesOf = (words: string, rule: SafetyRule) => words.split(' ').map((word) => ({ word, excepts: [], rule }))
const things = matcherOf(safetyRules.flatMap((rule) => entriesOf(rule.things, rule)))
const ends = /[。！？!?；;\n]/

function sentenceAt(text: string, from: number, to: number): string {
  let [begin, end] = [from, to]
  while (begin > 0 && !ends.test(text.charAt(begin - 1))) begin--
  while (end < text.length && !ends.test(text.charAt(end))) end++
  return text.slice(begin, end)
}

/** Rules and words of the program; one that is only told of (reported, forbidden) counts where the scene is strict. */
function shippedHits(text: string, strict: boolean): SafetyHit[] {
  return findWords(text, things).flatMap(({ entry: { word, rule }, from, to }): SafetyHit[] => {
    const sentence = plainWord(sentenceAt(text, from, to))
    const intent = rule.intent?.split(' ').find((one) => sentence.includes(plainWord(one)))
    if (rule.intent && intent === undefined) return []
    const told = harmless.some((one) => sentence.includes(one)) && !offers.some((one) => sentence.includes(one))
    if (told && !strict) return []
    return [{ class: rule.class, word, from, to, decision: told ? 'review' : 'block', sentence, why: told ? '提到但像是反映或制止' : intent ? `与“${intent}”同句` : '词语' }]
  })
}

const byName = new Map(Object.entries(safetyClasses).map(([code, name]) => [name, code as SafetyClass]))
const isClass = (category: string): SafetyClass => [...byName].find(([name]) => category.includes(name))?.[1] ?? (category in safetyClasses ? (category as SafetyClass) : 'other')

/** Words the site holds: high and ungraded ones are blocked, medium ones too except in a reply, low ones are read by a person (blocked where strict). */
function ownHits(text: string, scene: Scene, strict: boolean, words: readonly WordHit[]): SafetyHit[] {
  return words.map((hit) => {
    const firm = hit.grade === null || hit.grade === 'high' || (hit.grade === 'medium' && scene !== 'reply') || strict
    return { class: isClass(hit.category), word: hit.word, from: hit.from, to: hit.to, decision: firm ? 'block' : 'review', sentence: plainWord(sentenceAt(text, hit.from, hit.to)), why: hit.kindName }
  })
}

/** A citizen's own data are his; a machine never says any; a reply may name a contact but no number of a document or a bank card. */
function privacyHits(text: string, scene: Scene, strict: boolean): SafetyHit[] {
  if (scene === 'input') return []
  const hit = (raw: string, from: number, decision: SafetyHit['decision'], why: string): SafetyHit => ({ class: 'privacy', word: raw, from, to: from + raw.length, decision, sentence: '', why })
  const found = elementsIn(text, []).flatMap((one) => {
    if (one.kind === 'idNumber') return [hit(one.raw, one.at, scene === 'answer' ? 'mask' : 'block', '证件号')]
    if (one.kind === 'phone' && /^1\d{10}$/.test(one.value) && (scene === 'answer' || strict)) return [hit(one.raw, one.at, scene === 'answer' ? 'mask' : 'review', '手机号')]
    return []
  })
  const cards = [...text.matchAll(/(?<!\d)[3-6]\d{15,18}(?!\d)/g)].filter((m) => !found.some((one) => one.from <= m.index && m.index < one.to)).map((m) => hit(m[0], m.index, scene === 'answer' ? 'mask' : 'block', '卡号'))
  return [...found, ...cards]
}

/** What stands against the text, in its order. `words`: those of the site's store in it. */
export function safetyHits(given: string, of: { scene: Scene; strictness: Strictness; words: readonly WordHit[]; privacy: boolean }): SafetyHit[] {
  const text = given.slice(0, MOST)
  const strict = of.strictness === 'strict'
  const own = ownHits(text, of.scene, strict, of.words.filter((hit) => hit.to <= MOST))
  if (of.strictness === 'off') return own
  return [...own, ...shippedHits(text, strict), ...(of.privacy ? privacyHits(text, of.scene, strict) : [])].toSorted((a, b) => a.from - b.from)
}

const weight: Record<Decision, number> = { pass: 0, mask: 1, review: 2, block: 3 }
export const decisionOf = (hits: readonly SafetyHit[]): Decision => hits.reduce<Decision>((worst, hit) => (weight[hit.decision] > weight[worst] ? hit.decision : worst), 'pass')

/** The text with what is to be hidden replaced by signs of the same length. */
export const masked = (text: string, hits: readonly SafetyHit[]): string => hits.filter((hit) => hit.decision === 'mask').reduce((out, hit) => out.slice(0, hit.from) + '*'.repeat(hit.to - hit.from) + out.slice(hit.to), text)
