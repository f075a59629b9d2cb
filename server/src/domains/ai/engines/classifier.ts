// One classifier for every task over texts: trained, calibrated, packed into a file of bounded size, read again (AI-06).
import { gunzipSync, gzipSync } from 'node:zlib'
import { allWords } from '../../../kernel/text/index.ts'
import { chances, fitSharpness, thresholdFor, type Judged } from './calibration.ts'
import { countFeatures, FEATURE_BITS, matrixOf, rarity, weigh, wordFeature, type Field, type Sparse } from './features.ts'
import { seeded, solve } from './linear.ts'

const FEATURES = 1 << FEATURE_BITS

export type Sample = { fields: readonly Field[]; label: string; /** Texts of one group (duplicates) never stand on both sides of a split. */ group?: string }
export type Candidate = { value: string; confidence: number; evidence: string[] }

/** Weights lie feature by feature: the classes of feature f between `start[f]` and `start[f + 1]`. */
export type Classifier = {
  labels: string[]
  idf: Float32Array
  start: Uint32Array
  classAt: Uint16Array
  weight: Int16Array
  scale: Float32Array
  bias: Float32Array
  sharpness: number
  /** Confidence from which `precision` of the held-out answers were right. */
  threshold: number
  precision: number
  trainedOn: number
}

export type TrainOptions = { cost?: number; seed?: number; precision?: number; heldOut?: number; maxWeights?: number; onProgress?: (share: number) => void }

/** 3 million weights of 2 + 2 bytes and two tables of the features stay below 16 MB before packing. */
const MAX_WEIGHTS = 3_000_000

/** Numbers of the samples for training and for holding out: the same share of every label, groups kept together. Pure. */
export function splitSamples(samples: readonly Pick<Sample, 'label' | 'group'>[], share: number, seed: number): { train: number[]; held: number[] } {
  const random = seeded(seed)
  const groups = new Map<string, number[]>()
  samples.forEach((one, i) => {
    const key = one.group ?? `#${i}`
    const held = groups.get(key)
    if (held) held.push(i)
    else groups.set(key, [i])
  })
  const byLabel = new Map<string, { at: number; ids: number[] }[]>()
  for (const ids of groups.values()) {
    const label = samples[ids[0]!]!.label
    byLabel.set(label, [...(byLabel.get(label) ?? []), { at: random(), ids }])
  }
  const [train, held]: [number[], number[]] = [[], []]
  for (const list of byLabel.values()) {
    const wanted = list.reduce((n, one) => n + one.ids.length, 0) * share
    let taken = 0
    for (const { ids } of list.toSorted((a, b) => a.at - b.at)) {
      if (taken + ids.length / 2 <= wanted) {
        held.push(...ids)
        taken += ids.length
      } else train.push(...ids)
    }
  }
  return { train, held }
}

function machines(counted: readonly Sparse[], gold: Uint16Array, rows: readonly number[], labels: string[], options: TrainOptions, done: (share: number) => void): Classifier {
  const idf = rarity(rows.map((i) => counted[i]!))
  const matrix = matrixOf(rows.map((i) => weigh(counted[i]!, idf)))
  const scale = new Float32Array(labels.length)
  const bias = new Float32Array(labels.length)
  // An equal share of the room for every class, so that rare classes keep theirs.
  const room = Math.floor((options.maxWeights ?? MAX_WEIGHTS) / labels.length)
  const kept: { at: Uint32Array; value: Int16Array }[] = []
  const perFeature = new Uint32Array(FEATURES + 1)
  for (const [c] of labels.entries()) {
    const w = solve(matrix, Uint8Array.from(rows, (i) => (gold[i] === c ? 1 : 0)), { cost: options.cost ?? 4, seed: options.seed ?? 1 })
    bias[c] = w[FEATURES]!
    const sizes = w.subarray(0, FEATURES).filter((v) => v !== 0).map(Math.abs).sort()
    const most = sizes.at(-1) ?? 1
    const least = sizes.length > room ? sizes[sizes.length - room]! : 0
    scale[c] = most / 32_767
    const at: number[] = []
    for (let f = 0; f < FEATURES; f++) if (w[f] !== 0 && Math.abs(w[f]!) >= least && Math.round(w[f]! / scale[c]!) !== 0) at.push(f)
    kept.push({ at: Uint32Array.from(at), value: Int16Array.from(at, (f) => Math.round(w[f]! / scale[c]!)) })
    for (const f of at) perFeature[f + 1]! += 1
    done((c + 1) / labels.length)
  }
  for (let f = 0; f < FEATURES; f++) perFeature[f + 1]! += perFeature[f]!
  const [next, total] = [perFeature.slice(), perFeature[FEATURES]!]
  const [classAt, weight] = [new Uint16Array(total), new Int16Array(total)]
  kept.forEach(({ at, value }, c) => at.forEach((f, k) => {
    const to = next[f]!++
    classAt[to] = c
    weight[to] = value[k]!
  }))
  return { labels, idf, start: perFeature, classAt, weight, scale, bias, sharpness: 4, threshold: 1.01, precision: options.precision ?? 0.95, trainedOn: rows.length }
}

/** Scores of all classes of a weighed text. */
export function scoresOf(model: Classifier, text: Sparse): Float32Array {
  const raw = new Float64Array(model.labels.length)
  for (let k = 0; k < text.at.length; k++) for (let j = model.start[text.at[k]!]!; j < model.start[text.at[k]! + 1]!; j++) raw[model.classAt[j]!]! += model.weight[j]! * text.weight[k]!
  return Float32Array.from(raw, (sum, c) => sum * model.scale[c]! + model.bias[c]!)
}

