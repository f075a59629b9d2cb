// Near-duplicates of a stream: signatures of character shingles, bands to find candidates, the true likeness to judge them (AI-09). Pure.
const SHINGLE = 4
const HASHES = 120
const ROWS = 3
/** Bands of three: texts that share half of their shingles meet with a chance above 99 %. */
const BANDS = HASHES / ROWS

/** Distinct shingles of four characters as numbers; marks, spaces and case do not count. A text shorter than that is one shingle. */
export function shingles(text: string): Uint32Array {
  const plain = text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const found = new Set<number>()
  for (let at = 0; at === 0 ? plain.length > 0 : at + SHINGLE <= plain.length; at++) {
    let h = 2166136261
    for (let k = at; k < Math.min(plain.length, at + SHINGLE); k++) h = Math.imul(h ^ plain.charCodeAt(k), 16777619)
    h ^= h >>> 16
    found.add(Math.imul(h, 0x85ebca6b) >>> 0)
  }
  return Uint32Array.from(found).sort()
}

/** Factors of the hash family, the same on every machine. */
const factors = Uint32Array.from({ length: HASHES }, (_, i) => (Math.imul(i + 1, 0x9e3779b1) | 1) >>> 0)
const adds = Uint32Array.from({ length: HASHES }, (_, i) => Math.imul(i + 7, 0x7feb352d) >>> 0)

/** One number per band; two texts are compared where any of them agrees. Empty for a text without letters. */
export function bandsOf(found: Uint32Array): number[] {
  if (found.length === 0) return []
  const least = new Uint32Array(HASHES).fill(0xffffffff)
  for (const one of found)
    for (let i = 0; i < HASHES; i++) {
      let h = Math.imul(one, factors[i]!) + adds[i]!
      h ^= h >>> 15
      h = Math.imul(h, 0x2c1b3c6d) >>> 0
      if (h < least[i]!) least[i] = h
    }
  return Array.from({ length: BANDS }, (_, band) => {
    let h = band + 1
    for (let r = 0; r < ROWS; r++) h = Math.imul(h ^ least[band * ROWS + r]!, 0x01000193) ^ (h >>> 13)
    return h | 0
  })
}

/** Share of common shingles of all (Jaccard), from 0 to 1. Both lists are sorted. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [i, j, both] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      both += 1
      i += 1
      j += 1
    } else if (a[i]! < b[j]!) i += 1
    else j += 1
  }
  const all = a.length + b.length - both
  return all === 0 ? 0 : both / all
}
