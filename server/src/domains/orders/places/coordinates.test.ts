import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metresBetween } from '../duplicates/similarity.ts'
import { convert, inside, systems, type Ring } from './coordinates.ts'

const inChina = fc.record({ lon: fc.double({ min: 75, max: 134, noNaN: true }), lat: fc.double({ min: 4, max: 53, noNaN: true }) })

test('四种坐标系两两互转再转回，误差不超过 1 米', () => {
  fc.assert(fc.property(inChina, fc.constantFrom(...systems), fc.constantFrom(...systems), (p, from, to) => metresBetween(p, convert(convert(p, from, to), to, from)) < 1), { numRuns: 500 })
})

test('国测局坐标偏移数百米，百度坐标再偏约一千米；CGCS2000 与 WGS-84 视为一致', () => {
  const p = { lon: 116.391, lat: 39.907 }
  expect(metresBetween(p, convert(p, 'WGS84', 'GCJ02'))).toBeGreaterThan(300)
  expect(metresBetween(p, convert(p, 'WGS84', 'GCJ02'))).toBeLessThan(800)
  expect(metresBetween(convert(p, 'WGS84', 'GCJ02'), convert(p, 'WGS84', 'BD09'))).toBeGreaterThan(700)
  expect(convert(p, 'WGS84', 'CGCS2000')).toEqual(p)
})

test('已知点：天安门 WGS-84 (116.391305, 39.905530) 的国测局坐标约为 (116.397549, 39.906933)', () => {
  const gcj = convert({ lon: 116.391305, lat: 39.90553 }, 'WGS84', 'GCJ02')
  expect(metresBetween(gcj, { lon: 116.397549, lat: 39.906933 })).toBeLessThan(5)
})

test('境外不偏移', () => {
  expect(convert({ lon: 2.35, lat: 48.85 }, 'WGS84', 'GCJ02')).toEqual({ lon: 2.35, lat: 48.85 })
})

test('点在区界内外，洞里不算', () => {
  const square: Ring = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
  const hole: Ring = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]
  expect(inside({ lon: 1, lat: 1 }, [square, hole])).toBe(true)
  expect(inside({ lon: 5, lat: 5 }, [square, hole])).toBe(false)
  expect(inside({ lon: 11, lat: 5 }, [square, hole])).toBe(false)
})
