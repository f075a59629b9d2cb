// One exchange owns a tenant at a time: a small file per tenant in a folder that exchanges of a site share, renewed every two seconds, taken over when it is ten seconds old.
import { mkdir, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { now } from './clock.ts'

const RENEW_MS = 2000
const STALE_MS = 10_000

export type Leases = { /** Whether this exchange may act for the tenant. */ take: (tenant: string) => Promise<boolean>, holds: (tenant: string) => boolean, close: () => Promise<void> }

/** @param lost told when another exchange has taken a tenant over (this one was frozen too long): its world must be given up. */
export async function openLeases(folder: string, owner: string, lost: (tenant: string) => void): Promise<Leases> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const held = new Set<string>()
  const fileOf = (tenant: string): string => path.join(folder, `${Buffer.from(tenant).toString('hex')}.lease`)
  async function ownerOf(tenant: string): Promise<{ owner: string, at: number } | null> {
    try {
      const read: unknown = JSON.parse(await readFile(fileOf(tenant), 'utf8'))
      return typeof read === 'object' && read !== null && 'owner' in read && 'at' in read ? { owner: String(read.owner), at: Number(read.at) } : null
    } catch {
      return null
    }
  }
  async function write(tenant: string): Promise<void> {
    const file = fileOf(tenant)
    await writeFile(`${file}.${owner}`, JSON.stringify({ owner, at: now() }), { mode: 0o600 })
    await rename(`${file}.${owner}`, file)
  }
  /** One exchange at a time looks and writes: of two that find a tenant free at once only one gets it. A claim left behind by a killed one is removed when it is as old as a stale lease. */
  async function claimed(tenant: string, run: () => Promise<boolean>): Promise<boolean> {
    const claim = `${fileOf(tenant)}.claim`
    try {
      await (await open(claim, 'wx', 0o600)).close()
    } catch {
      const left = await stat(claim).catch(() => null)
      if (left && now() - left.mtimeMs > STALE_MS) await unlink(claim).catch(() => {})
      return false
    }
    try {
      return await run()
    } finally {
      await unlink(claim).catch(() => {})
    }
  }
  const renew = async (): Promise<void> => {
    for (const tenant of held) {
      const found = await ownerOf(tenant)
      if (found && found.owner !== owner) { held.delete(tenant); lost(tenant) } else await write(tenant)
    }
  }
  const timer = setInterval(() => { renew().catch(() => {}) }, RENEW_MS)
  return {
    async take(tenant) {
      if (held.has(tenant)) return true
      for (let tries = 0; tries < 3; tries += 1) {
        if (await claimed(tenant, async () => {
          const found = await ownerOf(tenant)
          if (found && found.owner !== owner && now() - found.at < STALE_MS) return false
          await write(tenant)
          return true
        })) {
          held.add(tenant)
          return true
        }
        await new Promise((resolve) => { setTimeout(resolve, 50) })
      }
      return false
    },
    holds: (tenant) => held.has(tenant),
    async close() {
      clearInterval(timer)
      for (const tenant of held) await unlink(fileOf(tenant)).catch(() => {})
    },
  }
}