const top = (values: Float64Array): number => values.reduce((best, v, i) => (v > values[best]! ? i : best), 0)

/**
 * Learns from samples of at least two labels. A part is held out first to find how sure a score is, then everything is learnt from.
 * Runs long: call it in a worker thread. @throws where fewer than two labels are given
 */
export function trainClassifier(samples: readonly Sample[], options: TrainOptions = {}): Classifier {
  const labels = [...new Set(samples.map((s) => s.label))].toSorted()
  if (labels.length < 2) throw new Error('a classifier needs at least two labels')
  const number = new Map(labels.map((label, i) => [label, i]))
  const counted = samples.map((s) => countFeatures(s.fields))
  const gold = Uint16Array.from(samples, (s) => number.get(s.label)!)
  const progress = options.onProgress ?? (() => undefined)
  const { train, held } = splitSamples(samples, options.heldOut ?? 0.15, options.seed ?? 1)
  const trial = machines(counted, gold, train, labels, options, (share) => progress(share / 2))
  const scores = held.map((i) => scoresOf(trial, weigh(counted[i]!, trial.idf)))
  const sharpness = fitSharpness(scores, held.map((i) => gold[i]!))
  const judged = scores.map((row, j): Judged => {
    const chance = chances(row, sharpness)
    const best = top(chance)
    return { confidence: chance[best]!, right: best === gold[held[j]!] }
  })
  const all = machines(counted, gold, samples.map((_, i) => i), labels, options, (share) => progress(0.5 + share / 2))
  return { ...all, sharpness, threshold: thresholdFor(judged, all.precision) }
}

/** The likeliest labels of a text, surest first, each with the words that told most. An empty text has none. Pure. */
export function classify(model: Classifier, fields: readonly Field[], most = 3, allowed: (label: string) => boolean = () => true): Candidate[] {
  if (fields.every((f) => f.text.trim() === '')) return []
  const text = weigh(countFeatures(fields), model.idf)
  if (text.at.length === 0) return []
  const chance = chances(scoresOf(model, text), model.sharpness)
  const ranked = model.labels.map((value, c) => ({ value, c, confidence: chance[c]! })).filter((one) => allowed(one.value)).toSorted((a, b) => b.confidence - a.confidence).slice(0, most)
  return ranked.map(({ value, c, confidence }) => ({ value, confidence: Math.round(confidence * 1000) / 1000, evidence: tellingWords(model, fields, c) }))
}

function tellingWords(model: Classifier, fields: readonly Field[], c: number): string[] {
  const found = new Map<string, number>()
  for (const { name, text } of fields.filter((f) => !f.whole))
    for (const word of new Set(allWords(text.slice(0, 500)))) {
      if (word.length < 2 || /^\d+$/.test(word)) continue
      const f = wordFeature(name, word)
      for (let j = model.start[f]!; j < model.start[f + 1]!; j++) if (model.classAt[j] === c) found.set(word, (found.get(word) ?? 0) + model.weight[j]! * model.idf[f]!)
    }
  return [...found].filter(([, w]) => w > 0).toSorted((a, b) => b[1] - a[1]).slice(0, 3).map(([word]) => word)
}

const MAGIC = 'minsheng-linear-1'
const parts = ['idf', 'start', 'classAt', 'weight', 'scale', 'bias'] as const

/** The file of a model: a line of JSON and the numbers, compressed. */
export function packClassifier(model: Classifier): Buffer {
  const { labels, sharpness, threshold, precision, trainedOn } = model
  const head = Buffer.from(`${JSON.stringify({ magic: MAGIC, labels, sharpness, threshold, precision, trainedOn, lengths: parts.map((p) => model[p].length) })}\n`)
  const body = parts.map((p) => Buffer.from(model[p].buffer, model[p].byteOffset, model[p].byteLength))
  return gzipSync(Buffer.concat([head, ...body]), { level: 3 })
}

type Head = { magic: string; labels: string[]; sharpness: number; threshold: number; precision: number; trainedOn: number; lengths: number[] }

/** @throws where the bytes are no model of this kind */
export function unpackClassifier(bytes: Uint8Array): Classifier {
  const raw = gunzipSync(bytes, { maxOutputLength: 64 * 1024 * 1024 })
  const end = raw.indexOf(10)
  const head = JSON.parse(raw.subarray(0, end).toString('utf8')) as Head // checked by its magic
  if (head.magic !== MAGIC) throw new Error('not a model of this kind')
  let from = end + 1
  const part = (at: number, bytesEach: number): ArrayBuffer => {
    const length = (head.lengths[at] ?? 0) * bytesEach
    const copy = new Uint8Array(raw.subarray(from, from + length)).buffer
    from += length
    return copy
  }
  return {
    labels: head.labels, sharpness: head.sharpness, threshold: head.threshold, precision: head.precision, trainedOn: head.trainedOn,
    idf: new Float32Array(part(0, 4)), start: new Uint32Array(part(1, 4)), classAt: new Uint16Array(part(2, 2)), weight: new Int16Array(part(3, 2)), scale: new Float32Array(part(4, 4)), bias: new Float32Array(part(5, 4)),
  }
}
