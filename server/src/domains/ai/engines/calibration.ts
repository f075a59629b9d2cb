// From scores to chances: one temperature, and the confidence from which a wanted share of the answers is right.

/** Chances of all classes: a softmax over the scores times `sharpness`. */
export function chances(scores: ArrayLike<number>, sharpness: number): Float64Array {
  let top = -Infinity
  for (let c = 0; c < scores.length; c++) top = Math.max(top, scores[c]!)
  const out = new Float64Array(scores.length)
  let sum = 0
  for (let c = 0; c < scores.length; c++) sum += out[c] = Math.exp((scores[c]! - top) * sharpness)
  for (let c = 0; c < out.length; c++) out[c]! /= sum
  return out
}

/** Few held-out texts that happen to be right would make a model look sure: a usual sharpness counts as much as some of them. */
const USUAL = Math.log(3)
const DOUBT = 4

/** The sharpness under which the right classes of held-out texts are likeliest (golden section on the logarithm, 0.1 to 100). */
export function fitSharpness(scores: readonly Float32Array[], gold: readonly number[]): number {
  const loss = (log: number): number => DOUBT * (log - USUAL) ** 2 + scores.reduce((sum, row, i) => sum - Math.log(Math.max(1e-12, chances(row, Math.exp(log))[gold[i]!] ?? 0)), 0)
  let [low, high] = [Math.log(0.1), Math.log(100)]
  const ratio = (Math.sqrt(5) - 1) / 2
  for (let step = 0; step < 25; step++) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)]
    if (loss(a) < loss(b)) high = b
    else low = a
  }
  return Math.exp((low + high) / 2)
}

export type Judged = { confidence: number; right: boolean }

/** The lowest confidence from which on at least `precision` of the answers are right, judged on held-out texts; 1.01 (nothing passes) where none does. */
export function thresholdFor(answers: readonly Judged[], precision: number): number {
  const sorted = answers.toSorted((a, b) => b.confidence - a.confidence)
  let [right, best] = [0, 1.01]
  sorted.forEach((one, i) => {
    right += one.right ? 1 : 0
    if (right / (i + 1) >= precision && sorted[i + 1]?.confidence !== one.confidence) best = one.confidence
  })
  return best
}

/** Share of answers at or above the threshold, and how many of these are right. */
export function coverage(answers: readonly Judged[], threshold: number): { covered: number; precision: number } {
  const over = answers.filter((one) => one.confidence >= threshold)
  return { covered: answers.length === 0 ? 0 : over.length / answers.length, precision: over.length === 0 ? 1 : over.filter((one) => one.right).length / over.length }
}
