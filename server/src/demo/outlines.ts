// Outlines of the invented city: counties and streets with bent borders that neighbours share. Nothing of it is a real place.
import { demoAreas, type DemoArea } from './areas.ts'

type Point = readonly [lon: number, lat: number]
export type DemoOutline = { code: string; ring: [number, number][] }

/** The same bend for both neighbours: a number in (-0.5, 0.5) that belongs to a place. */
function bend(x: number, y: number, salt: number): number {
  const v = Math.sin(x * 1271.7 + y * 3117.3 + salt * 91.7) * 43_758.5453
  return v - Math.floor(v) - 0.5
}

/** A border between two points, halved and pushed aside a few times. */
function border(a: Point, b: Point, depth = 4): Point[] {
  if (depth === 0) return [a]
  const [from, to] = a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]) ? [a, b] : [b, a]
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const push = bend(from[0] + to[0], from[1] + to[1], depth) * 0.22
  const middle: Point = [(a[0] + b[0]) / 2 - dy * push, (a[1] + b[1]) / 2 + dx * push]
  return [...border(a, middle, depth - 1), ...border(middle, b, depth - 1)]
}

const ringOf = (corners: Point[]): [number, number][] => {
  const points = corners.flatMap((corner, i) => border(corner, corners[(i + 1) % corners.length] ?? corner)).map(([x, y]): [number, number] => [Number(x.toFixed(5)), Number(y.toFixed(5))])
  return points[0] ? [...points, points[0]] : points
}

const under = (area: DemoArea): DemoArea[] => demoAreas.filter((one) => one.parentCode === area.code)

/** Areas stand around their parent to four sides; the fourth side of one with three takes in its neighbour below. */
function quarters(area: DemoArea, [west, south, east, north]: readonly [number, number, number, number], node: (x: number, y: number) => Point): { area: DemoArea; corners: Point[]; box: readonly [number, number, number, number] }[] {
  const children = under(area)
  const [x, y] = [area.lon, area.lat]
  const wide = children.length === 3
  return children.slice(0, 4).flatMap((child) => {
    const right = child.lon > x
    const top = child.lat > y
    const whole = wide && !top
    const box = [whole ? west : right ? x : west, top ? y : south, whole ? east : right ? east : x, top ? north : y] as const
    const edge = (px: number, py: number): Point => node(px, py)
    const corners = [edge(box[0], box[1]), ...(whole ? [edge(x, box[1])] : []), edge(box[2], box[1]), edge(box[2], box[3]), ...(whole ? [edge(x, box[3])] : []), edge(box[0], box[3])]
    return [{ area: child, corners, box }]
  })
}

function build(): DemoOutline[] {
  const city = demoAreas.find((one) => one.level === 2)
  if (!city) return []
  const [halfX, halfY] = [0.48, 0.384]
  // corners of the map are drawn in, so that the city is no rectangle
  const node = (x: number, y: number): Point => {
    const [u, v] = [(x - city.lon) / halfX, (y - city.lat) / halfY]
    const round = 1 - 0.2 * Math.abs(u * v)
    return [city.lon + u * round * halfX + bend(x, y, 1) * 0.03, city.lat + v * round * halfY + bend(x, y, 2) * 0.024]
  }
  const counties = quarters(city, [city.lon - halfX, city.lat - halfY, city.lon + halfX, city.lat + halfY], node)
  const outlines: DemoOutline[] = []
  for (const county of counties) {
    const streets = quarters(county.area, county.box, node)
    const [w, s, e, n] = county.box
    const [x, y] = [county.area.lon, county.area.lat]
    // a county goes through the corners of its streets, so that both draw one line
    outlines.push({ code: county.area.code, ring: ringOf([node(w, s), node(x, s), node(e, s), node(e, y), node(e, n), node(x, n), node(w, n), node(w, y)]) })
    for (const street of streets) {
      const [sw, ss, se, sn] = street.box
      const through = sw === w && se === e
      outlines.push({ code: street.area.code, ring: ringOf([node(sw, ss), ...(through ? [node(x, ss)] : []), node(se, ss), node(se, sn), ...(through ? [node(x, sn)] : []), node(sw, sn)]) })
    }
  }
  return outlines
}

export const demoOutlines: readonly DemoOutline[] = build()
