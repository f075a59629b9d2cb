// From the device's position to an area of the centre, without telling the position to anybody: the tree of areas is walked here.
import { call } from '../../api/call.ts'

export type Point = { lon: number; lat: number }

/** @throws Error 'denied' or 'failed' */
export function locate(): Promise<Point> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('failed'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      (error) => reject(new Error(error.code === 1 ? 'denied' : 'failed')),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    )
  })
}

const FAR_KM = 60

/** Down the tree, at each level the nearest centre; null when even that is far away. */
export async function nearestArea(point: Point, root: string): Promise<{ code: string; name: string } | null> {
  const names: string[] = []
  let code = root
  for (;;) {
    const children = (await call('listAreas', { parent: code })).items.flatMap((a) => (a.lon === null || a.lat === null ? [] : [{ ...a, lon: a.lon, lat: a.lat }]))
    const [near] = [...children].sort((a, b) => kilometres(point, a) - kilometres(point, b))
    if (!near) break
    if (kilometres(point, near) > FAR_KM) return null
    names.push(near.name)
    code = near.code
    if (near.leaf) break
  }
  return names.length > 0 ? { code, name: names.join('') } : null
}

/** Over a city the earth is flat enough. */
function kilometres(a: Point, b: Point): number {
  const x = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180))
  return Math.hypot(x, a.lat - b.lat) * 111.2
}
