// Fills the rooms beside the orders (notices, words, labels, surveys, …) as the city's people would by clicks: through the routes' own
// use-cases, each by somebody who may, some days ago.
import { seedCitizen } from '../domains/intake/index.ts'
import { titlesOf } from '../domains/orders/seeding.ts'
import { inTenant, nobody, type Actor } from '../kernel/ctx.ts'
import type { Module } from '../kernel/module.ts'
import { runCommand, type Runtime } from '../kernel/runtime.ts'
import { DAY, movableClock, plus, type Instant } from '../kernel/time/index.ts'
import { NO_TENANT } from '../domains/platform/index.ts'
import { demoRooms, demoUsers, type RoomAct } from '../demo/index.ts'
import { HOME, type DemoIds } from './demo-city.ts'
import { resolveActors } from './demo-history.ts'

/** Answers of acts that have a name, for those that come after. */
type Said = Map<string, { id?: string; version?: number }>

export async function seedRooms(options: { runtime: Runtime; modules: Module[]; ids: DemoIds; now: Instant }): Promise<number> {
  const { ids, now, modules } = options
  const clock = movableClock(now)
  const runtime: Runtime = { ...options.runtime, clock, wake: () => undefined, hint: () => undefined }
  const routes = new Map(modules.flatMap((m) => m.routes ?? []).map((route) => [route.spec.id, route]))
  const actors = await resolveActors(runtime, ids)
  const centre = demoUsers.flatMap(({ login, tenantCode, roles }) => { const actor = actors.get(login); return tenantCode === HOME && actor ? [{ actor, roles }] : [] })
  const said: Said = new Map()
  const titles = await runCommand(runtime, { actor: { ...nobody(NO_TENANT), name: '系统' }, requestId: 'seed' }, (ctx) => titlesOf(inTenant(ctx, ids.tenants.get(HOME) ?? '')))
  for (const act of demoRooms(now)) {
    const route = routes.get(act.route)
    if (!route) throw new Error(`no route ${act.route}`)
    clock.set(plus(now, -(act.daysAgo ?? 6) * DAY))
    if (act.orders !== undefined && about(titles, act.orders).length === 0) continue
    const { spec } = route
    const done = runCommand(runtime, { actor: { ...nobody(NO_TENANT), name: '系统' }, requestId: 'seed' }, async (plain) => {
      // A fresh object: what was read with the actor (rules, words, libraries) is of before the first act.
      const actor = act.citizen ? await seedCitizen(inTenant(plain, ids.tenants.get(HOME) ?? ''), act.citizen) : { ...whoMay(centre, act, spec.access) }
      const ctx = { ...plain, actor, tenantId: actor.tenantId }
      const given = filled(act.orders === undefined ? act.input : { ...act.input, orderIds: about(titles, act.orders) }, (ref) => valueOf(ref, ids, said)) as Record<string, unknown>
      const inPath = spec.params?.parse(given) ?? {}
      const inBody = Object.fromEntries(Object.entries(given).filter(([key]) => !(key in inPath)))
      const input = { ...inPath, ...(spec.body?.parse(inBody) as object | undefined) }
      const answer = (await route.handler(ctx, input as never, undefined as never)) as { id?: string }
      if (act.as) said.set(act.as, answer)
    })
    await done.catch((error: unknown) => { throw new Error(`${act.route} ${JSON.stringify(act.input)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error }) })
  }
  return said.size
}

const about = (titles: readonly { id: string; title: string }[], pattern: string): string[] => titles.filter((one) => new RegExp(pattern).test(one.title)).slice(0, 500).map((one) => one.id)

/** Somebody of the role, or the first of the centre who may call the route. */
function whoMay(centre: readonly { actor: Actor; roles: readonly string[] }[], act: RoomAct, access: { permission: string } | { anyOf: string[] } | string): Actor {
  const needed = typeof access === 'string' ? [] : 'permission' in access ? [access.permission] : access.anyOf
  const actor = centre.find((one) => (!act.by || one.roles.includes(act.by)) && (needed.length === 0 || needed.some((code) => (one.actor.grants.get(code)?.size ?? 0) > 0)))?.actor
  if (!actor) throw new Error(`nobody may ${act.route}`)
  return actor
}

/** `@unit LC-01`, `@matter 010101`, `@category 0101`, `@user login`, `@said name` stand for ids. */
function valueOf(ref: string, ids: DemoIds, said: Said): unknown {
  const [kind, code = ''] = ref.slice(1).split(' ')
  const found = kind === 'unit' ? ids.units.get(code) : kind === 'matter' ? ids.matters.get(code) : kind === 'category' ? ids.categories.get(code) : kind === 'user' ? ids.users.get(code) : kind === 'item' ? ids.knowledge.get(code) : kind === 'version' ? said.get(code)?.version : said.get(code)?.id
  if (found === undefined) throw new Error(`nothing stands for ${ref}`)
  return found
}

const REF = /^@(?:unit|matter|category|user|item|said|version) \S+$/

function filled(value: unknown, of: (ref: string) => unknown): unknown {
  if (typeof value === 'string') return REF.test(value) ? of(value) : value
  if (Array.isArray(value)) return value.map((one) => filled(one, of))
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, of)]))
  return value
}
