// What a text looks like to the learners: hashed character sequences and words, each field in a namespace of its own.
import { allWords } from '../../../kernel/text/index.ts'

/** Sorted distinct feature numbers with their weights. */
export type Sparse = { at: Uint32Array; weight: Float32Array }
/** A text of a subject; `whole`: a fact (an area, a matter) that counts only as it stands, never in pieces. */
export type Field = { name: string; text: string; whole?: true; most?: number }

export const FEATURE_BITS = 18
const FEATURES = 1 << FEATURE_BITS

function hash(text: string, seed: number): number {
  let h = seed
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return (h ^ (h >>> 13)) >>> 0
}

const seedOf = (name: string): number => hash(name, 2166136261)

/** Digits say little by themselves: all become one sign. */
const clean = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[0-9]+/g, '0').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()

function count(into: Map<number, number>, key: number): void {
  const at = key & (FEATURES - 1)
  into.set(at, (into.get(at) ?? 0) + 1)
}

type FeatureOptions = { grams: [number, number]; words: boolean; pairs: boolean }
/** Chosen on the validation part of real messages: longer sequences gained nothing, words with their neighbours did. */
const usualFeatures: FeatureOptions = { grams: [1, 2], words: true, pairs: true }

/** Counts of hashed features of a text's fields; logarithmic, not yet weighted by rarity. Pure. */
export function countFeatures(fields: readonly Field[], options: FeatureOptions = usualFeatures): Sparse {
  const counts = new Map<number, number>()
  for (const { name, text, whole, most = 2000 } of fields) {
    if (whole) {
      if (text !== '') count(counts, hash(text, seedOf(`${name}.f`)))
      continue
    }
    const [grams, words, pairs] = [seedOf(`${name}.g`), seedOf(`${name}.w`), seedOf(`${name}.p`)]
    const cut = text.slice(0, most)
    for (const run of clean(cut).split(' '))
      for (let n = options.grams[0]; n <= options.grams[1]; n++) for (let at = 0; at + n <= run.length; at++) count(counts, hash(run.slice(at, at + n), grams + n))
    if (options.words) {
      const list = allWords(cut)
      for (const word of list) if (word.length > 1) count(counts, hash(word, words))
      if (options.pairs) for (let at = 1; at < list.length; at++) count(counts, hash(`${list[at - 1]} ${list[at]}`, pairs))
    }
  }
  const at = Uint32Array.from(counts.keys()).sort()
  return { at, weight: Float32Array.from(at, (key) => 1 + Math.log(counts.get(key) ?? 1)) }
}

/** How rare each feature is among the given texts: ln((1+n)/(1+df)) + 1, and 0 for features in fewer than `least` texts. */
export function rarity(texts: readonly Sparse[], least = 3): Float32Array {
  const df = new Uint32Array(FEATURES)
  for (const { at } of texts) for (const key of at) df[key]! += 1
  return Float32Array.from(df, (n) => (n < least ? 0 : Math.log((1 + texts.length) / (1 + n)) + 1))
}

/** The number of a word of the text in a field, for saying which words told. */
export const wordFeature = (field: string, word: string): number => hash(word, seedOf(`${field}.w`)) & (FEATURES - 1)

/** Rows of features one after the other: row i lies between `start[i]` and `start[i + 1]`. */
export type Matrix = { rows: number; start: Uint32Array; at: Uint32Array; weight: Float32Array }

export function matrixOf(texts: readonly Sparse[]): Matrix {
  const start = new Uint32Array(texts.length + 1)
  texts.forEach((text, i) => { start[i + 1] = start[i]! + text.at.length })
  const [at, weight] = [new Uint32Array(start[texts.length]!), new Float32Array(start[texts.length]!)]
  texts.forEach((text, i) => {
    at.set(text.at, start[i])
    weight.set(text.weight, start[i])
  })
  return { rows: texts.length, start, at, weight }
}

/** Weighted by rarity, unknown features left out, brought to length 1. */
export function weigh(text: Sparse, idf: Float32Array): Sparse {
  let [kept, length] = [0, 0]
  for (let i = 0; i < text.at.length; i++) {
    const w = idf[text.at[i]!]! * text.weight[i]!
    if (w > 0) {
      kept += 1
      length += w * w
    }
  }
  const [at, weight, by] = [new Uint32Array(kept), new Float32Array(kept), 1 / Math.sqrt(length || 1)]
  for (let i = 0, to = 0; i < text.at.length; i++) {
    const w = idf[text.at[i]!]! * text.weight[i]!
    if (w > 0) {
      at[to] = text.at[i]!
      weight[to++] = w * by
    }
  }
  return { at, weight }
}
