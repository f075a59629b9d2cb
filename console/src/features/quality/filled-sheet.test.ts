import { expect, it } from 'vitest'
import { chosen, deducted, empty, missing, pointsOf, restFull, type Definition, type Hit } from './filled-sheet.ts'

const item = (code: string, points: number, more: object = {}) => ({ code, name: code, points, details: '', mandatory: false, fatal: false, ...more })
const sheet: Definition = { fullScore: 20, passScore: 10, counting: 'deduct', grades: [{ name: '合格', from: 0 }], groups: [{ code: 'g', name: 'g', items: [item('a', 10, { mandatory: true }), item('b', 10), item('veto', 0, { fatal: true })] }] }
const hit = { id: 'h', itemCode: 'b', points: 4, severity: 'light' } as unknown as Hit // only what the rules read

it('采纳的机检结果和自己的扣分都计入，驳回的不计，一项扣到零为止', () => {
  const own = { itemCode: 'b', points: 9, note: '', sentenceId: null, speaker: null, atMs: null, field: null, quote: '' }
  expect(pointsOf(sheet, chosen(empty, hit, { choice: 'accepted', reason: '' }), [hit])).toBe(16)
  expect(pointsOf(sheet, chosen(empty, hit, { choice: 'rejected', reason: '误报' }), [hit])).toBe(20)
  expect(pointsOf(sheet, deducted(chosen(empty, hit, { choice: 'accepted', reason: '' }), own), [hit])).toBe(10)
  expect(pointsOf(sheet, { ...empty, fatal: ['veto'] }, [hit])).toBe(0)
})
it('必评项未评的列出来，其余满分后就都评了', () => {
  expect(missing(empty, sheet).map((one) => one.code)).toEqual(['a'])
  expect(missing(restFull(empty, sheet), sheet)).toEqual([])
})
