// Which of many appeals speak of one event: texts weighed by rarity, near in place and time, gathered around what they have in common (AI-09, AI-30). Pure.
import { allWords } from '../../../kernel/text/index.ts'

export type Told = { id: string; title: string; text: string; /** Area code; appeals of different districts are never one event. */ area: string | null; /** Milliseconds. */ at: number }
export type Cluster = { members: { id: string; /** Likeness to what all have in common, 0 to 1. */ score: number }[]; keywords: string[] }
/** Of the word store: hot words join appeals more, stop words not at all. */
type StoreWords = { hot: readonly string[]; stop: ReadonlySet<string> }
export type ClusterOptions = { like?: number; withinMs?: number; least?: number; words?: StoreWords }

type Vector = Map<string, number>
type Group = { area: string | null; first: number; last: number; sum: Vector; length: number; items: { id: string; vector: Vector; at: number }[] }

const DISTRICT = 6
const MOST_TERMS = 60
/** A word in more texts than this share (and than a few) finds no candidates: it only counts in the comparison. */
const COMMON = 0.05
const FEW = 50
const DAY = 86_400_000

const HOT = 3
const termsOf = ({ title, text }: Told, words: StoreWords): Map<string, number> => {
  const counts = new Map<string, number>()
  // The dictionary may not know the name of an event: hot words are looked for as they stand.
  for (const word of words.hot) if (title.includes(word) || text.includes(word)) counts.set(word, HOT)
  for (const [part, weight] of [[title, 2], [text.slice(0, 1500), 1]] as const) for (const word of allWords(part)) if ((word.length >= 2 || /\d/.test(word)) && !words.stop.has(word)) counts.set(word, (counts.get(word) ?? 0) + weight)
  return counts
}

function vectorsOf(told: readonly Told[], words: StoreWords): { vectors: Vector[]; tells: (term: string) => boolean } {
  const terms = told.map((one) => termsOf(one, words))
  const df = new Map<string, number>()
  for (const own of terms) for (const term of own.keys()) df.set(term, (df.get(term) ?? 0) + 1)
  const tells = (term: string): boolean => (df.get(term) ?? 0) <= Math.max(FEW, told.length * COMMON)
  const vectors = terms.map((own) => {
    const weighed = [...own].map(([term, n]): [string, number] => [term, (1 + Math.log(n)) * Math.log((told.length + 1) / ((df.get(term) ?? 0) + 0.5))]).filter(([, w]) => w > 0).toSorted((a, b) => b[1] - a[1]).slice(0, MOST_TERMS)
    const length = Math.sqrt(weighed.reduce((sum, [, w]) => sum + w * w, 0)) || 1
    return new Map(weighed.map(([term, w]) => [term, w / length]))
  })
  return { vectors, tells }
}

/** Cosine with the sum of a group's vectors. */
function likeness(vector: Vector, group: Group): number {
  let dot = 0
  for (const [term, weight] of vector) dot += weight * (group.sum.get(term) ?? 0)
  return dot / (group.length || 1)
}

function take(group: Group, item: Group['items'][number], sign: 1 | -1): void {
  for (const [term, weight] of item.vector) group.sum.set(term, (group.sum.get(term) ?? 0) + sign * weight)
  group.length = Math.sqrt([...group.sum.values()].reduce((sum, w) => sum + w * w, 0))
  if (sign === 1) {
    group.items.push(item)
    group.first = Math.min(group.first, item.at)
    group.last = Math.max(group.last, item.at)
  } else group.items.splice(group.items.indexOf(item), 1)
}

const fits = (one: Told, group: Group, withinMs: number): boolean =>
  (one.area === null || group.area === null || one.area.slice(0, DISTRICT) === group.area.slice(0, DISTRICT)) && one.at - group.first <= withinMs && group.last - one.at <= withinMs

/**
 * Groups of at least `least` appeals, the largest first. In the order of time each goes to the nearest group that is like enough, else begins
 * one; then each is looked at once more, so that what came before its event was known finds it.
 */
export function clustersOf(list: readonly Told[], { like = LIKE, withinMs = 7 * DAY, least = 5, words = { hot: [], stop: new Set() } }: ClusterOptions = {}): Cluster[] {
  const told = list.toSorted((a, b) => a.at - b.at)
  const { vectors, tells } = vectorsOf(told, words)
  const groups: Group[] = []
  const byTerm = new Map<string, Set<Group>>()
  const homes = new Map<string, Group>()
  const nearest = (one: Told, vector: Vector): Group | null => {
    const candidates = new Set<Group>()
    for (const term of vector.keys()) if (tells(term)) for (const group of byTerm.get(term) ?? []) candidates.add(group)
    let [best, score]: [Group | null, number] = [null, like]
    for (const group of candidates) {
      if (group.items.length === 0 || !fits(one, group, withinMs)) continue
      const now = likeness(vector, group)
      if (now >= score) [best, score] = [group, now]
    }
    return best
  }
  const settle = (one: Told, vector: Vector): void => {
    const group: Group = nearest(one, vector) ?? { area: one.area, first: one.at, last: one.at, sum: new Map(), length: 0, items: [] }
    if (group.items.length === 0) groups.push(group)
    take(group, { id: one.id, vector, at: one.at }, 1)
    homes.set(one.id, group)
    for (const term of vector.keys()) if (tells(term)) byTerm.set(term, (byTerm.get(term) ?? new Set()).add(group))
  }
  told.forEach((one, i) => settle(one, vectors[i]!))
  told.forEach((one, i) => {
    const home = homes.get(one.id)
    const item = home?.items.find((held) => held.id === one.id)
    if (!home || !item) return
    take(home, item, -1)
    settle(one, vectors[i]!)
  })
  return groups.filter((group) => group.items.length >= least).toSorted((a, b) => b.items.length - a.items.length).map((group) => ({
    members: group.items.map(({ id, vector }) => ({ id, score: Math.round(likeness(vector, group) * 1000) / 1000 })).toSorted((a, b) => b.score - a.score),
    keywords: [...group.sum].filter(([term]) => !/^\d+$/.test(term)).toSorted((a, b) => b[1] - a[1]).slice(0, 5).map(([term]) => term),
  }))
}

/** Chosen on one half of the planted events of the bench; the figures are of the other half. */
const LIKE = 0.26
