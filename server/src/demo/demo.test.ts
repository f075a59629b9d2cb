import { describe, expect, test } from 'vitest'
import * as demo from './index.ts'
import { elementCatalogue } from './elements.ts'

const at = { year: 2026, month: 10, day: 21, hour: 10 }
const duplicates = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index)
const unitCodes = new Set(demo.demoUnits.map((unit) => unit.code))

/** Appeals of a quarter of an hour's seeding: months of a whole year, so that every season speaks. */
function manyAppeals(seed: number, count: number): demo.DemoAppeal[] {
  const rng = demo.createRng(seed)
  return Array.from({ length: count }, (_, index) => {
    const month = (index % 12) + 1
    return demo.generateAppeal(rng, { matter: demo.pickMatter(rng, month), at: { ...at, month, day: (index % 28) + 1 } })
  })
}
const appeals = manyAppeals(2026, 2000)

/** What betrays a template: open slots, missing values, doubled or half-width punctuation between Chinese characters. */
const flaws = /[{}[\]｜|]|undefined|NaN|null|[，。；：！？、]{2}|[一-龥][,;:!?]|[,;:!?][一-龥]|^[，。；！？、]|希望希望|请请|希望要求|尽快尽快|建议建议|能能/

describe('机构与区划', () => {
  test('区划代码唯一，上级存在，代码以上级代码开头', () => {
    expect(duplicates(demo.demoAreas.map((area) => area.code))).toEqual([])
    for (const area of demo.demoAreas) {
      if (area.parentCode === null) continue
      const prefix = area.parentCode.replace(/0+$/, '')
      expect(demo.areaOf(area.parentCode).level).toBe(area.level - 1)
      expect(area.code.startsWith(prefix)).toBe(true)
    }
  })

  test('机构代码唯一，上级在同一租户，每个租户只有一个中心', () => {
    expect(duplicates(demo.demoUnits.map((unit) => unit.code))).toEqual([])
    for (const unit of demo.demoUnits) {
      expect(() => demo.areaOf(unit.areaCode)).not.toThrow()
      if (unit.parentCode !== null) expect(demo.unitOf(unit.parentCode).tenantCode).toBe(unit.tenantCode)
    }
    for (const tenant of demo.demoTenants) {
      expect(demo.demoUnits.filter((unit) => unit.tenantCode === tenant.code && unit.kind === 'centre')).toHaveLength(1)
    }
  })

  test('每个机构有承办人员和负责人，每个租户有全部岗位', () => {
    const roles = (of: readonly demo.DemoUser[]) => new Set(of.flatMap((user) => user.roles))
    for (const unit of demo.demoUnits) {
      const own = roles(demo.demoUsers.filter((user) => user.unitCode === unit.code))
      expect(own.has('handler') && own.has('unitLeader'), unit.code).toBe(true)
    }
    for (const tenant of demo.demoTenants) {
      expect(roles(demo.demoUsers.filter((user) => user.tenantCode === tenant.code)).size).toBe(15)
    }
  })

  test('人员的登录名、工号和号码都不重复', () => {
    for (const key of ['login', 'staffNo', 'mobile', 'name'] as const) expect(duplicates(demo.demoUsers.map((user) => user[key])), key).toEqual([])
    expect(demo.demoUsers.filter((user) => !/^199000\d{5}$/.test(user.mobile) || !/^[a-z]+\d*$/.test(user.login))).toEqual([])
  })
})

