import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { negativeUnits, recommendUnits } from '../index.ts'
import { createStandard, editStandard } from '../standard/change-standard.ts'
import { getStandard } from '../standard/read-standard.ts'
import { refusal } from '../testing/refusal.ts'
import { standardCity, type StandardCity } from '../testing/standard-city.ts'
import { dutyMatrix } from './duty-matrix.ts'
import { getDuty, listDuties } from './list-duties.ts'

let city: StandardCity
let matter: string
let bare: string

beforeAll(async () => {
  city = await standardCity()
  const leaf = await city.publish('directory', { code: 'GR', name: '供热' })
  matter = await city.publish('matter', { code: 'GR-1', name: '供热不热', directoryId: leaf, competentUnitId: city.units.urban, closingStandard: [{ text: '达标' }] })
  bare = await city.publish('matter', { code: 'GR-2', name: '停暖报停', directoryId: leaf, competentUnitId: city.units.heating, closingStandard: [{ text: '答复' }] })
  await city.publish('dutyEntry', { matterId: matter, unitId: city.units.heating, role: 'lead', areaCode: '980100', implementationCode: 'S-1' })
  await city.publish('dutyEntry', { matterId: matter, unitId: city.units.countyHeating, role: 'lead', areaCode: '980101', boundary: '本区热力站以下' })
  await city.publish('dutyEntry', { matterId: matter, unitId: city.units.urban, role: 'assist', areaCode: '980100' })
})
afterAll(() => city.stop())

const entry = (over: Record<string, unknown>, submit = true) =>
  city.as('a', (ctx) => createStandard(ctx, 'dutyEntry', { content: { matterId: matter, unitId: city.units.urban, role: 'lead', areaCode: '980101', ...over }, submit }))
const recommend = (areaCode: string, matterId = matter) => city.as('a', (ctx) => recommendUnits(ctx, { matterId, areaCode }))

describe('推荐承办单位', () => {
  test('区级条目优先，市级协办随同，理由和路径写明', async () => {
    const units = await recommend('980101001')
    expect(units.map((unit) => [unit.unitId, unit.role, unit.reason])).toEqual([
      [city.units.countyHeating, 'lead', '职责清单：供热不热 × 临澜区 主办'],
      [city.units.urban, 'assist', '职责清单：供热不热 × 澜川市 协办'],
    ])
    expect(units[0]?.path).toEqual([{ id: city.units.countyHeating, name: '临澜区供热站' }])
  })

  test('没有区级条目的地方用市级条目', async () => {
    expect((await recommend('980102'))[0]?.unitId).toBe(city.units.heating)
  })

  test('没有职责条目时推荐主管部门；没有可推荐的给空', async () => {
    expect(await recommend('980101', bare)).toMatchObject([{ unitId: city.units.heating, role: 'lead', reason: '事项主管部门：停暖报停', dutyEntryId: null }])
    expect(await recommend('980101', '00000000-0000-7000-8000-000000000000')).toEqual([])
    expect(await city.as('county', (ctx) => recommendUnits(ctx, { matterId: matter, areaCode: '980101' }))).toEqual([])
  })

  test('列入负面清单的单位不再推荐，派单时可以查到理由', async () => {
    await city.publish('dutyEntry', { matterId: matter, unitId: city.units.countyHeating, role: 'negative', areaCode: '980101001', boundary: '该街道已移交市直管' })
    expect((await recommend('980101001'))[0]?.unitId).toBe(city.units.heating)
    expect(await city.as('a', (ctx) => negativeUnits(ctx, { matterId: matter, areaCode: '980101001' }))).toMatchObject([{ unitId: city.units.countyHeating, reason: '该街道已移交市直管' }])
    expect((await recommend('980101'))[0]?.unitId).toBe(city.units.countyHeating)
  })

  test('有效期已过或未到的条目不用', async () => {
    await city.publish('dutyEntry', { matterId: bare, unitId: city.units.urban, role: 'lead', areaCode: '980101', validTo: '2026-11-16' })
    await city.publish('dutyEntry', { matterId: bare, unitId: city.units.countyHeating, role: 'lead', areaCode: '980101', validFrom: '2026-11-18' })
    expect((await recommend('980101', bare))[0]?.dutyEntryId).toBeNull()
    city.app.clock.advance(86_400_000)
    expect((await recommend('980101', bare))[0]?.unitId).toBe(city.units.countyHeating)
  })
})

describe('职责清单', () => {
  test('同一事项同一区划的第二个主办单位被拒绝，另一区划可以', async () => {
    expect(await refusal(entry({}))).toMatchObject({ status: 409, code: 'matters.secondLead' })
    expect(await entry({ areaCode: '980102' }, false)).toHaveProperty('id')
  })

  test('同一单位在同一事项和区划只能有一个条目', async () => {
    expect(await refusal(entry({ unitId: city.units.heating, role: 'assist', areaCode: '980100' }))).toMatchObject({ status: 409, code: 'matters.dutyConflict' })
  })

  test('字段错误逐个指出', async () => {
    expect(await refusal(entry({ unitId: city.units.countyUnit, areaCode: '889801', role: 'negative' }))).toEqual({ status: 422, code: 'kernel.invalid', fields: ['unitId', 'areaCode', 'boundary'] })
  })

  test('生效条目的边界可以经审核修改，单位和区划锁定', async () => {
    const [found] = (await city.as('a', (ctx) => listDuties(ctx, { limit: 10, role: ['lead'], unitId: city.units.countyHeating, matterId: matter }))).items
    const edit = async (fields: Record<string, unknown>) => city.as('a', async (ctx) => editStandard(ctx, 'dutyEntry', { id: found?.id ?? '', revision: (await getStandard(ctx, 'dutyEntry', found?.id ?? '')).revision, fields, submit: false }))
    expect(await refusal(edit({ unitId: city.units.urban }))).toMatchObject({ status: 409, code: 'matters.lockedFields', fields: ['unitId'] })
    expect((await edit({ boundary: '新的边界' })).changeId).not.toBeNull()
    expect((await city.as('a', (ctx) => getDuty(ctx, { id: found?.id ?? '' }))).boundary).toBe('本区热力站以下')
  })

  test('按事项拼音、单位、角色、区划组合筛选', async () => {
    const list = async (over: Record<string, unknown>) => (await city.as('a', (ctx) => listDuties(ctx, { limit: 50, state: ['effective'], ...over }))).items.map((item) => `${item.matterName}/${item.unitName}/${item.roleName}`)
    expect(await list({ query: 'grbr', role: ['lead'], areaCode: '980101' })).toEqual(['供热不热/临澜区供热站/主办'])
    expect(await list({ unitId: city.units.urban, matterId: matter })).toEqual(['供热不热/市城管局/协办'])
    expect(await list({ code: 'S-' })).toEqual(['供热不热/市供热办/主办'])
  })

  test('矩阵指出空缺和重叠', async () => {
    const matrix = await city.as('a', (ctx) => dutyMatrix(ctx, { limit: 100, only: 'all' }))
    expect(matrix.matters.map((row) => [row.code, row.gap, row.overlaps.length])).toEqual([['GR-1', false, 1], ['GR-2', true, 0]])
    expect((await city.as('a', (ctx) => dutyMatrix(ctx, { limit: 100, only: 'gaps' }))).matters.map((row) => row.code)).toEqual(['GR-2'])
    expect((await city.as('a', (ctx) => dutyMatrix(ctx, { limit: 100, only: 'all', areaCode: '980101' }))).matters.every((row) => !row.gap)).toBe(true)
    expect(matrix.units.map((unit) => unit.name)).toContain('市城管局')
  })
})
