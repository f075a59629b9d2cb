// A city and one county below it for tests of the standard: areas, tenants, units, and people who act in them.
import { sql } from 'kysely'
import { inTenant, type Actor, type Ctx, type ScopeKind } from '../../../kernel/ctx.ts'
import { newId } from '../../../kernel/runtime.ts'
import { seedHolidays } from '../../../kernel/time/index.ts'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { decideChange } from '../standard/decide-change.ts'
import { createStandard, type Changed } from '../standard/change-standard.ts'
import type { StandardKind } from '../standard/content.ts'

export type StandardCity = {
  app: TestApp
  city: string
  county: string
  /** Unit ids by name. */
  units: Record<'centre' | 'heating' | 'countyHeating' | 'urban' | 'countyUnit', string>
  /** Runs as a standard manager (`a` and `b` are two people) of the city, or of the county. */
  as<T>(who: 'a' | 'b' | 'county', fn: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Creates, submits by `a`, approves by `b`, and answers the id. */
  publish(kind: StandardKind, content: Record<string, unknown>, who?: 'city' | 'county'): Promise<string>
  stop(): Promise<void>
}

/** What a matter needs besides to be submitted. */
export const coreFields = { conditions: '属于本市受理范围', closingBasis: '澜川市示例办法', closingStandard: [{ text: '已办结' }] }

const permissions = ['matters.read', 'matters.edit', 'matters.review', 'matters.limits']

export async function standardCity(): Promise<StandardCity> {
  const app = await testApp()
  const [city, county] = [newId(), newId()]
  const units = { centre: newId(), heating: newId(), countyHeating: newId(), urban: newId(), countyUnit: newId() }
  await app.command(async (ctx) => {
    const db = ctx.acrossTenants('fixture')
    const at = sql`'2026-01-01T00:00:00Z'::timestamptz`
    await sql`insert into platform_area (code, name, full_name, level, parent_code) values
      ('980000', '宁原省', '宁原省', 1, null), ('980100', '澜川市', '宁原省澜川市', 2, '980000'), ('980101', '临澜区', '宁原省澜川市临澜区', 3, '980100'), ('980102', '北屏区', '宁原省澜川市北屏区', 3, '980100'),
      ('980101001', '澜湾街道', '宁原省澜川市临澜区澜湾街道', 4, '980101') on conflict do nothing`.execute(db)
    await sql`insert into platform_tenant (id, code, name, area_code, parent_id, level, path, created_at) values
      (${city}, 'standard-city', '澜川市热线中心', '980100', null, 2, array[${city}]::uuid[], ${at}), (${county}, 'standard-county', '临澜区热线中心', '980101', ${city}, 3, array[${city}, ${county}]::uuid[], ${at})`.execute(db)
    const { days, coveredUntil } = seedHolidays([2026, 2027])
    await sql`insert into kernel_holiday (date, kind, name) select date, kind, name from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as h(date date, kind text, name text) on conflict do nothing`.execute(db)
    await sql`insert into kernel_state (key, value) values ('calendar.coveredUntil', to_jsonb(${coveredUntil}::text)) on conflict do nothing`.execute(db)
    const unit = (tenantId: string, id: string, code: string, name: string, kind: string, area: string) =>
      sql`insert into platform_unit (tenant_id, id, code, name, kind, area_code, path, created_at, changed_at, changed_by)
        values (${tenantId}, ${id}, ${code}, ${name}, ${kind}, ${area}, array[${id}]::uuid[], ${at}, ${at}, 'test')`.execute(db)
    await unit(city, units.centre, 'SC-CENTRE', '市热线中心', 'centre', '980100')
    await unit(city, units.heating, 'SC-HEAT', '市供热办', 'handling', '980100')
    await unit(city, units.countyHeating, 'SC-HEAT-1', '临澜区供热站', 'handling', '980101')
    await unit(city, units.urban, 'SC-URBAN', '市城管局', 'handling', '980100')
    await unit(county, units.countyUnit, 'SC-COUNTY', '临澜区住建局', 'handling', '980101')
  })
  const people: Record<'a' | 'b' | 'county', Actor> = {
    a: person(newId(), '标准管理员甲', city, [city, county], units.heating),
    b: person(newId(), '标准管理员乙', city, [city, county], units.centre),
    county: person(newId(), '区标准管理员', county, [county], units.countyUnit),
  }
  const as: StandardCity['as'] = (who, fn) => app.command((ctx) => fn({ ...inTenant(ctx, people[who].tenantId), actor: people[who] }), { tenantId: people[who].tenantId })
  return {
    app, city, county, units, as,
    async publish(kind, given, who = 'city') {
      const content = kind === 'matter' ? { ...coreFields, ...given } : given
      const { id, changeId }: Changed = await as(who === 'city' ? 'a' : 'county', (ctx) => createStandard(ctx, kind, { content, submit: true }))
      if (who === 'city') await as('b', (ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }))
      else await app.command((ctx) => decideChange(ctx, { id: changeId ?? '', outcome: 'approve' }), { tenantId: county })
      return id
    },
    stop: () => app.stop(),
  }
}

function person(id: string, name: string, tenantId: string, tenantIds: string[], unitId: string): Actor {
  const scopes: ReadonlySet<ScopeKind> = new Set(['tenant'])
  return {
    kind: 'user', id, name, tenantId, sessionId: null, unitIds: [unitId], unitName: name, areaCode: '980100', tenantIds,
    grants: new Map(permissions.map((permission) => [permission, scopes])), phoneHash: null,
  }
}