describe('事项标准', () => {
  test('共三百个事项，编码唯一，目录和主管单位存在', () => {
    expect(demo.demoMatters).toHaveLength(300)
    expect(duplicates(demo.demoMatters.map((matter) => matter.code))).toEqual([])
    const leaves = new Set(demo.demoDirectories.filter((directory) => directory.level === 2).map((directory) => directory.code))
    for (const matter of demo.demoMatters) {
      expect(leaves.has(matter.directoryCode), matter.name).toBe(true)
      expect(demo.unitOf(matter.competentUnitCode).tenantCode).toBe('LC')
      expect(matter.closingStandard.length, matter.name).toBeGreaterThanOrEqual(2)
      expect(matter.closingStandard.length, matter.name).toBeLessThanOrEqual(4)
    }
  })

  test('同一目录下事项不重名，目录不重码', () => {
    expect(duplicates(demo.demoMatters.map((matter) => matter.directoryCode + matter.name))).toEqual([])
    expect(duplicates(demo.demoDirectories.map((directory) => directory.code))).toEqual([])
  })

  test('每个二级目录至少有七种以上的表述', () => {
    const counts = Map.groupBy(demo.demoMatters, (matter) => matter.directoryCode)
    for (const [code, matters] of counts) {
      expect(matters.reduce((sum, matter) => sum + demo.textsOf(matter.code).sayings.length, 0), code).toBeGreaterThan(7)
    }
  })

  test('每个事项都能归到三个分类体系的叶子', () => {
    const codes = new Set(demo.demoCategories.map((node) => `${node.scheme}:${node.code}`))
    const parents = new Set(demo.demoCategories.map((node) => `${node.scheme}:${node.parentCode}`))
    for (const matter of demo.demoMatters) {
      for (const [scheme, code] of Object.entries(demo.classesOf(matter.code))) {
        expect(codes.has(`${scheme}:${code}`) && !parents.has(`${scheme}:${code}`), matter.name).toBe(true)
      }
    }
    expect(duplicates(demo.demoCategories.map((node) => `${node.scheme}:${node.code}`))).toEqual([])
    expect(duplicates(demo.demoCategories.map((node) => `${node.scheme}:${node.parentCode}:${node.name}`))).toEqual([])
  })

  test('要素代码在事项内不重复，选择类要素有选项', () => {
    for (const matter of demo.demoMatters) {
      expect(duplicates(matter.elements.map((element) => element.code)), matter.name).toEqual([])
      for (const element of matter.elements) expect(element.type === 'choice').toBe(element.options.length > 0)
    }
    expect(duplicates([...elementCatalogue.values()].map((element) => element.code))).toEqual([])
  })
})

describe('职责清单', () => {
  test('职责条目的单位、区划、事项都存在，单位属于本租户', () => {
    for (const duty of demo.demoDuties) {
      expect(unitCodes.has(duty.unitCode)).toBe(true)
      expect(demo.unitOf(duty.unitCode).tenantCode).toBe(duty.tenantCode)
    }
    expect(new Set(demo.demoDuties.map((duty) => duty.areaCode)).size).toBeGreaterThan(50)
  })

  test('同一租户、事项、区划只有一个主办，本级区划总有主办', () => {
    const leads = demo.demoDuties.filter((duty) => duty.role === 'lead').map((duty) => `${duty.tenantCode}/${duty.matterCode}/${duty.areaCode}`)
    expect(new Set(leads).size).toBe(leads.length)
    const known = new Set(leads)
    for (const tenant of demo.demoTenants) {
      for (const matter of demo.demoMatters) expect(known.has(`${tenant.code}/${matter.code}/${tenant.areaCode}`)).toBe(true)
    }
  })

  test('主办单位不在同一事项的负面清单上', () => {
    const own = (role: demo.DemoDuty['role']) => demo.demoDuties.filter((duty) => duty.role === role).map((duty) => `${duty.matterCode}/${duty.unitCode}`)
    const negative = new Set(own('negative'))
    expect(negative.size).toBeGreaterThan(10)
    expect([...own('lead'), ...own('assist')].filter((key) => negative.has(key))).toEqual([])
  })
})

