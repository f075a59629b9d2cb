// Inspection of many: 10,000 orders by all shipped rules, and a draw from 100,000. Runs against the base of `volume`, orders added where it has fewer.
import { sql } from 'kysely'
import { createApp } from '../server/src/app.ts'
import { sample } from '../server/src/domains/quality/draw-batch.ts'
import { inspectBatch } from '../server/src/domains/quality/inspect-batch.ts'
import { objectsOf } from '../server/src/domains/quality/objects.ts'
import { runPlan, savePlan } from '../server/src/domains/quality/plans.ts'
import { shippedSheets } from '../server/src/domains/quality/shipped.zh-CN.ts'
import { readConfig } from '../server/src/kernel/config/index.ts'
import { systemActor, type Ctx } from '../server/src/kernel/ctx.ts'
import { runCommand } from '../server/src/kernel/runtime.ts'
import { figure, most, percentile, writeResult } from './result.ts'
import { benchData } from './volume.ts'

async function withApp(work: (as: <T>(fn: (ctx: Ctx) => Promise<T>) => Promise<T>, tenant: string, orders: number) => Promise<void>): Promise<void> {
  const app = await createApp(readConfig([`--data=${benchData}`], process.env, process.cwd()))
  try {
    const { rows } = await sql<{ id: string; n: number }>`select tenant_id as id, count(*)::int as n from quality_order_view where not confidential group by 1 order by 2 desc limit 1`.execute(app.runtime.db.withoutPlugins())
    const tenant = rows[0]
    if (!tenant) throw new Error('the base has no orders: npm run bench -- volume 100000')
    await work((fn) => runCommand(app.runtime, { actor: { ...systemActor(tenant.id), name: '基准' }, requestId: 'bench' }, fn), tenant.id, tenant.n)
  } finally {
    await app.stop()
  }
}

export async function benchInspect(orders: number): Promise<void> {
  await withApp(async (as, tenant, held) => {
    const sheet = shippedSheets.find((one) => one.kind === 'order')
    if (!sheet) throw new Error('no sheet for orders')
    const plan = await as((ctx) => savePlan(ctx, { id: null, name: '基准', kind: 'order', mode: 'machineOnly', filter: {}, draw: { by: 'number', value: orders, perAgent: false }, sheetId: sheet.id, ruleGroups: [], verifyRatio: 0, assign: 'dispatch', inspectorIds: [], dueDays: 3, cycle: 'once', state: 'active' }))
    const began = performance.now()
    const run = await as((ctx) => runPlan(ctx, { id: plan.id, seed: 'bench' }))
    const drawn = performance.now()
    const batch = run.batches[0]
    if (!batch) throw new Error('nothing drawn')
    await inspectBatch.run((fn) => as(fn), { tenantId: tenant, batchId: batch.id }, { attempt: 1, maxAttempts: 1 })
    const seconds = (performance.now() - drawn) / 1000
    writeResult('inspect-10k', { command: `npm run bench -- inspect-10k ${orders}`, base: `${held} orders of one tenant`, metrics: { [`${batch.drawn} orders inspected and concluded`]: most(seconds, 's', 30), 'drawing them into tasks': figure((drawn - began) / 1000, 's'), 'orders a second': figure(batch.drawn / seconds, '1/s') }, notes: ['All shipped rules of orders; scores, deductions and conclusions written.'] })
  })
}

export async function benchSample(orders: number): Promise<void> {
  await withApp(async (as, tenant, held) => {
    const times: number[] = []
    let hits = 0
    for (let i = 0; i < 12; i++) {
      const began = performance.now()
      const found = await as((ctx) => sample(ctx, sql`${objectsOf('order', {}, { tenantId: tenant, now: ctx.clock.now() })}`, `seed-${i}`, { by: 'ratio', value: 10, perAgent: i % 2 === 1 }))
      times.push(performance.now() - began)
      hits = found.hits
    }
    writeResult('sample-100k', { command: `npm run bench -- sample-100k ${orders}`, base: `${held} orders of one tenant`, metrics: { [`a draw of 10 % from ${hits} orders, half of them by agent: p95`]: most(percentile(times, 95), 'ms', 1000) }, notes: ['Counting, ordering by the seed and cutting; nothing written.'] })
  })
}
