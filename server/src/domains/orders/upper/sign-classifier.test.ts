import { expect, test } from 'vitest'
import { featuresOf, probability, train, trial, type Example } from './sign-classifier.ts'

const order = (category: string, type = 'help') => ({ upper_platform: '省平台', dispatch_kind: 'direct', appeal_type: type, urgency: 'normal', category_id: category, matter_id: null, title: '' })
const example = (category: string, good: boolean, words: string[] = []): Example => ({ features: featuresOf(order(category), words), good })
const history = Array.from({ length: 100 }, (_, i) => (i % 5 === 0 ? example('rail', false, ['铁路']) : example('road', true, ['道路', '路灯'])))

test('总被办理的一类概率高，总被退回的一类概率低，没见过的不高于总体', () => {
  const model = train(history)
  expect(probability(model, featuresOf(order('road'), ['路灯']))).toBeGreaterThan(0.98)
  expect(probability(model, featuresOf(order('rail'), ['铁路']))).toBeLessThan(0.2)
  expect(probability(model, ['category:新的'])).toBeCloseTo(81 / 102, 1)
})

test('没有历史时概率为零，见过不足三次的特征不作数', () => {
  expect(probability(train([]), ['category:road'])).toBe(0)
  expect(train([example('road', true), example('road', true)]).seen).toEqual({})
})

test('用较新的五分之一试算：数出会签收多少、其中对多少', () => {
  expect(trial(history, 0.98)).toEqual({ tested: 20, chosen: 16, right: 16 })
})
