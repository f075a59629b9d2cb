import { beforeEach, expect, test } from 'vitest'
import type { Ctx } from './ctx.ts'
import { nobody } from './ctx.ts'
import { forget, remembered, scaleRemembered } from './remembered.ts'

const as = (id: string | null, roleNames = '座席') => ({ actor: { ...nobody('t'), id, roleNames } }) as unknown as Ctx
let made = 0
const make = async () => ++made
beforeEach(() => {
  made = 0
  scaleRemembered(1)
})

test('an answer is made once for a person, also when asked twice at the same moment', async () => {
  expect(await Promise.all([remembered(as('a'), 'x', 60, make), remembered(as('a'), 'x', 60, make)])).toEqual([1, 1])
  expect(await remembered(as('a'), 'y', 60, make)).toBe(2)
  expect(await remembered(as('b'), 'x', 60, make)).toBe(3)
  expect(await remembered(as(null), 'x', 60, make)).toBe(4)
})

test('an own command, a lost role and the age make it forgotten; another person keeps his', async () => {
  await remembered(as('a'), 'x', 60, make)
  await remembered(as('b'), 'x', 60, make)
  forget('a')
  expect(await remembered(as('a'), 'x', 60, make)).toBe(3)
  expect(await remembered(as('b'), 'x', 60, make)).toBe(2)
  expect(await remembered(as('a', '审核员'), 'x', 60, make)).toBe(4)
  expect(await remembered(as('b'), 'x', 0, make)).toBe(5)
})

test('an answer that was being made while the own command ran is not kept; a failure is not kept', async () => {
  const waiting = Promise.withResolvers<number>()
  const slow = remembered(as('a'), 'x', 60, () => waiting.promise)
  forget('a')
  waiting.resolve(7)
  expect(await slow).toBe(7)
  expect(await remembered(as('a'), 'x', 60, make)).toBe(1)
  await expect(remembered(as('a'), 'z', 60, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await remembered(as('a'), 'z', 60, make)).toBe(2)
})