describe('文本', () => {
  test('同一种子两次生成完全相同', () => {
    expect(manyAppeals(7, 200)).toEqual(manyAppeals(7, 200))
    expect(demo.generatePerson(demo.createRng(3))).toEqual(demo.generatePerson(demo.createRng(3)))
    expect(manyAppeals(8, 5)).not.toEqual(manyAppeals(7, 5))
  })

  test('每一种表述的每个空位都填得上', () => {
    const rng = demo.createRng(11)
    for (const matter of demo.demoMatters) {
      demo.textsOf(matter.code).sayings.forEach((_, wording) => {
        for (const voice of ['staff', 'own'] as const) {
          const appeal = demo.generateAppeal(rng, { matter, at, wording, voice })
          expect(appeal.title).not.toMatch(flaws)
          expect(appeal.content).not.toMatch(flaws)
          expect(demo.generateFeedback(rng, { appeal, unitCode: 'LC-ZX', at, solved: true }).result).not.toMatch(flaws)
        }
      })
    }
  })

  test('两千条诉求没有模板痕迹，长短合适', () => {
    expect(appeals.flatMap((appeal) => [appeal.title, appeal.content]).filter((text) => flaws.test(text))).toEqual([])
    expect(appeals.filter((appeal) => appeal.title.length < 5 || appeal.title.length > 40).map((appeal) => appeal.title)).toEqual([])
    expect(appeals.filter((appeal) => appeal.content.length < 20 || appeal.content.length > 260).map((appeal) => appeal.content)).toEqual([])
    expect(appeals.filter((appeal) => !/[。！？]$/.test(appeal.content))).toEqual([])
  })

  test('两千条诉求至少有一千五百条互不相同', () => {
    expect(new Set(appeals.map((appeal) => appeal.title + appeal.content)).size).toBeGreaterThanOrEqual(1500)
    expect(new Set(appeals.map((appeal) => appeal.matterCode)).size).toBeGreaterThan(270)
  })

  test('座席记录的诉求不用第一人称', () => {
    expect(appeals.filter((appeal) => appeal.voice === 'staff' && /我(?!市)/.test(appeal.content)).map((appeal) => appeal.content)).toEqual([])
  })

  test('求助、投诉、举报填齐必填要素，值与类型相符', () => {
    for (const appeal of appeals) {
      const { elements } = demo.matterOfCode(appeal.matterCode)
      const asked = ['help', 'complaint', 'report'].includes(appeal.type)
      for (const element of elements) {
        const value = appeal.elements[element.code]
        if (value === undefined) expect(asked && element.required, `${appeal.title} ${element.name}`).toBe(false)
        else if (element.type === 'number') expect(typeof value).toBe('number')
        else if (element.type === 'date') expect(value).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        else if (element.type === 'choice') expect(element.options).toContain(value)
      }
    }
  })

  test('办理各环节的文字没有模板痕迹', () => {
    const rng = demo.createRng(5)
    for (const appeal of appeals) {
      const unitCode = rng.pick(demo.demoUnits).code
      const texts = [
        demo.generateFeedback(rng, { appeal, unitCode, at: { ...at, day: 28 } }).result,
        demo.generateDispatchOpinion(rng, { appeal, unitCode, role: rng.pick(['lead', 'assist', 'parallel'] as const) }),
        demo.generateReturnReason(rng, { appeal, unitCode, otherUnitCode: 'LC-CG' }).text,
        demo.generateExtensionReason(rng, { unitCode }),
        demo.generateSupplement(rng, appeal),
        demo.generateUrge(rng),
        demo.generateCallback(rng, { solved: rng.chance(0.8) }).opinion,
        demo.generateProgress(rng, unitCode),
      ]
      for (const text of texts) {
        expect(text).not.toMatch(flaws)
        expect(text).toMatch(/[。？]$/)
      }
    }
  })

  test('咨询的答复就是事项里写明的答案', () => {
    const rng = demo.createRng(9)
    const questions = appeals.filter((appeal) => appeal.type === 'consultation')
    expect(questions.length).toBeGreaterThan(200)
    for (const appeal of questions) {
      expect(demo.generateFeedback(rng, { appeal, unitCode: 'LC-ZW', at }).result).toContain(appeal.answer)
    }
  })

  test('同一地点的多次反映可以说同一件事', () => {
    const matter = demo.demoMatters.find(({ name }) => name === '停水')
    if (!matter) throw new Error('matter missing')
    const rng = demo.createRng(12)
    const place = demo.makePlace(rng, demo.areaOf('990102001001'))
    const [one, other] = [0, 1].map(() => demo.generateAppeal(rng, { matter, at, place, wording: 0 }))
    expect(one?.content).not.toBe(other?.content)
    expect(one?.content).toContain(place.estate)
    expect(other?.content).toContain(place.estate)
  })
})
