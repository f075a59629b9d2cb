// A city with a line of units (centre – bureau – station), a sibling tenant, and people of each post, for tests of lists, messages, files and approvals.
import { sql } from 'kysely'
import type { Ctx, ScopeKind } from '../../../kernel/ctx.ts'
import { nobody } from '../../../kernel/ctx.ts'
import { newId, runCommand } from '../../../kernel/runtime.ts'
import { testApp, type TestApp } from '../../../kernel/testing/index.ts'
import { toIso } from '../../../kernel/time/index.ts'

type UnitName = 'centre' | 'bureau' | 'station' | 'sibling'
export const people = {
  handler: { name: '承办员甲', unit: 'station', rights: {} },
  stationLeader: { name: '站长乙', unit: 'station', rights: { 'flow.approveInUnit': 'unit' } },
  bureauLeader: { name: '局长丙', unit: 'bureau', rights: { 'flow.approveInUnit': 'unit' } },
  reviewer: { name: '审核员丁', unit: 'centre', rights: { 'flow.approveExtension': 'tenant', 'flow.reviewReturn': 'tenant' } },
  admin: {
    name: '管理员戊', unit: 'centre',
    rights: { 'flow.read': 'tenant', 'flow.manage': 'tenant', 'flow.intervene': 'tenant', 'forms.read': 'tenant', 'forms.manage': 'tenant', 'platform.readSms': 'tenant', 'platform.readSmsCodes': 'tenant', 'platform.resendSms': 'tenant', 'platform.shareQueries': 'tenant', 'platform.exportTest': 'tenant' },
  },
  smsReader: { name: '值班员己', unit: 'centre', rights: { 'platform.readSms': 'tenant' } },
  neighbour: { name: '邻市管理员', unit: 'sibling', rights: { 'flow.read': 'tenant', 'flow.manage': 'tenant', 'platform.shareQueries': 'tenant', 'platform.exportTest': 'tenant' } },
} as const satisfies Record<string, { name: string; unit: UnitName; rights: Record<string, ScopeKind> }>
export type PersonName = keyof typeof people

export type LineCity = {
  app: TestApp
  /** The root of the deployment: `admin` works in it. */
  tenant: string
  sibling: string
  units: Record<UnitName, string>
  users: Record<PersonName, string>
  /** Runs a job of any kind, as the worker would. */
  runJob<P>(job: { run: (begin: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>, payload: P, info: { attempt: number; maxAttempts: number }) => Promise<void>; maxAttempts: number }, payload: P, attempt?: number): Promise<void>
  stop(): Promise<void>
}

const person = <T>(make: (name: PersonName) => T): Record<PersonName, T> => Object.fromEntries((Object.keys(people) as PersonName[]).map((name) => [name, make(name)])) as Record<PersonName, T>

/** The test city has a `handler` and a `reviewer` of its own. */
const login = (name: string): string => `line-${name.toLowerCase()}`

export async function lineCity(): Promise<LineCity> {
  const whole = await testApp()
  const who = (as: string | { tenantId: string } | undefined) => (typeof as === 'string' ? login(as) : as)
  const app: TestApp = { ...whole, as: (name) => whole.as(login(name)), actor: (name) => whole.actor(login(name)), command: (fn, as) => whole.command(fn, who(as)), query: (fn, as) => whole.query(fn, who(as)) }
  const [tenant, sibling] = [newId(), newId()]
  const units = { centre: newId(), bureau: newId(), station: newId(), sibling: newId() }
  const users = person(() => newId())
  const at = toIso(app.clock.now())
  await app.command(async (ctx) => {
    const db = ctx.acrossTenants('fixture')
    // The people of the small test city have these logins; here others bear them.
    await sql`update platform_user set login = 'city-' || login`.execute(db)
    await sql`insert into platform_area (code, name, full_name, level) values ('980000', '青原省', '青原省', 1) on conflict do nothing`.execute(db)
    for (const [id, code] of [[tenant, 'line-city'], [sibling, 'line-sibling']] as const) {
      await sql`insert into platform_tenant (id, code, name, area_code, parent_id, level, path, created_at) values (${id}, ${code}, ${code}, '980000', null, 2, array[${id}]::uuid[], ${at}::timestamptz)`.execute(db)
    }
    const unit = (owner: string, id: string, code: string, name: string, kind: string, path: string[]) =>
      sql`insert into platform_unit (tenant_id, id, code, name, kind, area_code, parent_id, path, created_at, changed_at, changed_by)
        values (${owner}, ${id}, ${code}, ${name}, ${kind}, '980000', ${path.at(-2) ?? null}, ${path}::uuid[], ${at}::timestamptz, ${at}::timestamptz, 'test')`.execute(db)
    await unit(tenant, units.centre, 'LC-0', '热线中心', 'centre', [units.centre])
    await unit(tenant, units.bureau, 'LC-1', '城管局', 'handling', [units.centre, units.bureau])
    await unit(tenant, units.station, 'LC-2', '城管一站', 'section', [units.centre, units.bureau, units.station])
    await unit(sibling, units.sibling, 'LS-0', '邻市热线中心', 'centre', [units.sibling])
    for (const [key, { name, unit: place, rights }] of Object.entries(people)) {
      const owner = place === 'sibling' ? sibling : tenant
      const [role, user] = [newId(), users[key as PersonName]]
      await sql`insert into platform_user (tenant_id, id, login, staff_no, name, created_at, changed_at, changed_by) values (${owner}, ${user}, ${login(key)}, ${key}, ${name}, ${at}::timestamptz, ${at}::timestamptz, 'test')`.execute(db)
      await sql`insert into platform_post (tenant_id, user_id, unit_id, main) values (${owner}, ${user}, ${units[place]}, true)`.execute(db)
      await sql`insert into platform_role (tenant_id, id, code, name, created_at, changed_at, changed_by) values (${owner}, ${role}, ${`test-${key}`}, ${name}, ${at}::timestamptz, ${at}::timestamptz, 'test')`.execute(db)
      for (const [permission, scope] of Object.entries(rights)) await sql`insert into platform_role_permission (tenant_id, role_id, permission, scope) values (${owner}, ${role}, ${permission}, ${scope})`.execute(db)
      await sql`insert into platform_grant (tenant_id, id, user_id, role_id, granted_by, granted_at) values (${owner}, ${newId()}, ${user}, ${role}, 'test', ${at}::timestamptz)`.execute(db)
    }
  }, { tenantId: tenant })
  return {
    app, tenant, sibling, units, users,
    runJob: (job, payload, attempt = 1) =>
      job.run((fn) => runCommand(app.app.runtime, { actor: nobody('00000000-0000-0000-0000-000000000000'), requestId: 'test-job' }, fn), payload, { attempt, maxAttempts: job.maxAttempts }),
    stop: () => app.stop(),
  }
}
