// Linear one-against-rest machines with squared hinge loss, solved by coordinate descent in the dual (Hsieh et al., ICML 2008).
import { FEATURE_BITS, type Matrix } from './features.ts'

const FEATURES = 1 << FEATURE_BITS

/** Numbers from a seed, the same on every machine (mulberry32). */
export function seeded(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = s
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

type SolveOptions = { cost?: number; rounds?: number; tolerance?: number; seed?: number; positiveCost?: number }

/**
 * Weights that tell the texts with `positive[i] === 1` from the rest; the last number is the constant term. Texts far from the border
 * leave the rounds early, so that hundreds of classes stay cheap.
 */
export function solve({ rows, start, at, weight }: Matrix, positive: Uint8Array, options: SolveOptions = {}): Float32Array {
  const { cost = 1, rounds = 20, tolerance = 0.1, seed = 1, positiveCost = 1 } = options
  const w = new Float32Array(FEATURES + 1)
  const alpha = new Float32Array(rows)
  const square = new Float32Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 1
    for (let k = start[i]!; k < start[i + 1]!; k++) sum += weight[k]! * weight[k]!
    square[i] = sum
  }
  const order = Uint32Array.from({ length: rows }, (_, i) => i)
  const random = seeded(seed)
  let active = rows
  let border = Infinity
  for (let round = 0; round < rounds; round++) {
    let [most, least] = [-Infinity, Infinity]
    for (let s = 0; s < active; s++) {
      const r = s + Math.floor(random() * (active - s))
      const i = order[r]!
      order[r] = order[s]!
      order[s] = i
    }
    for (let s = 0; s < active; s++) {
      const i = order[s]!
      const [from, to] = [start[i]!, start[i + 1]!]
      const y = positive[i] === 1 ? 1 : -1
      const diagonal = 0.5 / (y === 1 ? cost * positiveCost : cost)
      let dot = w[FEATURES]!
      for (let k = from; k < to; k++) dot += w[at[k]!]! * weight[k]!
      const a = alpha[i]!
      const slope = y * dot - 1 + a * diagonal
      if (a === 0 && slope > border) {
        // far on the right side: out until the rest has settled
        active -= 1
        order[s] = order[active]!
        order[active] = i
        s -= 1
        continue
      }
      const projected = a === 0 ? Math.min(slope, 0) : slope
      if (projected > most) most = projected
      if (projected < least) least = projected
      if (Math.abs(projected) < 1e-9) continue
      const next = Math.max(0, a - slope / (square[i]! + diagonal))
      const step = (next - a) * y
      alpha[i] = next
      for (let k = from; k < to; k++) w[at[k]!]! += step * weight[k]!
      w[FEATURES]! += step
    }
    if (most - least < tolerance) {
      if (active === rows) break
      active = rows
      border = Infinity
      continue
    }
    border = most <= 0 ? Infinity : most
  }
  return w
}
