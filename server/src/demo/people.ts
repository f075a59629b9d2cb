/** Staff of every tenant and unit, and the people who call. Telephone numbers are of the made-up range 19900 0xxxxx and 19900 1xxxxx. */
import { areaOf, type DemoArea } from './areas.ts'
import { makeName, type Sex } from './names.ts'
import { createRng, type Rng } from './rng.ts'
import { makePlace, pickCommunity, type DemoPlace } from './texts/place.ts'
import { demoTenants, demoUnits, type DemoTenant, type DemoUnit } from './units.ts'

export type DemoRole =
  | 'agent' | 'shiftLeader' | 'reviewer' | 'dispatcher' | 'callbackAgent' | 'inspector' | 'supervisor' | 'handler'
  | 'unitLeader' | 'leader' | 'matterManager' | 'businessAdmin' | 'tenantAdmin' | 'systemAdmin' | 'auditor'

export interface DemoUser {
  login: string
  name: string
  sex: Sex
  staffNo: string
  mobile: string
  tenantCode: string
  unitCode: string
  roles: DemoRole[]
  title: string
}

export interface DemoPerson {
  subjectKind: 'person' | 'enterprise'
  /** Of an enterprise: the contact's name. */
  name: string
  enterpriseName: string | null
  sex: Sex
  ageRange: '18岁以下' | '18-30岁' | '31-45岁' | '46-60岁' | '60岁以上'
  phone: string
  areaCode: string
  address: string
  place: DemoPlace
}

/** Posts of a centre: role, title, how many in a city, a county or region, and a town. */
const centrePosts: readonly (readonly [DemoRole, string, number, number, number])[] = [
  ['agent', '话务员', 6, 4, 2],
  ['shiftLeader', '值班长', 1, 1, 1],
  ['reviewer', '审核员', 2, 1, 1],
  ['dispatcher', '派单员', 2, 1, 1],
  ['callbackAgent', '回访员', 2, 1, 1],
  ['inspector', '质检员', 1, 1, 1],
  ['supervisor', '督办员', 1, 1, 1],
  ['leader', '分管领导', 1, 1, 1],
  ['matterManager', '事项管理员', 1, 1, 1],
  ['businessAdmin', '业务管理员', 1, 1, 1],
  ['tenantAdmin', '租户管理员', 1, 1, 1],
  ['systemAdmin', '系统管理员', 1, 1, 1],
  ['auditor', '安全审计员', 1, 1, 1],
]

const leaderTitles: Record<DemoUnit['kind'], string> = {
  centre: '中心主任', handling: '分管负责人', section: '科室负责人', community: '社区书记', enterprise: '客服部经理', subCentre: '分中心主任',
}

const seedOfStaff = 20_260_901

function postsOf(unit: DemoUnit, tenant: DemoTenant): [DemoRole, string][] {
  const posts: [DemoRole, string][] = []
  if (unit.kind === 'centre') {
    for (const [role, title, city, county, town] of centrePosts) {
      const count = tenant.level === 2 ? city : tenant.level === 4 ? town : county
      for (let i = 0; i < count; i++) posts.push([role, title])
    }
  }
  const handlers = unit.kind === 'handling' || unit.kind === 'enterprise' ? 2 : 1
  const village = unit.kind === 'community' && unit.name.includes('村民委员会')
  for (let i = 0; i < handlers; i++) posts.push(['handler', unit.kind === 'community' ? '网格员' : '承办专员'])
  posts.push(['unitLeader', village ? '村支部书记' : leaderTitles[unit.kind]])
  return posts
}

function buildUsers(): DemoUser[] {
  const rng = createRng(seedOfStaff)
  const users: DemoUser[] = []
  const names = new Set<string>()
  const logins = new Map<string, number>()
  for (const unit of demoUnits) {
    const tenant = demoTenants.find(({ code }) => code === unit.tenantCode)
    if (!tenant) throw new Error(`unit ${unit.code} without tenant`)
    for (const [role, title] of postsOf(unit, tenant)) {
      const sex: Sex = rng.chance(role === 'agent' || role === 'callbackAgent' ? 0.75 : 0.45) ? 'female' : 'male'
      let made = makeName(rng, sex)
      while (names.has(made.name)) made = makeName(rng, sex)
      names.add(made.name)
      const nth = (logins.get(made.pinyin) ?? 0) + 1
      logins.set(made.pinyin, nth)
      const serial = users.length + 1
      users.push({
        login: nth === 1 ? made.pinyin : `${made.pinyin}${nth}`,
        name: made.name,
        sex,
        staffNo: `${tenant.code}${String(10_000 + serial).slice(1)}`,
        mobile: `199000${String(serial).padStart(5, '0')}`,
        tenantCode: tenant.code,
        unitCode: unit.code,
        roles: [role],
        title,
      })
    }
  }
  return users
}

/** Staff of all tenants: a handler and a leader in every unit, every other role in every centre. */
export const demoUsers: readonly DemoUser[] = buildUsers()

const ages = [
  ['18岁以下', 1], ['18-30岁', 18], ['31-45岁', 34], ['46-60岁', 27], ['60岁以上', 20],
] as const satisfies readonly (readonly [DemoPerson['ageRange'], number])[]

export interface PersonRequest {
  community?: DemoArea
  /** Somebody who lives in the tenant's area. */
  tenantCode?: string
  setting?: 'urban' | 'rural' | 'any'
}

function communityFor(rng: Rng, { community, tenantCode, setting }: PersonRequest): DemoArea {
  const tenant = demoTenants.find(({ code }) => code === tenantCode)
  return community ?? pickCommunity(rng, setting, tenant && areaOf(tenant.areaCode))
}

/** A requester who lives where the request says; about one in twenty speaks for an enterprise. */
export function generatePerson(rng: Rng, request: PersonRequest = {}): DemoPerson {
  const community = communityFor(rng, request)
  const sex: Sex = rng.chance(0.52) ? 'female' : 'male'
  const place = makePlace(rng, community)
  const enterprise = rng.chance(0.05)
  return {
    subjectKind: enterprise ? 'enterprise' : 'person',
    name: makeName(rng, sex).name,
    enterpriseName: enterprise ? place.company : null,
    sex,
    ageRange: rng.weighted(enterprise ? ages.slice(2, 4) : ages, ([, weight]) => weight)[0],
    phone: `199001${String(rng.int(0, 99_999)).padStart(5, '0')}`,
    areaCode: community.code,
    address: place.homeAddress,
    place,
  }
}
