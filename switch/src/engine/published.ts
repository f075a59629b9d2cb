// What was published: policies of tenants and the lines of the site, on disk as numbered snapshots, handed to worlds and media.
import { readFile, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Deployment, type Policy, deployment as deploymentShape, policy as policyShape } from '../engine-port.ts'
import type { Driver } from '../control/driver.ts'
import { checkFlow } from '../control/flow-check.ts'
import { indexPolicy } from '../control/policy-index.ts'
import type { Input } from '../control/reduce.ts'
import { type Answer, type World, no, ok } from '../control/world.ts'
import { seal, unsealed } from '../journal/seal.ts'
import type { MediaPort } from '../media-port.ts'
import type { Delivery } from './delivery.ts'
import type { Log } from './engine.ts'
import type { Leases } from './leases.ts'

export type PublishedOptions = {
  folder: string, key: Buffer, media: MediaPort, leases: Leases, log: Log, delivery: Delivery
  trunks: World['trunks']
  tenants: ReadonlyMap<string, { driver: Driver }>
  open: (tenant: string) => { driver: Driver }
  feed: (tenant: string, input: Input) => Answer | null
}
export type Published = ReturnType<typeof newPublished>

const fileName = (it: Policy): string => `${Buffer.from(it.tenant).toString('hex')}-${String(it.number)}`

export function newPublished({ folder, key, media, leases, log, delivery, trunks, tenants, open, feed }: PublishedOptions) {
  const policyFolder = path.join(folder, 'policies')
  let site: Deployment | null = null

  function configure(): void {
    const users = [...tenants.values()].flatMap(({ driver: { world } }) => {
      const policy = world.index?.policy
      return policy ? policy.agents.flatMap((a) => a.extension && a.ha1 ? [{ tenant: policy.tenant, user: a.extension, realm: policy.realm, ha1: a.ha1, ...(a.ha1Sha256 ? { ha1Sha256: a.ha1Sha256 } : {}) }] : []) : []
    })
    media.order({ kind: 'configure', lines: { users, trunks: (site?.trunks ?? []).map((t) => ({ id: t.id, transport: t.transport, host: t.host, port: t.port, user: t.user ?? undefined, password: t.password ?? undefined, realm: t.realm ?? undefined, register: t.register, accept: t.accept, codecs: t.codecs, srtp: t.srtp, channels: t.channels, probeSeconds: t.probeSeconds })) } })
  }
  async function forgetOlder(tenant: string): Promise<void> {
    const used = tenants.get(tenant)?.driver.world.indexes
    for (const name of await readdir(policyFolder)) {
      const [hex, number] = name.split('-')
      if (hex === Buffer.from(tenant).toString('hex') && !used?.has(Number(number))) await unlink(path.join(policyFolder, name))
    }
  }
  function takeTrunks(it: Deployment): void {
    for (const id of trunks.keys()) if (!it.trunks.some((t) => t.id === id)) trunks.delete(id)
    for (const t of it.trunks) trunks.set(t.id, { state: trunks.get(t.id)?.state ?? 'up', channels: trunks.get(t.id)?.channels ?? 0, most: t.channels, reserved: t.reserved, reason: null })
  }

  return {
    configure,
    number: (): number => site?.number ?? 0,
    trunk: (id: string) => site?.trunks.find((t) => t.id === id),

    /** A tenant's policy: checked whole, on disk before it is used. */
    async publish(it: Policy): Promise<Answer> {
      if (!await leases.take(it.tenant)) return no(409, 'ownedElsewhere')
      const has = tenants.get(it.tenant)?.driver.world.index?.policy.number ?? 0
      if (it.number < has) return no(409, 'older', String(has))
      const files = new Set(it.prompts.flatMap((p) => p.parts.flatMap((part) => 'file' in part && !part.file.startsWith('shipped/') ? [part.file] : [])))
      const missing: string[] = []
      for (const hash of files) if (!await stat(path.join(folder, 'prompts', `${hash}.alaw`)).catch(() => null)) missing.push(hash)
      if (missing.length > 0) return { status: 422, code: 'missingFiles', detail: null, data: { missing } }
      const wrong = it.flows.flatMap((f) => checkFlow(f, it)).filter((f) => f.severity === 'error')
      if (wrong.length > 0) return { status: 422, code: 'badFlow', detail: wrong[0]?.detail ?? null, data: { findings: wrong } }
      if (it.number > has) await writeFile(path.join(policyFolder, fileName(it)), seal(key, JSON.stringify(it)), { mode: 0o600 })
      if (!tenants.has(it.tenant)) open(it.tenant)
      feed(it.tenant, { kind: 'policy', policy: it })
      configure()
      delivery.emit(it.tenant, null, 'policyTaken', { policy: it.number })
      await forgetOlder(it.tenant)
      return ok({ number: it.number })
    },

    /** The lines of the site. */
    async deploy(it: Deployment): Promise<Answer> {
      if (site && it.number < site.number) return no(409, 'older', String(site.number))
      site = it
      await writeFile(path.join(policyFolder, 'deployment'), seal(key, JSON.stringify(it)), { mode: 0o600 })
      takeTrunks(it)
      configure()
      return ok({ number: it.number })
    },

    /** At the start: what is on disk, into worlds that this exchange may act for. */
    async load(): Promise<void> {
      for (const name of await readdir(policyFolder)) {
        try {
          const text = unsealed(key, await readFile(path.join(policyFolder, name)))
          if (name === 'deployment') { site = deploymentShape.parse(JSON.parse(text)); continue }
          const read = policyShape.parse(JSON.parse(text))
          if (!await leases.take(read.tenant)) { log('warn', 'another exchange owns the tenant', { tenant: read.tenant }); continue }
          const { driver: { world } } = tenants.get(read.tenant) ?? open(read.tenant)
          const index = indexPolicy(read)
          world.indexes.set(read.number, index)
          if (!world.index || world.index.policy.number < read.number) world.index = index
        } catch (error) {
          log('error', 'a policy file cannot be read', { name, error: String(error) })
        }
      }
      if (site) takeTrunks(site)
    },
  }
}
