// Leases of tenants in a folder that exchanges share.
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { now } from './clock.ts'
import { openLeases, type Leases } from './leases.ts'

let folder: string
const opened: Leases[] = []
const exchange = async (owner: string): Promise<Leases> => {
  const leases = await openLeases(folder, owner, () => {})
  opened.push(leases)
  return leases
}
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'leases-')) })
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
  await rm(folder, { recursive: true, force: true })
})

test('of exchanges that find a tenant free in the same instant one gets it', async () => {
  const all = await Promise.all(['one', 'two', 'three', 'four'].map(exchange))
  for (const tenant of ['a', 'b', 'c', 'd', 'e']) {
    const won = await Promise.all(all.map((one) => one.take(tenant)))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(all.map((one) => one.holds(tenant))).toEqual(won)
  }
})

test('a claim that a killed exchange left behind does not bar the tenant', async () => {
  const claim = path.join(folder, `${Buffer.from('a').toString('hex')}.lease.claim`)
  await writeFile(claim, '')
  const one = await exchange('one')
  expect(await one.take('a')).toBe(false)
  const old = (now() - 60_000) / 1000
  await utimes(claim, old, old)
  expect(await one.take('a')).toBe(true)
})
