// Brings a database to the point where work can begin: roles, migrations, collation, pools.
import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadKeyRing, type KeyRing } from '../crypto/index.ts'
import type { Config } from '../config/index.ts'
import type { Logger } from '../log/index.ts'
import { keepRunning, startEmbedded, type EmbeddedDatabase } from './embedded.ts'
import { checkCollation, provisionEmbedded, provisionOutside, type Databases } from './provision.ts'
import { createPool, type Pool } from './connect.ts'
import { migrate, tenantTables } from './migrate.ts'
import { migrateJobs } from '../jobs/worker.ts'

// More than the processors can serve only makes each wait longer, and each connection plans for itself.
const APP_CONNECTIONS = Math.max(10, 4 * availableParallelism())

export type BootedDatabase = {
  app: Pool
  /** Few connections whose statements commit by themselves and need not reach the disk at once (`Ctx.apart`). */
  apart: Pool
  /** For events, timers and jobs: a rush of requests must not starve what follows from them. */
  behind: Pool
  owner: Pool
  keys: KeyRing
  /** Tables and views with a tenant_id column. */
  owned: Set<string>
  embedded: EmbeddedDatabase | null
  applied: string[]
  stop(): Promise<void>
}

export async function bootDatabase(config: Config, log: Logger): Promise<BootedDatabase> {
  const embedded = config.databaseUrl ? null : await startEmbedded({ dataDir: config.dataDir, logger: adapt(log) })
  try {
    const keys = loadKeyRing({ keyFile: config.keyFile, create: !(await holdsCiphertext(config, embedded)) })
    const urls = embedded ? await provisionEmbedded(embedded.superuserUrl, keys) : await provisionOutside(config.databaseUrl ?? '', config.databaseAppUrl, keys)
    if (!urls.appRoleSeparate) log.warn('the database has one role only: history is protected by seals, not by the database; give DATABASE_APP_URL or the right to create roles')
    const pools = await openPools(urls, log)
    if (embedded) keepRunning(embedded, adapt(log))
    return {
      ...pools,
      keys,
      embedded,
      async stop() {
        await Promise.allSettled([pools.app.end(), pools.apart.end(), pools.behind.end(), pools.owner.end()])
        if (embedded && !(await usedByOthers(embedded))) await embedded.stop()
      },
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/** An import or a tool beside a running server has adopted its database, and must leave it running. */
async function usedByOthers(embedded: EmbeddedDatabase): Promise<boolean> {
  const pool = createPool(embedded.superuserUrl, { max: 1, name: 'minsheng-stop' })
  try {
    // Our own backends take a moment to end.
    for (let look = 0; look < 10; look += 1) {
      const { rows } = await pool.query<{ others: boolean }>("select exists (select 1 from pg_stat_activity where application_name like 'minsheng%' and pid <> pg_backend_pid()) as others")
      if (rows[0]?.others !== true) return false
      await sleep(100)
    }
    return true
  } catch {
    return false // it is down: stopping it is then harmless
  } finally {
    await pool.end()
  }
}

/** Migrates and opens the pools; used by the test kit too, whose clones are migrated already. */
export async function openPools(urls: Databases, log: Logger, migrated = false): Promise<Pick<BootedDatabase, 'app' | 'apart' | 'behind' | 'owner' | 'owned' | 'applied'>> {
  if (!migrated) await checkCollation(urls.ownerUrl)
  const onError = (error: Error): void => log.warn({ err: error.message }, 'database connection lost')
  const owner = createPool(urls.ownerUrl, { max: 6, name: 'minsheng-owner', patient: true, onError })
  const app = createPool(urls.appUrl, { max: APP_CONNECTIONS, name: 'minsheng', onError })
  const apart = createPool(urls.appUrl, { max: 2, name: 'minsheng-apart', relaxed: true, onError })
  const behind = createPool(urls.appUrl, { max: 7, name: 'minsheng-behind', onError })
  const applied = migrated ? [] : await migrate(owner, urls.appRole)
  if (!migrated) await migrateJobs(owner, urls.appRole)
  return { app, apart, behind, owner, applied, owned: await tenantTables(owner) }
}

/** With ciphertext in the database and no key file, a new key would make personal data unreadable for ever: refuse instead. */
async function holdsCiphertext(config: Config, embedded: EmbeddedDatabase | null): Promise<boolean> {
  const url = embedded ? new URL(embedded.superuserUrl) : new URL(config.databaseUrl ?? '')
  if (embedded) url.pathname = '/minsheng'
  const pool = createPool(url.toString(), { max: 1, name: 'minsheng-boot' })
  try {
    const { rows } = await pool.query<{ exists: boolean }>("select to_regclass('public.kernel_state') is not null as exists")
    if (!rows[0]?.exists) return false
    const marked = await pool.query("select 1 from kernel_state where key = 'crypto.used'")
    return (marked.rowCount ?? 0) > 0
  } catch (error) {
    // Only a database that does not exist yet (3D000) is known to hold nothing; anything else must not lead to a new key.
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === '3D000') return false
    throw error
  } finally {
    await pool.end()
  }
}

const adapt = (log: Logger) => ({
  info: (message: string) => log.info({ part: 'database' }, message),
  warn: (message: string) => log.warn({ part: 'database' }, message),
  error: (message: string) => log.error({ part: 'database' }, message),
})

