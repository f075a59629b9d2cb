// What was typed, as a question to the word index: spaces and sentences ask for all words, a semicolon for one or the other;
// synonyms stand beside the word they widen. Pure.
import { askedWords, queryTokens } from '../../../kernel/text/index.ts'

export type SynonymSet = { id: string; words: readonly string[]; oneWay: boolean }
/** All words of one of its ways must occur; the first way is what was typed. */
export type Term = { typed: string; ways: { words: string[]; synonym: string | null; setId: string | null }[] }
/** Terms that must all occur. */
export type Group = Term[]

const MAX_LENGTH = 200
const clean = (text: string): string => text.normalize('NFKC').toLowerCase().slice(0, MAX_LENGTH)

/** Words that say something of the matter; those of asking count only when nothing else was said. */
const telling = (text: string, stop: ReadonlySet<string>): string[] => {
  const asked = new Set(askedWords(text))
  const all = queryTokens(text)
  const said = all.filter((word) => !stop.has(word))
  const words = said.length > 0 ? said : all
  const kept = words.filter((word) => asked.has(word))
  return kept.length > 0 ? kept : words
}

/** The other words of the sets in which a word stands; a one-way set widens its first word only. */
function othersOf(word: string, sets: readonly SynonymSet[]): { word: string; setId: string }[] {
  return sets.flatMap((set) => {
    const words = set.words.map(clean)
    const at = words.indexOf(word)
    return at === -1 || (set.oneWay && at > 0) ? [] : words.filter((_, i) => i !== at).map((other) => ({ word: other, setId: set.id }))
  })
}

function groupOf(text: string, sets: readonly SynonymSet[], stop: ReadonlySet<string>): Group {
  // Longest first: 最低生活保障 is one word of a set, not three words of the dictionary.
  const known = [...new Set(sets.flatMap((set) => (set.oneWay ? set.words.slice(0, 1) : set.words)).map(clean))].filter((word) => word.length > 1).toSorted((a, b) => b.length - a.length)
  const terms: Group = []
  let rest = text
  for (const word of known) {
    if (!rest.includes(word)) continue
    rest = rest.replaceAll(word, ' ')
    const typed = { words: queryTokens(word), synonym: null, setId: null }
    terms.push({ typed: word, ways: [typed, ...othersOf(word, sets).map((other) => ({ words: queryTokens(other.word), synonym: other.word, setId: other.setId }))].filter((way) => way.words.length > 0) })
  }
  for (const word of telling(rest, stop)) terms.push({ typed: word, ways: [{ words: [word], synonym: null, setId: null }] })
  return terms.filter((term) => term.ways.length > 0)
}

/** `stop`: words of the store that say nothing here. */
export function parseQuery(text: string, sets: readonly SynonymSet[] = [], stop: ReadonlySet<string> = new Set()): Group[] {
  return clean(text).split(/[;；]/).map((part) => groupOf(part, sets, stop)).filter((group) => group.length > 0)
}

const quote = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
const all = (words: readonly string[]): string => `(${words.map(quote).join(' & ')})`

/** `tsquery` text: every term of a group, in one of its ways. */
export const strictQuery = (groups: readonly Group[]): string => groups.map((group) => `(${group.map((term) => `(${term.ways.map((way) => all(way.words)).join(' | ')})`).join(' & ')})`).join(' | ')

/** Any term, in any of its ways: for ranking by how much of the question occurs. */
export const looseQuery = (groups: readonly Group[]): string => groups.flat().flatMap((term) => term.ways.map((way) => all(way.words))).join(' | ')

/** All words that a hit may show, longest first. */
export const shownWords = (groups: readonly Group[]): string[] => [...new Set(groups.flat().flatMap((term) => [term.typed, ...term.ways.flatMap((way) => [...(way.synonym ? [way.synonym] : []), ...way.words])]))].toSorted((a, b) => b.length - a.length)

/** Terms whose subsets are still few enough to be written down. */
const MOST_EXACT = 6

const weightOf = (term: Term): number => Math.min(4, term.typed.length)
const anyWay = (term: Term): string => `(${term.ways.map((way) => all(way.words)).join(' | ')})`

/** A term and its weight as a share of its group, as `tsquery`: what a text has of it adds up to how much of the question it holds. */
export const sharesOf = (groups: readonly Group[]): { query: string; share: number }[][] => groups.map((group) => {
  const whole = group.reduce((sum, term) => sum + weightOf(term), 0)
  return group.map((term) => ({ query: anyWay(term), share: weightOf(term) / whole }))
})

/**
 * `tsquery` text that every text with at least half of a group fulfils, so that the index and not the ranking passes over the rest.
 * Few terms: every smallest set of terms that makes a half. Many: whoever holds half of them holds one of any majority of them, so
 * one of two majorities that overlap as little as can be.
 */
export function halfQuery(groups: readonly Group[]): string {
  return groups.map((group) => (group.length <= MOST_EXACT ? halves(group).map((terms) => `(${terms.map(anyWay).join(' & ')})`).join(' | ') : majorities(group).map((terms) => `(${terms.map(anyWay).join(' | ')})`).join(' & '))).map((query) => `(${query})`).join(' | ')
}

function halves(group: Group): Group[] {
  const need = group.reduce((sum, term) => sum + weightOf(term), 0) / 2
  const found: Group[] = []
  const sorted = group.toSorted((a, b) => weightOf(b) - weightOf(a))
  const walk = (from: number, held: Group, weight: number): void => {
    if (weight >= need) return void found.push(held)
    for (let at = from; at < sorted.length; at++) {
      const term = sorted[at]
      if (term) walk(at + 1, [...held, term], weight + weightOf(term))
    }
  }
  walk(0, [], 0)
  return found
}

/** The longest words until they outweigh the rest, and the shortest likewise: long words are rare, so the first one decides. */
function majorities(group: Group): Group[] {
  const half = group.reduce((sum, term) => sum + weightOf(term), 0) / 2
  const until = (terms: Group): Group => {
    let weight = 0
    return terms.filter((term) => weight <= half && (weight += weightOf(term)) > 0)
  }
  const sorted = group.toSorted((a, b) => b.typed.length - a.typed.length)
  return [until(sorted), until(sorted.toReversed())]
}
const clean2 = (text: string): string => text.normalize('NFKC').toLowerCase()

export type Found = { words: string[]; synonyms: { typed: string; synonym: string; setId: string }[] }

/** Which of the words occur in what is shown, and which synonyms led there where the typed word does not occur. */
export function foundIn(groups: readonly Group[], text: string): Found {
  const inside = clean2(text)
  const words = new Set<string>()
  const synonyms: Found['synonyms'] = []
  for (const term of groups.flat()) {
    const way = term.ways.find((one) => one.words.every((word) => inside.includes(word)))
    if (!way) continue
    const whole = way.synonym ?? term.typed
    for (const word of inside.includes(whole) ? [whole] : way.words) words.add(word)
    if (way.synonym && way.setId) synonyms.push({ typed: term.typed, synonym: way.synonym, setId: way.setId })
  }
  return { words: [...words].toSorted((a, b) => b.length - a.length), synonyms }
}

/** The part of a passage around its hits, at most `length` characters. */
export function excerptOf(text: string, words: readonly string[], length = 120): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  if (flat.length <= length) return flat
  const lower = flat.toLowerCase()
  const places = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0)
  const from = Math.max(0, Math.min((places.length > 0 ? Math.min(...places) : 0) - 20, flat.length - length))
  return `${from > 0 ? '…' : ''}${flat.slice(from, from + length)}${from + length < flat.length ? '…' : ''}`
}
