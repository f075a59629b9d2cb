// How alike two appeals are, from 0 to 1, and why: words weighted by rarity, the matter, the place, the person. Pure.

export type Subject = {
  words: readonly string[]
  title: string
  matterId: string | null
  areaCode: string | null
  /** Place as written. */
  place: string
  lon: number | null
  lat: number | null
}
export type Likeness = { score: number; reasons: Reason[]; distance: number | null }
export type Reason = 'samePerson' | 'sameText' | 'similarText' | 'sameMatter' | 'samePlace' | 'nearby' | 'sameArea'

/** Weight of a word; a word that nobody used before says most. */
export type Weight = (word: string) => number

/** Words of a statistic with the share of texts they occur in; whatever is missing occurs in less than `floor`. */
export const weightsOf = (shares: ReadonlyMap<string, number>, floor = 0.0005): Weight => (word) => -Math.log(Math.min(1, Math.max(floor, shares.get(word) ?? floor)) * 0.9)

export const METRES_NEAR = 300

/** Great-circle distance in metres. */
export function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const rad = Math.PI / 180
  const s = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(s)))
}

/** A place as written, without what two people write differently. */
export const plainPlace = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]/gu, '')

function textLikeness(a: Subject, b: Subject, weight: Weight): number {
  const [left, right] = [new Set(a.words), new Set(b.words)]
  const sum = (words: Iterable<string>): number => [...words].reduce((total, word) => total + weight(word), 0)
  const [wholeA, wholeB, shared] = [sum(left), sum(right), sum([...left].filter((word) => right.has(word)))]
  if (wholeA === 0 || wholeB === 0) return 0
  // A short text inside a long one says the same; two texts that share everything say it surely.
  return 0.6 * (shared / Math.min(wholeA, wholeB)) + 0.4 * ((2 * shared) / (wholeA + wholeB))
}

function placeLikeness(a: Subject, b: Subject): { value: number | null; reason: Reason | null; distance: number | null } {
  if (a.lon !== null && a.lat !== null && b.lon !== null && b.lat !== null) {
    const distance = metresBetween({ lon: a.lon, lat: a.lat }, { lon: b.lon, lat: b.lat })
    return { value: Math.max(0, 1 - distance / (METRES_NEAR * 4)), reason: distance <= 30 ? 'samePlace' : distance <= METRES_NEAR ? 'nearby' : null, distance: Math.round(distance) }
  }
  const [here, there] = [plainPlace(a.place), plainPlace(b.place)]
  if (here !== '' && there !== '') {
    if (here === there || (Math.min(here.length, there.length) >= 4 && (here.includes(there) || there.includes(here)))) return { value: 1, reason: 'samePlace', distance: null }
    const same = commonStart(here, there)
    if (same >= 4) return { value: Math.min(0.9, same / Math.min(here.length, there.length) + 0.2), reason: 'nearby', distance: null }
  }
  if (a.areaCode === null || b.areaCode === null) return { value: null, reason: null, distance: null }
  const same = a.areaCode === b.areaCode || a.areaCode.startsWith(b.areaCode) || b.areaCode.startsWith(a.areaCode)
  return { value: same ? 0.6 : 0, reason: same ? 'sameArea' : null, distance: null }
}

function commonStart(a: string, b: string): number {
  let n = 0
  while (n < a.length && a[n] === b[n]) n += 1
  return n
}

/**
 * What is not known on either side neither helps nor hurts. The same person doubles what matter, place and words say; the curve
 * lifts the middle, so that the threshold of 0.8 (⚙ duplicate.threshold) means "two of three agree" for others and "one and a half" for the person.
 */
export function likeness(a: Subject, b: Subject, samePerson: boolean, weight: Weight): Likeness {
  const text = textLikeness(a, b, weight)
  const place = placeLikeness(a, b)
  const matter = a.matterId === null || b.matterId === null ? null : Number(a.matterId === b.matterId)
  const parts = [{ value: text, share: 0.5 }, { value: matter, share: 0.25 }, { value: place.value, share: 0.25 }].filter((p): p is { value: number; share: number } => p.value !== null)
  const base = parts.reduce((total, p) => total + p.value * p.share, 0) / parts.reduce((total, p) => total + p.share, 0)
  const score = 1 - (1 - Math.min(1, base)) ** (samePerson ? 2.2 : 1.5)
  const reasons: Reason[] = []
  if (samePerson) reasons.push('samePerson')
  if (text >= 0.95) reasons.push('sameText')
  else if (text >= 0.35) reasons.push('similarText')
  if (matter === 1) reasons.push('sameMatter')
  if (place.reason) reasons.push(place.reason)
  return { score: Math.round(score * 1000) / 1000, reasons, distance: place.distance }
}

const CELL = 0.003

/** Keys of a place: its square of about 300 m and its words. */
export function placeKeys(place: { lon?: number | null | undefined; lat?: number | null | undefined; address?: string | null | undefined; detailAddress?: string | null | undefined }): string[] {
  const keys: string[] = []
  if (typeof place.lon === 'number' && typeof place.lat === 'number') keys.push(`c:${Math.floor(place.lat / CELL)}:${Math.floor(place.lon / CELL)}`)
  const text = plainPlace(place.address ?? '')
  if (text.length >= 3) keys.push(`a:${text.slice(0, 60)}`)
  return keys
}

/** The square of a point and those around it, so that nothing within 300 m is missed, and the words of the place. */
export function placesToAsk(place: Parameters<typeof placeKeys>[0]): string[] {
  return placeKeys(place).flatMap((key) => {
    const [kind, lat, lon] = key.split(':')
    if (kind !== 'c') return [key]
    return [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => `c:${Number(lat) + dy}:${Number(lon) + dx}`))
  })
}
