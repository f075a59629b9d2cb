// Every described route is called as every role and as nobody. The snapshot is the reviewed matrix: a change of rights shows as a diff.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roleCodes } from '../src/kernel/module.ts'
import type { RouteSpec } from '../src/kernel/http/route.ts'
import { testApp, type Client, type TestApp } from '../src/kernel/testing/index.ts'
import { modules } from '../src/modules.ts'

const NO_ID = '0190b5c4-0000-7000-8000-000000000000'
const specs = modules.flatMap((m) => (m.routes ?? []).map((r) => r.spec)).toSorted((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1))

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const urlOf = (spec: RouteSpec): string => spec.path.replace(/:(\w+)/g, (_, name: string) => (/id$/i.test(name) ? NO_ID : 'none'))

const EXCHANGE_DOWN = 'exchangeDown'

async function call(client: Client, spec: RouteSpec): Promise<number> {
  const url = urlOf(spec)
  const answer = await (spec.method === 'GET' ? client.get(url) : spec.method === 'POST' ? client.post(url) : spec.method === 'PUT' ? client.put(url) : spec.method === 'PATCH' ? client.patch(url) : client.delete(url))
  // Past the gate, and the exchange it needs does not run here: that is said, not broken.
  if (answer.status >= 500 && !String(answer.body?.code).endsWith(EXCHANGE_DOWN)) throw new Error(`${spec.id} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.status
}

/** Denied as the caller he is: 401 not signed in, 403 a right is missing. Anything else got past the gate. */
const passes = (status: number): boolean => status !== 401 && status !== 403

test('每条员工接口对每个角色的准入与快照一致，未登录者一律 401', async () => {
  const lines: string[] = []
  const clients = new Map<string, Client>()
  // One session a role; a route that ends it (signing out, another password) is followed by a new one.
  const callAs = async (role: string, spec: RouteSpec): Promise<number> => {
    const known = clients.get(role)
    const status = known ? await call(known, spec) : 401
    if (status !== 401) return status
    const fresh = await app.as(role)
    clients.set(role, fresh)
    return call(fresh, spec)
  }
  for (const spec of specs.filter((s) => s.audience !== 'public')) {
    const nobody = await call(app.nobody('staff'), spec)
    if (spec.access === 'everybody') expect([spec.id, nobody]).not.toEqual([spec.id, 403])
    else expect([spec.id, nobody]).toEqual([spec.id, 401])
    const may: string[] = []
    for (const role of roleCodes) if (passes(await callAs(role, spec))) may.push(role)
    const who = spec.access === 'everybody' ? 'everybody' : may.length === roleCodes.length ? 'all staff' : may.length === 0 ? 'nobody of the shipped roles' : may.join(' ')
    lines.push(`${spec.method.padEnd(6)} ${spec.path}  [${spec.id}]  ${who}`)
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('permission-matrix.staff.txt')
}, 300_000)

test('每条公众接口：员工会话在公众端无效，未登录者只到公开内容', async () => {
  const lines: string[] = []
  for (const spec of specs.filter((s) => s.audience !== 'staff')) {
    const nobody = await call(app.nobody('public'), spec)
    if (spec.access !== 'everybody') expect([spec.id, nobody]).toEqual([spec.id, 401])
    lines.push(`${spec.method.padEnd(6)} ${spec.path}  [${spec.id}]  ${spec.access === 'everybody' ? 'everybody' : 'signed-in citizen'}`)
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('permission-matrix.public.txt')
}, 120_000)
