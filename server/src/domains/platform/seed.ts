// Fills areas, tenants, units and users in bulk: the demonstration city and the small city of the tests.
import { sql } from 'kysely'
import type { Ctx, ScopeKind } from '../../kernel/ctx.ts'
import { inTenant } from '../../kernel/ctx.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import type { JsonValue } from '../../kernel/db/json.ts'
import { encrypt, keyedHash, maskPhone, normalisePhone } from '../../kernel/crypto/index.ts'
import type { RoleCode } from '../../kernel/module.ts'
import { newId } from '../../kernel/runtime.ts'
import { localDate, seedHolidays, toIso } from '../../kernel/time/index.ts'
import { areaLevel } from './areas/area-tree.ts'
import { writeAreas } from './areas/manage-areas.ts'
import { writeDays } from './calendar/change-calendar.ts'
import { tenantCreated } from './events.ts'
import { seedLabelClasses } from './labels/seed-label-classes.ts'
import { addNewPermissions, seedRoleTemplates } from './roles/seed-templates.ts'
import { touchStamp } from './stamps.ts'
import type { PlatformTables } from './tables.gen.ts'
import type { UnitKind } from './units/unit-tree.ts'
import { MOBILE_CONTEXT } from './users/mobile.ts'

export type SeedArea = { code: string; name: string; lon: number | null; lat: number | null }
/** Upper tenants first; `parentCode` names the tenant above. */
export type SeedTenant = { code: string; name: string; areaCode: string; parentCode: string | null; kind?: 'administration' | 'enterprise' }
/** Upper units first; `parentCode` names the unit above. Codes are unique in the deployment. */
export type SeedUnit = {
  code: string; tenantCode: string; name: string; kind: UnitKind; areaCode: string; parentCode: string | null; vertical?: boolean; sort?: number
  leaderName?: string; contactName?: string; phone?: string
}
/** No password: such a person signs in by SMS, by the demonstration's click, or after an administrator's reset. */
export type SeedUser = { login: string; name: string; staffNo: string; unitCode: string; roles: readonly RoleCode[]; title?: string; mobile?: string; email?: string; alsoIn?: readonly string[]; scope?: ScopeKind }
export type PlatformSeed = { areas: readonly SeedArea[]; tenants: readonly SeedTenant[]; units: readonly SeedUnit[]; users: readonly SeedUser[]; homeTenantCode?: string; /** Values of the tenants at the top, by key. */ settings?: Record<string, JsonValue> }
/** Ids by code and login. */
export type Seeded = { tenants: Map<string, string>; units: Map<string, string>; users: Map<string, string> }

async function insertSettings(ctx: Ctx, seed: PlatformSeed, tenants: Map<string, string>): Promise<void> {
  for (const tenant of seed.tenants.filter((one) => one.parentCode === null)) {
    for (const [key, value] of Object.entries(seed.settings ?? {})) await inTenant(ctx, tenants.get(tenant.code) ?? '').db<PlatformTables>().insertInto('platform_setting_value').values({ tenant_id: tenants.get(tenant.code) ?? '', key, value: json(value), changed_at: ts(ctx.clock.now()), changed_by: '系统' }).execute()
  }
}

/** Run it as the system, in one transaction, on a database without tenants. */
export async function seedPlatform(ctx: Ctx, seed: PlatformSeed): Promise<Seeded> {
  const orphans = await writeAreas(ctx, seed.areas)
  if (orphans.length > 0) throw new Error(`areas without one above: ${orphans.join(', ')}`)
  const tenants = await insertTenants(ctx, seed.tenants)
  await seedCalendar(ctx)
  await insertSettings(ctx, seed, tenants)
  const units = await insertUnits(ctx, seed.units, tenants)
  const roles = new Map<string, Map<string, string>>()
  for (const [code, tenantId] of tenants) roles.set(code, await seedRoleTemplates(inTenant(ctx, tenantId), tenantId))
  for (const tenantId of tenants.values()) await seedLabelClasses(inTenant(ctx, tenantId))
  const users = await insertUsers(ctx, seed, { tenants, units, roles })
  await markFirstStart(ctx, tenants.get(seed.homeTenantCode ?? '') ?? null)
  await touchStamp(ctx, 'rights')
  await touchStamp(ctx, 'tenants')
  for (const tenantId of tenants.values()) ctx.publish({ ...tenantCreated({ tenantId }), tenantId })
  return { tenants, units, users }
}

/** Holidays as shipped, last year to the end of what is announced. */
export async function seedCalendar(ctx: Ctx): Promise<void> {
  const year = Number(localDate(ctx.clock.now()).slice(0, 4))
  const { days, coveredUntil } = seedHolidays([year - 2, year - 1, year, year + 1])
  await writeDays(ctx, days, [], coveredUntil)
}

/** Ciphertext is about to exist: from now on a start without the key file is refused. */
export async function markFirstStart(ctx: Ctx, homeTenantId: string | null): Promise<void> {
  const db = ctx.acrossTenants('facts of the installation')
  await sql`insert into kernel_state (key, value) values ('crypto.used', 'true'::jsonb) on conflict do nothing`.execute(db)
  if (homeTenantId !== null) {
    await sql`insert into kernel_state (key, value) values ('platform.homeTenant', ${JSON.stringify(homeTenantId)}::jsonb) on conflict (key) do update set value = excluded.value`.execute(db)
  }
  await addNewPermissions(ctx)
}

const must = (map: ReadonlyMap<string, string>, key: string, what: string): string => {
  const id = map.get(key)
  if (id === undefined) throw new Error(`seed: no ${what} ${key}`)
  return id
}

