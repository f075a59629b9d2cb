// Puts the fictional city into the database: areas, tenants, units, people, the standard. Orders follow in demo-history.ts.
import { demoAreas, demoOutlines, demoEnterprises, demoCategories, demoDirectories, demoMatters, demoTenants, demoUnits, demoDuties, demoKnowledge, demoKnowledgeDirectories, demoPublications, demoSynonyms, demoUsers, unitForDepartment, type DemoDuty } from '../demo/index.ts'
import { ensureForms } from '../domains/forms/index.ts'
import { seedPublications } from '../domains/intake/index.ts'
import { seedKnowledge } from '../domains/knowledge/index.ts'
import { seedMatters } from '../domains/matters/index.ts'
import { loadAreaOutlines, seedHandling } from '../domains/orders/seeding.ts'
import { seedTelephony } from '../domains/telephony/index.ts'
import { ensureDefinitions } from '../domains/flow/index.ts'
import { NO_TENANT, seedPlatform, type Seeded } from '../domains/platform/index.ts'
import { inTenant, systemActor } from '../kernel/ctx.ts'
import { runCommand, type Runtime } from '../kernel/runtime.ts'

/** The tenant whose standard all tenants below inherit, and whose portal citizens use. */
export const HOME = 'LC'

export type DemoIds = Seeded & { matters: Map<string, string>; categories: Map<string, string>; /** By title. */ knowledge: Map<string, string> }

export async function seedDemoCity(runtime: Runtime): Promise<DemoIds> {
  const system = { actor: { ...systemActor(NO_TENANT), name: '系统' }, requestId: 'seed' }
  return runCommand(runtime, system, async (ctx) => {
    const seeded = await seedPlatform(ctx, {
      areas: demoAreas.map((a) => ({ code: a.code, name: a.name, lon: null, lat: null })),
      tenants: demoTenants,
      units: demoUnits,
      users: demoUsers.map((u) => ({ login: u.login, name: u.name, staffNo: u.staffNo, unitCode: u.unitCode, roles: u.roles, title: u.title, mobile: u.mobile })),
      homeTenantCode: HOME,
      // Nobody types an identity number into a demonstration.
      settings: { 'realName.required': false },
    })
    await ensureDefinitions(ctx)
    const home = inTenant(ctx, seeded.tenants.get(HOME) ?? '')
    const standard = await seedMatters(home, {
      directories: demoDirectories.map((d) => ({ code: d.code, name: d.name, parentCode: d.parentCode, sort: d.sort, description: d.description })),
      matters: demoMatters.map((m) => ({
        code: m.code, name: m.name, directoryCode: m.directoryCode, competentUnitCode: m.competentUnitCode, division: m.division, appealTypes: m.appealTypes, conditions: m.conditions, materials: m.materials, duration: m.duration,
        closingStandard: m.closingStandard, closingBasis: m.closingBasis, keywords: m.keywords, levels: m.levels, vertical: m.vertical,
        elements: m.elements.map((e) => ({ code: e.code, name: e.name, type: e.type, required: e.required, options: e.options, prompt: e.prompt, masked: e.masked })),
      })),
      duties: demoDuties.filter((d) => d.tenantCode === HOME).map(dutyOf),
      enterprises: demoEnterprises,
      nodes: demoCategories.map((c) => ({ scheme: c.scheme, code: c.code, name: c.name, parentCode: c.parentCode, sort: c.sort })),
    })
    // Duty lists are each tenant's own; the matters they speak of are inherited.
    for (const tenant of demoTenants) {
      // The region stands above the standard and does not see it.
      if (tenant.code === HOME || tenant.level < 2) continue
      const own = demoDuties.filter((d) => d.tenantCode === tenant.code)
      if (own.length > 0) await seedMatters(inTenant(ctx, seeded.tenants.get(tenant.code) ?? ''), { directories: [], matters: [], duties: own.map(dutyOf), inherited: standard.matters })
    }
    await loadAreaOutlines(home, { type: 'FeatureCollection', system: 'WGS84', features: demoOutlines.map((one) => ({ properties: { code: one.code }, geometry: { type: 'Polygon' as const, coordinates: [one.ring] } })) })
    await ensureForms(home)
    await seedPublications(home, demoPublications)
    const items = await seedKnowledge(home, { directories: demoKnowledgeDirectories, synonyms: demoSynonyms, items: demoKnowledge.map(({ department, ...one }) => ({ ...one, ...(department ? { ownerUnitCode: unitForDepartment(HOME, department).code } : {}) })) })
    for (const tenant of demoTenants) await seedHandling(inTenant(ctx, seeded.tenants.get(tenant.code) ?? ''))
    await seedTelephony(home, { number: '12345' })
    return { ...seeded, matters: standard.matters, categories: standard.nodes, knowledge: items }
  })
}

const dutyOf = (d: DemoDuty) => ({
  matterCode: d.matterCode, unitCode: d.unitCode, role: d.role, areaCode: d.areaCode, implementationCode: d.implementationCode, implementationName: d.implementationName, matterType: d.matterType, implementationType: d.implementationType, boundary: d.boundary,
})
