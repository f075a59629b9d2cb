/** Tenants and their unit trees. Unit codes are the tenant's code and a short mark, unique in the deployment. */
import { areaOf, areasUnder, demoAreas } from './areas.ts'
import { departmentKeys, type DepartmentKey } from './departments.ts'

export interface DemoTenant {
  code: string
  /** Name of the hotline centre as users see it. */
  name: string
  areaCode: string
  parentCode: string | null
  level: number
}

export type DemoUnitKind = 'centre' | 'handling' | 'section' | 'community' | 'enterprise' | 'subCentre'

export interface DemoUnit {
  code: string
  tenantCode: string
  parentCode: string | null
  name: string
  kind: DemoUnitKind
  areaCode: string
  /** 垂直管理: led by a body above the city. */
  vertical: boolean
  sort: number
  /** Departments of the matter texts that this unit stands for in its tenant. */
  departments: DepartmentKey[]
  /** The tenant that works for the same place: orders go there by transfer. */
  linkedTenantCode: string | null
}

export const demoTenants: readonly DemoTenant[] = [
  { code: 'NY', name: '宁原省政务服务热线中心', areaCode: '990000', parentCode: null, level: 1 },
  { code: 'LC', name: '澜川市政务服务热线中心', areaCode: '990100', parentCode: 'NY', level: 2 },
  { code: 'LL', name: '临澜区热线分中心', areaCode: '990101', parentCode: 'LC', level: 3 },
  { code: 'WX', name: '望溪县热线中心', areaCode: '990103', parentCode: 'LC', level: 3 },
  { code: 'QY', name: '青砚镇便民热线', areaCode: '990103100', parentCode: 'WX', level: 4 },
]

/** 标记 名称｜departments｜kind or 垂管 — one line per unit. */
const cityUnits = `
ZJ 澜川市住房和城乡建设局｜住建
CG 澜川市城市管理局｜城管
RS 澜川市人力资源和社会保障局｜人社
JY 澜川市教育局｜教育
GA 澜川市公安局｜公安
JT 澜川市交通运输局｜交通
SC 澜川市市场监督管理局｜市监
WJ 澜川市卫生健康委员会｜卫健
YB 澜川市医疗保障局｜医保
HB 澜川市生态环境局｜环保
NY 澜川市农业农村局｜农业
MZ 澜川市民政局｜民政
ZW 澜川市数据和政务服务局｜政务
WL 澜川市文化广电和旅游局｜文旅
ZR 澜川市自然资源和规划局｜资源
YJ 澜川市应急管理局｜应急
XF 澜川市消防救援支队｜消防
FG 澜川市发展和改革委员会｜发改
GX 澜川市工业和信息化局｜工信
SL 澜川市水利局｜水利
GJ 澜川市住房公积金管理中心｜公积金
JR 澜川市金融工作办公室｜金融
SW 澜川市税务局｜税务｜垂管
YZ 澜川市邮政管理局｜邮政｜垂管
TX 澜川市通信管理办公室｜通信｜垂管
SWJ 澜川市水务集团｜水务｜企业
GR 澜川市供热公司｜供热｜企业
RQ 澜川市燃气公司｜燃气｜企业
GD 澜川市供电公司｜供电｜企业垂管
GJT 澜川市公交集团｜公交｜企业
`

const citySections: Record<string, string[]> = {
  ZJ: ['物业管理科', '房地产市场科', '工程质量安全科'],
  CG: ['市政设施管理处', '环境卫生管理处'],
  GA: ['交通警察支队', '治安管理支队', '人口与出入境支队'],
  RS: ['劳动保障监察支队', '社会保险经办中心'],
  SC: ['消费者权益保护科', '食品安全监管科'],
}

const countyUnits = `
ZJ 住房和城乡建设局｜住建 交通 公积金
CG 城市管理局｜城管 环保
RS 人力资源和社会保障局｜人社 医保
JY 教育体育局｜教育 文旅
GA 公安局｜公安 消防 应急
SC 市场监督管理局｜市监 发改 工信 金融
WJ 卫生健康局｜卫健
NY 农业农村和水利局｜农业 水利
MZ 民政局｜民政
ZR 自然资源局｜资源
ZW 政务服务局｜政务
GY 公用事业公司｜水务 供热 燃气 公交｜企业
`

const townUnits = `
ZF 综合执法队｜城管 环保 市监 消防 公安 资源 交通
SH 社会事务办｜人社 教育 卫健 医保 民政 文旅
NC 农业农村办｜农业 水利
CJ 村镇建设办｜住建 应急
`

const regionUnits = `
ZJ 宁原省住房和城乡建设厅｜住建 城管 公积金
RS 宁原省人力资源和社会保障厅｜人社 民政
JY 宁原省教育厅｜教育
JT 宁原省交通运输厅｜交通 公交
SC 宁原省市场监督管理局｜市监
HB 宁原省生态环境厅｜环保
WJ 宁原省卫生健康委员会｜卫健 医保
`

type NewUnit = Pick<DemoUnit, 'name' | 'areaCode'> & Partial<DemoUnit>

class UnitBook {
  readonly units: DemoUnit[] = []

  add(tenantCode: string, mark: string, unit: NewUnit): string {
    const code = `${tenantCode}-${mark}`
    this.units.push({
      code, tenantCode, parentCode: `${tenantCode}-ZX`, kind: 'handling', vertical: false,
      sort: this.units.length + 1, departments: [], linkedTenantCode: null, ...unit,
    })
    return code
  }

