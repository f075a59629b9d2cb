import { expect, test } from 'vitest'
import { searchTokens } from '../../../kernel/text/index.ts'
import { likeness, metresBetween, placeKeys, placesToAsk, weightsOf, type Subject } from './similarity.ts'

const weight = weightsOf(new Map([['小区', 0.2], ['物业', 0.1], ['路灯', 0.05]]))
const subject = (title: string, content: string, more: Partial<Subject> = {}): Subject => ({ words: searchTokens(`${title} ${content}`), title, matterId: 'm1', areaCode: '990101001', place: '幸福路12号院', lon: null, lat: null, ...more })
const first = subject('12号院三天没有暖气', '从周一开始暖气片是凉的，家里有老人，室温只有十二度，打电话物业说在维修。')

test('同样的文字、事项和地点就是同一件事', () => {
  expect(likeness(first, first, false, weight)).toMatchObject({ score: 1, reasons: ['sameText', 'sameMatter', 'samePlace'] })
})

test('同一个人换一种说法仍超过阈值，别的事不超过', () => {
  const again = subject('供暖还是没有恢复', '上次反映暖气不热的事，到现在室温还是很低，老人受不了。')
  expect(likeness(again, first, true, weight).score).toBeGreaterThanOrEqual(0.8)
  const other = subject('路灯不亮', '小区北门路灯坏了一周，晚上看不见路。', { matterId: 'm2', place: '解放大街' , areaCode: '990102' })
  expect(likeness(other, first, true, weight).score).toBeLessThan(0.8)
})

test('邻居说同一件事的分数高于同一小区的另一件事', () => {
  const neighbour = subject('整栋楼暖气都不热', '我们楼从周一开始暖气不热，室温十三度，物业说在维修。')
  const noise = subject('楼下施工噪音', '每天夜里施工到两点，影响休息。', { matterId: 'm3' })
  const [a, b] = [likeness(neighbour, first, false, weight).score, likeness(noise, first, false, weight).score]
  expect(a).toBeGreaterThanOrEqual(0.8)
  expect(b).toBeLessThan(0.6)
})

test('没填事项和地点时只比文字，不因缺项加分或减分', () => {
  const bare = { ...first, matterId: null, areaCode: null, place: '' }
  expect(likeness(bare, first, false, weight).score).toBe(1)
})

test('相距 300 米以内算附近，地点键相邻也能查到', () => {
  const a = { lon: 116.4, lat: 39.9 }
  const b = { lon: 116.4028, lat: 39.9004 }
  expect(metresBetween(a, b)).toBeGreaterThan(200)
  expect(metresBetween(a, b)).toBeLessThan(300)
  expect(likeness({ ...first, ...a }, { ...first, ...b }, false, weight).reasons).toContain('nearby')
  expect(placesToAsk(a)).toContain(placeKeys(b)[0])
  expect(placeKeys({ address: '幸福路 12号院。' })).toEqual(['a:幸福路12号院'])
})
