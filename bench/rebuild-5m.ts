// All sums of the largest tenant built from its orders, by the steps of the product's own job. Over the base of `facts-5m`, which lacks the
// indexes that timers of the product need: they do not run here.
import { createApp } from '../server/src/app.ts'
import { buildStep, startBuild } from '../server/src/domains/data/kept/rebuild.ts'
import { keptOf } from '../server/src/domains/data/kept/state.ts'
import { readConfig } from '../server/src/kernel/config/index.ts'
import { systemActor, type Ctx } from '../server/src/kernel/ctx.ts'
import { runCommand } from '../server/src/kernel/runtime.ts'
import { factsData } from './facts-5m.ts'
import { figure, most, writeResult } from './result.ts'
import { openBase } from './volume.ts'

export async function benchRebuild(): Promise<void> {
  const app = await createApp(readConfig([`--data=${factsData}`], process.env, factsData))
  const { pool, stop } = await openBase(factsData)
  try {
    const tenant = (await pool.query<{ tenant_id: string }>('select tenant_id from order_order group by 1 order by count(*) desc limit 1')).rows[0]?.tenant_id ?? ''
    const command = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => runCommand(app.runtime, { actor: systemActor(tenant), requestId: 'bench' }, fn)
    await command((ctx) => startBuild(ctx, true))
    const began = performance.now()
    const memory: number[] = []
    let done = 0
    while (await command((ctx) => buildStep(ctx, tenant))) {
      memory.push(process.memoryUsage.rss() / 2 ** 20)
      done = Number((await command((ctx) => keptOf(ctx, tenant)))?.done ?? 0)
      process.stdout.write(`\r  ${done} orders, ${Math.round((performance.now() - began) / 1000)} s`)
    }
    process.stdout.write('\n')
    const seconds = (performance.now() - began) / 1000
    const third = Math.floor(memory.length / 3)
    const [early, late] = [Math.max(0, ...memory.slice(0, third)), Math.max(0, ...memory.slice(-third))]
    writeResult('rebuild-5m', {
      command: 'npm run bench -- rebuild-5m', base: `${done} orders of three years`,
      metrics: { 'all sums built': most(seconds, 's', 900), 'memory of the process, last third over first third': most(late / Math.max(1, early), '×', 1.3), 'memory of the process, most': figure(Math.max(0, ...memory), 'MB'), 'orders a second': figure(done / seconds, '/s') }, notes: ['every step of 40,000 orders is a transaction of its own'],
    })
  } finally {
    await stop()
    await app.stop()
  }
}