  centre(tenant: DemoTenant, name = tenant.name): void {
    this.add(tenant.code, 'ZX', { name, areaCode: tenant.areaCode, kind: 'centre', parentCode: null })
  }

  list(tenant: DemoTenant, lines: string, prefix = ''): void {
    for (const line of lines.trim().split('\n')) {
      const [head = '', keys = '', marks = ''] = line.split('｜')
      const [mark = '', name = ''] = head.split(' ')
      this.add(tenant.code, mark, {
        name: prefix + name,
        areaCode: tenant.areaCode,
        kind: marks.includes('企业') ? 'enterprise' : 'handling',
        vertical: marks.includes('垂管'),
        departments: departmentKeys.filter((key) => keys.split(' ').includes(key)),
      })
    }
  }

  /** A street or town with its communities and villages below it. */
  street(tenant: DemoTenant, areaCode: string, parentCode: string, linkedTenantCode: string | null): void {
    const area = areaOf(areaCode)
    const suffix = area.name.endsWith('街道') ? '办事处' : '人民政府'
    const code = this.add(tenant.code, areaCode.slice(4), { name: area.name + suffix, areaCode, parentCode, linkedTenantCode })
    if (linkedTenantCode === null) this.communities(tenant, areaCode, code)
  }

  communities(tenant: DemoTenant, areaCode: string, parentCode: string): void {
    for (const { code, name, rural } of areasUnder(areaCode)) {
      const full = rural ? `${name}村民委员会` : `${name}居民委员会`
      this.add(tenant.code, code.slice(4), { name: full, areaCode: code, parentCode, kind: 'community' })
    }
  }
}

/** The tenant that has exactly this area, if any. */
export function tenantOfArea(areaCode: string): DemoTenant | undefined {
  return demoTenants.find((tenant) => tenant.areaCode === areaCode)
}

function buildCity(book: UnitBook, city: DemoTenant): void {
  book.centre(city)
  book.add('LC', 'FQ', { name: '澜川市涉企服务分中心', areaCode: city.areaCode, kind: 'subCentre' })
  book.list(city, cityUnits)
  for (const [mark, names] of Object.entries(citySections)) {
    names.forEach((name, index) =>
      book.add('LC', `${mark}-${index + 1}`, { name, areaCode: city.areaCode, parentCode: `LC-${mark}`, kind: 'section' }),
    )
  }
  for (const county of areasUnder(city.areaCode)) {
    const linked = tenantOfArea(county.code)?.code ?? null
    const code = book.add('LC', county.code.slice(4), {
      name: `${county.name}人民政府`, areaCode: county.code, linkedTenantCode: linked,
    })
    if (linked === null) for (const street of areasUnder(county.code)) book.street(city, street.code, code, null)
  }
  book.add('LC', 'HW02', { name: '北屏区环境卫生服务公司', areaCode: '990102', parentCode: 'LC-02', kind: 'enterprise' })
}

function build(): DemoUnit[] {
  const book = new UnitBook()
  for (const tenant of demoTenants) {
    const { name } = areaOf(tenant.areaCode)
    if (tenant.level === 1) {
      book.centre(tenant)
      book.list(tenant, regionUnits)
      for (const city of areasUnder(tenant.areaCode)) {
        book.add(tenant.code, city.code.slice(2, 4), { name: `${city.name}人民政府`, areaCode: city.code, linkedTenantCode: tenantOfArea(city.code)?.code ?? null })
      }
    } else if (tenant.level === 2) buildCity(book, tenant)
    else if (tenant.level === 3) {
      book.centre(tenant)
      book.list(tenant, countyUnits.replace('GA 公安局', name.endsWith('区') ? 'GA 公安分局' : 'GA 公安局'), name)
      for (const street of areasUnder(tenant.areaCode)) {
        book.street(tenant, street.code, `${tenant.code}-ZX`, tenantOfArea(street.code)?.code ?? null)
      }
    } else {
      book.centre(tenant, `${name}便民服务中心`)
      book.list(tenant, townUnits, name)
      book.communities(tenant, tenant.areaCode, `${tenant.code}-ZX`)
    }
  }
  return book.units
}

/** All units of all tenants, upper ones first. */
export const demoUnits: readonly DemoUnit[] = build()

const byCode = new Map(demoUnits.map((unit) => [unit.code, unit]))

/** The unit of a code; throws on an unknown one. */
export function unitOf(code: string): DemoUnit {
  const unit = byCode.get(code)
  if (!unit) throw new Error(`no demo unit ${code}`)
  return unit
}

/** The unit that stands for a department in a tenant; its centre where the tenant has no such unit. */
export function unitForDepartment(tenantCode: string, key: DepartmentKey): DemoUnit {
  const own = demoUnits.find((unit) => unit.tenantCode === tenantCode && unit.departments.includes(key))
  return own ?? unitOf(`${tenantCode}-ZX`)
}

/** The street, county or community unit of exactly this area in a tenant's tree. */
export function unitForArea(tenantCode: string, areaCode: string): DemoUnit | undefined {
  return demoUnits.find(
    (unit) => unit.tenantCode === tenantCode && unit.areaCode === areaCode && unit.departments.length === 0
      && (unit.kind === 'handling' || unit.kind === 'community'),
  )
}

/** Areas inside a tenant's own area, itself first. */
export function areasOfTenant(tenant: DemoTenant): string[] {
  const prefix = tenant.level === 1 ? tenant.areaCode.slice(0, 2) : tenant.level === 2 ? tenant.areaCode.slice(0, 4) : tenant.areaCode
  return demoAreas.filter((area) => area.code.startsWith(prefix)).map((area) => area.code)
}
