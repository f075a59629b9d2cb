/**
 * Duty lists of every tenant: who leads and who assists for a matter in an area. The entry with the longest matching
 * area wins, so that a county or street takes over what the city does not handle itself.
 */
import { areaOf, areasUnder } from './areas.ts'
import type { DepartmentKey } from './departments.ts'
import { demoDirectories, demoMatters, type DemoMatter } from './matters/index.ts'
import { areasOfTenant, demoTenants, unitForArea, unitForDepartment, type DemoTenant, type DemoUnit } from './units.ts'

export interface DemoDuty {
  tenantCode: string
  matterCode: string
  unitCode: string
  /** negative: must not be given to this unit. */
  role: 'lead' | 'assist' | 'negative'
  areaCode: string
  implementationCode: string
  implementationName: string
  matterType: '行政管理' | '公共服务'
  implementationType: '市级实施' | '属地实施' | '企业服务' | '垂直管理'
  boundary: string
}

const typeOf = (unit: DemoUnit): DemoDuty['implementationType'] => {
  if (unit.vertical) return '垂直管理'
  if (unit.kind === 'enterprise') return '企业服务'
  return unit.departments.length > 0 || unit.kind === 'centre' ? '市级实施' : '属地实施'
}

function entry(matter: DemoMatter, unit: DemoUnit, role: DemoDuty['role'], areaCode: string, boundary: string): DemoDuty {
  return {
    tenantCode: unit.tenantCode,
    matterCode: matter.code,
    unitCode: unit.code,
    role,
    areaCode,
    implementationCode: `${areaCode}-${matter.code}`,
    implementationName: `${matter.name}（${areaOf(areaCode).name}）`,
    matterType: unit.kind === 'enterprise' ? '公共服务' : '行政管理',
    implementationType: typeOf(unit),
    boundary,
  }
}

/** What the tenant itself does: its department leads in its whole area. */
function topEntries(tenant: DemoTenant, matter: DemoMatter): DemoDuty[] {
  const lead = unitForDepartment(tenant.code, matter.department)
  const boundary = lead.kind === 'centre'
    ? `本级无对应承办单位，由${lead.name}协调或报上级中心派发`
    : `负责${areaOf(tenant.areaCode).name}范围内“${matter.name}”诉求的受理、处置和答复`
  const entries = [entry(matter, lead, 'lead', tenant.areaCode, boundary)]
  const helper = matter.assistDepartment ? unitForDepartment(tenant.code, matter.assistDepartment) : null
  if (helper && helper.kind !== 'centre' && helper.code !== lead.code) {
    entries.push(entry(matter, helper, 'assist', tenant.areaCode, '按职责配合主办单位现场核查和处置'))
  }
  return entries
}

/** The region hands everything to the city that the place belongs to. */
function wholeCity(tenant: DemoTenant, matter: DemoMatter, areaCode: string): DemoDuty[] {
  const unit = unitForArea(tenant.code, areaCode)
  return unit ? [entry(matter, unit, 'lead', areaCode, `由${areaOf(areaCode).name}热线中心受理并组织办理`)] : []
}

/** What the places below the tenant do: counties, streets and communities of its own tree. */
function localEntries(tenant: DemoTenant, matter: DemoMatter): DemoDuty[] {
  if (tenant.level === 1) return areasUnder(tenant.areaCode).flatMap((city) => wholeCity(tenant, matter, city.code))
  if (matter.handlingLevel === 'city') return []
  const department = unitForDepartment(tenant.code, matter.department)
  return areasOfTenant(tenant).flatMap((areaCode) => {
    const unit = unitForArea(tenant.code, areaCode)
    if (!unit || areaCode === tenant.areaCode) return []
    const { level, name } = areaOf(areaCode)
    if (level === 3) {
      const lead = entry(matter, unit, 'lead', areaCode, `负责${name}辖区内诉求的处置，组织街道（乡镇）落实`)
      return department.kind === 'centre' ? [lead] : [lead, entry(matter, department, 'assist', areaCode, '业务指导和专业支持')]
    }
    if (level === 4) {
      return matter.handlingLevel === 'street'
        ? [entry(matter, unit, 'lead', areaCode, `负责${name}辖区内诉求的现场处置和回复`)]
        : [entry(matter, unit, 'assist', areaCode, '配合开展现场核实和群众工作')]
    }
    return matter.handlingLevel === 'street' ? [entry(matter, unit, 'assist', areaCode, '开展日常巡查，协助现场处置')] : []
  })
}

/** Units that are often given what is not theirs: department, field of the directory, reason. */
const negatives: readonly (readonly [DepartmentKey, string, string])[] = [
  ['城管', '物业服务', '住宅小区内部物业管理不属于城市管理部门职责，由住建部门和属地负责'],
  ['环保', '公共卫生', '公共场所卫生由卫生健康部门负责'],
  ['住建', '不动产登记', '不动产登记由自然资源部门负责'],
  ['公安', '劳动报酬', '劳动报酬争议由人力资源社会保障部门负责，恶意欠薪涉嫌犯罪的由其移送'],
  ['交通', '停车管理', '停车管理由城市管理和公安交警部门负责'],
]

function negativeEntries(): DemoDuty[] {
  return negatives.flatMap(([key, directory, reason]) => {
    const unit = unitForDepartment('LC', key)
    return demoMatters
      .filter((matter) => directoryName(matter) === directory && matter.department !== key && matter.assistDepartment !== key)
      .map((matter) => entry(matter, unit, 'negative', '990100', reason))
  })
}

const directoryName = (matter: DemoMatter) => demoDirectories.find(({ code }) => code === matter.directoryCode)?.name

function build(): DemoDuty[] {
  const own = demoTenants.flatMap((tenant) =>
    demoMatters.flatMap((matter) => [...topEntries(tenant, matter), ...localEntries(tenant, matter)]),
  )
  return [...own, ...negativeEntries()]
}

/** Duty entries of all tenants: at most one lead for a matter and area, and always one for the tenant's whole area. */
export const demoDuties: readonly DemoDuty[] = build()
