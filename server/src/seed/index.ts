// The demonstration: a fictional city with ninety days of orders, relative to the first start.
import { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { modules } from '../modules.ts'
import { seedAssessment } from '../domains/assessment/seeding.ts'
import { seedData } from '../domains/data/seeding.ts'
import { seedCallback } from '../domains/callback/seeding.ts'
import { seedReports } from '../domains/reports/seeding.ts'
import { seedQuality } from '../domains/quality/index.ts'
import { seedSupervision } from '../domains/supervision/seeding.ts'
import { demoProof } from '../domains/orders/seeding.ts'
import { createKysely, createPool } from '../kernel/db/connect.ts'
import { TenantGuard } from '../kernel/db/tenant-guard.ts'
import { storage } from '../kernel/files/index.ts'
import { inTenant, systemActor } from '../kernel/ctx.ts'
import { newId, runCommand } from '../kernel/runtime.ts'
import { demoPicture } from './demo-picture.ts'
import { HOME, seedDemoCity } from './demo-city.ts'
import { seedHistory } from './demo-history.ts'
import { seedRooms } from './demo-rooms.ts'

const DAYS = 90

export async function seedDemo(app: App): Promise<void> {
  const began = performance.now()
  const line = (text: string): void => {
    if (app.config.mode !== 'test') process.stdout.write(text)
  }
  line('\n  首次启动：正在生成示范城市（机构、人员、事项、职责清单）…\n')
  const pool = createPool(app.database.app.options.connectionString ?? '', { max: 4, name: 'minsheng-seed', relaxed: true })
  const runtime = { ...app.runtime, db: createKysely<Record<string, never>>(pool, new TenantGuard(app.database.owned)) }
  const ids = await seedDemoCity(runtime)
  const stored = await storage.port?.put(newId(), Readable.from([demoPicture]))
  if (stored) Object.assign(demoProof, { key: stored.key, size: stored.size, sha256: stored.sha256 })
  const total = app.config.demoOrders
  let shown = 0
  const history = await seedHistory({
    runtime, modules, ids, orders: total, days: DAYS, now: app.runtime.clock.now(),
    // Without statistics the planner takes whole tables for one row: the history would take twice as long.
    analyze: async () => void (await app.database.owner.query('analyze')),
    progress: (acts) => {
      if (acts - shown < 1000) return
      shown = acts
      line(`\r  正在演绎 ${total} 件工单近三个月的办理过程… 已完成 ${acts} 步`)
    },
  })
  await seedRooms({ runtime, modules, ids, now: app.runtime.clock.now() })
  const home = ids.tenants.get(HOME)
  if (home) for (const seed of [seedData, seedSupervision, seedQuality, seedCallback, seedAssessment, seedReports]) await runCommand(runtime, { actor: { ...systemActor(home), name: '系统' }, requestId: 'seed' }, (ctx) => seed(inTenant(ctx, home)))
  await pool.end()
  line(`\r  示范数据就绪：${total} 件工单、${history.acts} 步办理，用时 ${Math.round((performance.now() - began) / 1000)} 秒            \n`)
}
