// Coordinates between the systems in use: WGS-84, CGCS2000, GCJ-02 (shifted by law), BD-09 (shifted once more). Pure.
//
// CGCS2000 and WGS-84 differ by centimetres, far below what a map shows, and are taken as one. GCJ-02 has no published inverse: it is found
// by iterating the forward shift until it is exact to a millimetre. Forward formulas as in widely used open implementations (e.g. eviltransform).
export const systems = ['WGS84', 'CGCS2000', 'GCJ02', 'BD09'] as const
export type CoordinateSystem = (typeof systems)[number]
export type Point = { lon: number; lat: number }

const A = 6_378_245
const EE = 0.006_693_421_622_965_943
const X_PI = (Math.PI * 3000) / 180

/** Outside of it GCJ-02 is not shifted. */
const shifted = ({ lon, lat }: Point): boolean => lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271

function offsets(x: number, y: number): { dLat: number; dLon: number } {
  const xy = x * y
  const absX = Math.sqrt(Math.abs(x))
  const d = 20 * Math.sin(6 * x * Math.PI) + 20 * Math.sin(2 * x * Math.PI)
  const wave = (v: number): number => 20 * Math.sin(v * Math.PI) + 40 * Math.sin((v / 3) * Math.PI)
  const dLat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * xy + 0.2 * absX + ((d + wave(y)) * 2) / 3 + ((160 * Math.sin((y / 12) * Math.PI) + 320 * Math.sin((y / 30) * Math.PI)) * 2) / 3
  const dLon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * xy + 0.1 * absX + ((d + wave(x)) * 2) / 3 + ((150 * Math.sin((x / 12) * Math.PI) + 300 * Math.sin((x / 30) * Math.PI)) * 2) / 3
  return { dLat, dLon }
}

function wgsToGcj(p: Point): Point {
  if (!shifted(p)) return p
  const { dLat, dLon } = offsets(p.lon - 105, p.lat - 35)
  const rad = (p.lat / 180) * Math.PI
  const magic = 1 - EE * Math.sin(rad) ** 2
  return { lat: p.lat + (dLat * 180) / (((A * (1 - EE)) / (magic * Math.sqrt(magic))) * Math.PI), lon: p.lon + (dLon * 180) / ((A / Math.sqrt(magic)) * Math.cos(rad) * Math.PI) }
}

/** Inverse of a shift by fixed-point iteration; each step reduces the error about a hundredfold. */
function invert(forward: (p: Point) => Point, target: Point): Point {
  let guess = target
  for (let i = 0; i < 12; i++) {
    const back = forward(guess)
    const [dx, dy] = [back.lon - target.lon, back.lat - target.lat]
    guess = { lon: guess.lon - dx, lat: guess.lat - dy }
    if (Math.abs(dx) < 1e-9 && Math.abs(dy) < 1e-9) break
  }
  return guess
}

function gcjToBd({ lon, lat }: Point): Point {
  const z = Math.hypot(lon, lat) + 0.00002 * Math.sin(lat * X_PI)
  const theta = Math.atan2(lat, lon) + 0.000003 * Math.cos(lon * X_PI)
  return { lon: z * Math.cos(theta) + 0.0065, lat: z * Math.sin(theta) + 0.006 }
}

const toWgs: Record<CoordinateSystem, (p: Point) => Point> = { WGS84: (p) => p, CGCS2000: (p) => p, GCJ02: (p) => (shifted(p) ? invert(wgsToGcj, p) : p), BD09: (p) => toWgs.GCJ02(invert(gcjToBd, p)) }
const fromWgs: Record<CoordinateSystem, (p: Point) => Point> = { WGS84: (p) => p, CGCS2000: (p) => p, GCJ02: wgsToGcj, BD09: (p) => gcjToBd(wgsToGcj(p)) }

/** A point of one system in another; degrees, rounded to eight decimals (about a millimetre). */
export function convert(point: Point, from: CoordinateSystem, to: CoordinateSystem): Point {
  const { lon, lat } = from === to ? point : fromWgs[to](toWgs[from](point))
  return { lon: Math.round(lon * 1e8) / 1e8, lat: Math.round(lat * 1e8) / 1e8 }
}

/** Rings of a GeoJSON polygon or multipolygon in [lon, lat]. */
export type Ring = [number, number][]

/** Whether a point lies in any of the polygons; a hole is a ring inside another (even-odd rule over all rings). */
export function inside(point: Point, rings: readonly Ring[]): boolean {
  let within = false
  for (const ring of rings)
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi = 0, yi = 0] = ring[i] ?? []
      const [xj = 0, yj = 0] = ring[j] ?? []
      if (yi > point.lat !== yj > point.lat && point.lon < ((xj - xi) * (point.lat - yi)) / (yj - yi) + xi) within = !within
    }
  return within
}
