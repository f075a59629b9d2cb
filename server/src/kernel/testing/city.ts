// The small city that tests start with: a few units and one user for each role, made by the same seeds as the demo.
// Users are called by the code of their role (`app.as('reviewer')`); others are listed below.
import type { App } from '../../app.ts'
import { demoAreas } from '../../demo/areas.ts'
import { NO_TENANT, seedPlatform, type PlatformSeed, type SeedUser } from '../../domains/platform/index.ts'
import { systemActor } from '../ctx.ts'
import { roleCodes, type RoleCode } from '../module.ts'
import { runCommand } from '../runtime.ts'

/** Roles that work in the centre; the others belong to a handling unit. */
const unitOf = (role: RoleCode): string => (role === 'handler' || role === 'unitLeader' ? 'T-URBAN' : 'T-CENTRE')

const users: SeedUser[] = [
  ...roleCodes.map((role, index): SeedUser => ({ login: role, name: `测试${role}`, staffNo: `T${String(index + 1).padStart(3, '0')}`, unitCode: unitOf(role), roles: [role], mobile: `1990000${String(1000 + index)}` })),
  { login: 'agent2', name: '测试agent2', staffNo: 'T101', unitCode: 'T-CENTRE', roles: ['agent'] },
  { login: 'handler2', name: '测试handler2', staffNo: 'T102', unitCode: 'T-HEAT', roles: ['handler'] },
  { login: 'unitLeader2', name: '测试unitLeader2', staffNo: 'T103', unitCode: 'T-HEAT', roles: ['unitLeader'] },
  { login: 'sectionHandler', name: '测试sectionHandler', staffNo: 'T104', unitCode: 'T-URBAN-1', roles: ['handler'] },
  { login: 'streetHandler', name: '测试streetHandler', staffNo: 'T105', unitCode: 'T-STREET', roles: ['handler'] },
  { login: 'streetLeader', name: '测试streetLeader', staffNo: 'T106', unitCode: 'T-STREET', roles: ['unitLeader'] },
  { login: 'communityHandler', name: '测试communityHandler', staffNo: 'T107', unitCode: 'T-COMMUNITY', roles: ['handler'] },
  { login: 'countyAdmin', name: '测试countyAdmin', staffNo: 'C001', unitCode: 'C-CENTRE', roles: ['tenantAdmin'] },
  { login: 'countyReviewer', name: '测试countyReviewer', staffNo: 'C002', unitCode: 'C-CENTRE', roles: ['reviewer'] },
  { login: 'countyHandler', name: '测试countyHandler', staffNo: 'C003', unitCode: 'C-URBAN', roles: ['handler'] },
  { login: 'countyLeader', name: '测试countyLeader', staffNo: 'C004', unitCode: 'C-URBAN', roles: ['unitLeader'] },
  { login: 'otherAdmin', name: '测试otherAdmin', staffNo: 'O001', unitCode: 'O-CENTRE', roles: ['tenantAdmin'] },
  { login: 'otherReviewer', name: '测试otherReviewer', staffNo: 'O002', unitCode: 'O-CENTRE', roles: ['reviewer'] },
]

/** Tenants: `test` (a city), below it the siblings `test-county` and `test-other`. */
export const testCity: PlatformSeed = {
  settings: { 'realName.required': false },
  areas: demoAreas,
  tenants: [
    { code: 'test', name: '测试市', areaCode: '990100', parentCode: null },
    { code: 'test-county', name: '北屏区', areaCode: '990102', parentCode: 'test' },
    { code: 'test-other', name: '望溪县', areaCode: '990103', parentCode: 'test' },
  ],
  units: [
    { code: 'T-CENTRE', tenantCode: 'test', name: '测试市热线中心', kind: 'centre', areaCode: '990100', parentCode: null },
    { code: 'T-URBAN', tenantCode: 'test', name: '测试市城管局', kind: 'handling', areaCode: '990100', parentCode: 'T-CENTRE', phone: '0990-5550001' },
    { code: 'T-URBAN-1', tenantCode: 'test', name: '城管局市容科', kind: 'section', areaCode: '990100', parentCode: 'T-URBAN' },
    { code: 'T-HEAT', tenantCode: 'test', name: '测试市供热办', kind: 'handling', areaCode: '990100', parentCode: 'T-CENTRE' },
    { code: 'T-DISTRICT', tenantCode: 'test', name: '临澜区政府', kind: 'handling', areaCode: '990101', parentCode: 'T-CENTRE' },
    { code: 'T-STREET', tenantCode: 'test', name: '澜湾街道办', kind: 'handling', areaCode: '990101001', parentCode: 'T-DISTRICT' },
    { code: 'T-COMMUNITY', tenantCode: 'test', name: '湾头社区', kind: 'community', areaCode: '990101001001', parentCode: 'T-STREET' },
    { code: 'C-CENTRE', tenantCode: 'test-county', name: '北屏区热线中心', kind: 'centre', areaCode: '990102', parentCode: null },
    { code: 'C-URBAN', tenantCode: 'test-county', name: '北屏区城管局', kind: 'handling', areaCode: '990102', parentCode: 'C-CENTRE' },
    { code: 'O-CENTRE', tenantCode: 'test-other', name: '望溪县热线中心', kind: 'centre', areaCode: '990103', parentCode: null },
    { code: 'O-URBAN', tenantCode: 'test-other', name: '望溪县城管局', kind: 'handling', areaCode: '990103', parentCode: 'O-CENTRE' },
  ],
  users,
  homeTenantCode: 'test',
}

export async function seedTestCity(app: App): Promise<void> {
  await runCommand(app.runtime, { actor: systemActor(NO_TENANT), requestId: 'seed' }, (ctx) => seedPlatform(ctx, testCity))
  await app.dispatcher.drain()
}