async function insertTenants(ctx: Ctx, tenants: readonly SeedTenant[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const paths = new Map<string, string[]>()
  const rows = tenants.map((tenant) => {
    const id = newId()
    const path = [...(tenant.parentCode === null ? [] : (paths.get(tenant.parentCode) ?? [])), id]
    ids.set(tenant.code, id)
    paths.set(tenant.code, path)
    return {
      id, code: tenant.code, name: tenant.name, kind: tenant.kind ?? 'administration', area_code: tenant.areaCode, level: areaLevel(tenant.areaCode), path,
      parent_id: tenant.parentCode === null ? null : must(ids, tenant.parentCode, 'tenant'),
    }
  })
  // A path is an array, which jsonb_to_recordset reads into uuid[] by itself.
  await sql`insert into platform_tenant (id, code, name, kind, area_code, parent_id, level, path, created_at)
    select id, code, name, kind, area_code, parent_id, level, path, ${toIso(ctx.clock.now())}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, code text, name text, kind text, area_code text, parent_id uuid, level int, path uuid[])`.execute(ctx.db())
  return ids
}

async function insertUnits(ctx: Ctx, units: readonly SeedUnit[], tenants: Map<string, string>): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const paths = new Map<string, string[]>()
  const rows = units.map((unit, index) => {
    const id = newId()
    const path = [...(unit.parentCode === null ? [] : (paths.get(unit.parentCode) ?? [])), id]
    ids.set(unit.code, id)
    paths.set(unit.code, path)
    const phone = unit.phone === undefined ? null : normalisePhone(unit.phone)
    return {
      tenant_id: must(tenants, unit.tenantCode, 'tenant'), id, code: unit.code, name: unit.name, kind: unit.kind, area_code: unit.areaCode,
      parent_id: unit.parentCode === null ? null : must(ids, unit.parentCode, 'unit'), path, sort: unit.sort ?? index, vertical: unit.vertical ?? false,
      leader_name: unit.leaderName ?? null, contact_name: unit.contactName ?? null,
      phone_enc: phone === null ? null : encrypt(ctx.keys, phone, 'platform_unit.phone'), phone_mask: phone === null ? null : maskPhone(phone),
    }
  })
  const at = toIso(ctx.clock.now())
  await sql`insert into platform_unit (tenant_id, id, code, name, kind, area_code, parent_id, path, sort, vertical, leader_name, contact_name, phone_enc, phone_mask, created_at, changed_at, changed_by)
    select tenant_id, id, code, name, kind, area_code, parent_id, path, sort, vertical, leader_name, contact_name, phone_enc, phone_mask, ${at}::timestamptz, ${at}::timestamptz, '系统'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as u(tenant_id uuid, id uuid, code text, name text, kind text, area_code text, parent_id uuid, path uuid[], sort int, vertical boolean,
      leader_name text, contact_name text, phone_enc text, phone_mask text)`.execute(ctx.db())
  return ids
}

type Places = { tenants: Map<string, string>; units: Map<string, string>; roles: Map<string, Map<string, string>> }

async function insertUsers(ctx: Ctx, seed: PlatformSeed, places: Places): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  const tenantOfUnit = new Map(seed.units.map((unit) => [unit.code, unit.tenantCode]))
  const users = seed.users.map((user) => {
    const id = newId()
    const tenantCode = must(tenantOfUnit, user.unitCode, 'unit')
    const mobile = user.mobile === undefined ? null : normalisePhone(user.mobile)
    ids.set(user.login, id)
    return {
      id, user, tenantCode, tenant_id: must(places.tenants, tenantCode, 'tenant'), login: user.login.toLowerCase(), staff_no: user.staffNo, name: user.name, email: user.email ?? null,
      mobile_enc: mobile === null ? null : encrypt(ctx.keys, mobile, MOBILE_CONTEXT), mobile_hash: mobile === null ? null : keyedHash(ctx.keys, MOBILE_CONTEXT, mobile), mobile_mask: mobile === null ? null : maskPhone(mobile),
    }
  })
  const at = toIso(ctx.clock.now())
  const rows = users.map(({ user: _user, tenantCode: _tenant, ...row }) => row)
  await sql`insert into platform_user (tenant_id, id, login, staff_no, name, mobile_enc, mobile_hash, mobile_mask, email, created_at, changed_at, changed_by)
    select tenant_id, id, login, staff_no, name, mobile_enc, mobile_hash, mobile_mask, email, ${at}::timestamptz, ${at}::timestamptz, '系统'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as u(tenant_id uuid, id uuid, login text, staff_no text, name text, mobile_enc text, mobile_hash text, mobile_mask text, email text)`.execute(ctx.db())
  const posts = users.flatMap(({ user, tenant_id, id }) =>
    [user.unitCode, ...(user.alsoIn ?? [])].map((code, index) => ({ tenant_id, user_id: id, unit_id: must(places.units, code, 'unit'), main: index === 0, title: index === 0 ? (user.title ?? null) : null })),
  )
  await sql`insert into platform_post (tenant_id, user_id, unit_id, main, title)
    select tenant_id, user_id, unit_id, main, title from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as p(tenant_id uuid, user_id uuid, unit_id uuid, main boolean, title text)`.execute(ctx.db())
  const grants = users.flatMap(({ user, tenantCode, tenant_id, id }) =>
    user.roles.map((role) => ({ tenant_id, id: newId(), user_id: id, role_id: must(places.roles.get(tenantCode) ?? new Map(), role, 'role'), scope: user.scope ?? null })),
  )
  await sql`insert into platform_grant (tenant_id, id, user_id, role_id, scope, origin, granted_by, granted_at)
    select tenant_id, id, user_id, role_id, scope, 'seed', '系统', ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(grants)}::jsonb) as g(tenant_id uuid, id uuid, user_id uuid, role_id uuid, scope text)`.execute(ctx.db())
  return ids
}
