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
const telling = (text: string): string[] => {
  const asked = new Set(askedWords(text))
  const words = queryTokens(text)
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

function groupOf(text: string, sets: readonly SynonymSet[]): Group {
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
  for (const word of telling(rest)) terms.push({ typed: word, ways: [{ words: [word], synonym: null, setId: null }] })
  return terms.filter((term) => term.ways.length > 0)
}

export function parseQuery(text: string, sets: readonly SynonymSet[] = []): Group[] {
  return clean(text).split(/[;；]/).map((part) => groupOf(part, sets)).filter((group) => group.length > 0)
}

const quote = (word: string): string => `'${word.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
const all = (words: readonly string[]): string => `(${words.map(quote).join(' & ')})`

/** `tsquery` text: every term of a group, in one of its ways. */
export const strictQuery = (groups: readonly Group[]): string => groups.map((group) => `(${group.map((term) => `(${term.ways.map((way) => all(way.words)).join(' | ')})`).join(' & ')})`).join(' | ')

/** Any term, in any of its ways: for ranking by how much of the question occurs. */
export const looseQuery = (groups: readonly Group[]): string => groups.flat().flatMap((term) => term.ways.map((way) => all(way.words))).join(' | ')

/** All words that a hit may show, longest first. */
export const shownWords = (groups: readonly Group[]): string[] => [...new Set(groups.flat().flatMap((term) => [term.typed, ...term.ways.flatMap((way) => [...(way.synonym ? [way.synonym] : []), ...way.words])]))].toSorted((a, b) => b.length - a.length)

/** How much of the best group occurs in a text, 0 to 1, long words counting more. */
export function shareFound(groups: readonly Group[], text: string): number {
  const inside = clean2(text)
  const weight = (term: Term): number => Math.min(4, term.typed.length)
  return Math.max(0, ...groups.map((group) => {
    const whole = group.reduce((sum, term) => sum + weight(term), 0)
    return whole === 0 ? 0 : group.reduce((sum, term) => sum + (term.ways.some((way) => way.words.every((word) => inside.includes(word))) ? weight(term) : 0), 0) / whole
  }))
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
