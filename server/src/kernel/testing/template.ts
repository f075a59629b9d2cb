// Fills the template database: migrations, then the small test city.
import { pino } from 'pino'
import { createApp } from '../../app.ts'
import type { Config } from '../config/index.ts'
import type { KeyRing } from '../crypto/index.ts'
import { openPools, type BootedDatabase } from '../db/boot.ts'
import type { Databases } from '../db/provision.ts'
import { instant, movableClock } from '../time/index.ts'
import { seedTestCity } from './city.ts'

export const quietLog = pino({ level: process.env['MINSHENG_LOG'] ?? 'silent' })

/** Saturday morning was avoided: tests begin on a plain working day, Tuesday 2026-11-17 10:00 in China. */
export const TEST_START = instant('2026-11-17T10:00:00+08:00')

export const testConfig = (dataDir: string, keyFile: string): Config => ({
  mode: 'test', services: new Set(['web', 'worker', 'cron']), databaseUrl: null, databaseAppUrl: null, dataDir, keyFile, logLevel: 'silent',
  host: '127.0.0.1', staffPort: 0, publicPort: 0, publicUrl: null, staffUrl: null, trustProxy: null, demoOrders: 0, https: false,
})

/** A database handle over given URLs; `onStop` runs after the pools are closed. `migrated`: a clone of one that is. */
export async function openTestDatabase(urls: Databases, keys: KeyRing, onStop: () => Promise<void>, migrated = false): Promise<BootedDatabase> {
  const pools = await openPools(urls, quietLog, migrated)
  return {
    ...pools, keys, embedded: null,
    async stop() {
      await Promise.allSettled([pools.app.end(), pools.apart.end(), pools.behind.end(), pools.owner.end()])
      await onStop()
    },
  }
}

export async function buildTemplate(options: { urls: Databases; keys: KeyRing; keyFile: string; dataDir: string }): Promise<void> {
  const database = await openTestDatabase(options.urls, options.keys, async () => undefined)
  const app = await createApp(testConfig(options.dataDir, options.keyFile), { clock: movableClock(TEST_START), log: quietLog, database, rateLimits: false })
  try {
    await seedTestCity(app)
  } finally {
    await app.stop()
  }
}
