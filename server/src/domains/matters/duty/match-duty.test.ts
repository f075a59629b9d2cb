import { describe, expect, test } from 'vitest'
import type { DutyRole } from '../standard/content.ts'
import { areaCovers, areasNest } from './area-cover.ts'
import { matchDuty, type DutyLine } from './match-duty.ts'

const line = (unitId: string, role: DutyRole, areaCode: string): DutyLine => ({ id: `${unitId}-${role}-${areaCode}`, unitId, role, areaCode, boundary: null })
const leads = (lines: DutyLine[], area: string): string[] => matchDuty(lines, area).leads.map((found) => found.unitId)

describe('按区划匹配职责清单', () => {
  const city = line('市供热办', 'lead', '990100')
  const county = line('临澜区供热站', 'lead', '990101')
  const street = line('澜湾街道', 'lead', '990101001')

  test.each([
    ['有区级条目时用区级', [city, county], '990101002', ['临澜区供热站']],
    ['街道条目最具体', [city, county, street], '990101001002', ['澜湾街道']],
    ['没有区级条目时用市级', [city, county], '990102001', ['市供热办']],
    ['其他区的条目不适用', [county], '990102001', []],
    ['只知道市级位置时不用区级条目', [city, county], '990100', ['市供热办']],
  ])('%s', (_name, lines, area, expected) => {
    expect(leads(lines, area)).toEqual(expected)
    expect(leads(lines.toReversed(), area)).toEqual(expected)
  })

  test('负面清单上的单位不推荐，退到上一级条目', () => {
    const match = matchDuty([city, county, line('临澜区供热站', 'negative', '990101')], '990101001')
    expect(match.leads.map((found) => found.unitId)).toEqual(['市供热办'])
    expect(match.negatives.map((found) => found.unitId)).toEqual(['临澜区供热站'])
  })

  test('负面清单只在自己的区划内有效', () => {
    expect(leads([county, line('临澜区供热站', 'negative', '990101001')], '990101002')).toEqual(['临澜区供热站'])
  })

  test('协办独立匹配，主办单位不再协办', () => {
    const match = matchDuty([county, line('市住建局', 'assist', '990100'), line('临澜区供热站', 'assist', '990100')], '990101')
    expect(match.assists.map((found) => found.unitId)).toEqual(['市住建局'])
  })
})

test.each([
  ['990000', '990101001', true], ['990100', '990101', true], ['990101', '990100', false], ['990101', '990102', false], ['990101001', '990101001005', true], ['990110', '990111', false],
])('区划 %s 包含 %s：%s', (upper, lower, expected) => {
  expect(areaCovers(upper, lower)).toBe(expected)
  if (expected) expect(areasNest(lower, upper)).toBe(true)
})
