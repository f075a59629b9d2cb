// The sweep of deadlines with 200,000 open clocks, alone and beside 100,000 waiting jobs: cards are rows that are swept, never delayed jobs.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { startProduct } from './product.ts'
import { figure, most, percentile, writeResult, type Metric } from './result.ts'
import { benchData, openBase } from './volume.ts'

const CLOCKS = 200_000
const JOBS = 100_000
const DUE = 40
const ROUNDS = 12
const PREFIX = 'clock-sweep'

/** Running clocks of open orders, due far in the future; a few are pulled into the past in each round. */
async function addClocks(pool: pg.Pool): Promise<{ tenant: string; added: number }> {
  const tenant = (await pool.query<{ id: string }>('select tenant_id as id from order_order group by 1 order by count(*) desc limit 1')).rows[0]?.id
  if (!tenant) throw new Error('the base has no orders: npm run bench -- volume')
  const orders = (await pool.query<{ id: string }>('select id from order_order where tenant_id = $1 limit 20000', [tenant])).rows.map((r) => r.id)
  await pool.query(
    `insert into order_clock (tenant_id, id, order_id, kind, amount, basis, rule_text, started_at, due_at, yellow_at, state)
     select $1, gen_random_uuid(), ($2::uuid[])[1 + (n % $3)], 'ownEarlier', 30, 'naturalDays', $4, now(), now() + interval '30 days' + n * interval '1 second', now() + interval '29 days' + n * interval '1 second', 'running' from generate_series(1, $5) as n`,
    [tenant, orders, orders.length, PREFIX, CLOCKS],
  )
  await pool.query('analyze order_clock')
  return { tenant, added: CLOCKS }
}

async function addJobs(pool: pg.Pool): Promise<void> {
  // A kind that no worker runs: they wait in the queue like a backlog does.
  await pool.query(`select graphile_worker.add_job('${PREFIX}.waits', json_build_object('n', n)) from generate_series(1, $1) as n`, [JOBS])
}

/** Makes some clocks due and waits until all have their red card; the time is from commit to the last card. */
async function round(pool: pg.Pool, tenant: string): Promise<number> {
  const marker = randomUUID()
  const began = performance.now()
  const { rows } = await pool.query<{ id: string }>(
    `update order_clock set due_at = now() - interval '1 second', yellow_at = now() - interval '2 seconds', rule_text = $2 where tenant_id = $1 and id in (select id from order_clock where tenant_id = $1 and rule_text = $3 and state = 'running' limit $4) returning id`,
    [tenant, marker, PREFIX, DUE],
  )
  for (;;) {
    const { n } = (await pool.query<{ n: number }>("select count(*)::int as n from supervision_card where tenant_id = $1 and colour = 'red' and clock_id = any($2::uuid[])", [tenant, rows.map((r) => r.id)])).rows[0] ?? { n: 0 }
    if (n >= rows.length) return performance.now() - began
    if (performance.now() - began > 60_000) throw new Error(`only ${n} of ${rows.length} clocks have a card after a minute`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What one sweep asks the database when nothing is due: the index answers, however many clocks run. */
async function idle(pool: pg.Pool, tenant: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 20; i++) {
    const began = performance.now()
    for (const [moment, done] of [['yellow_at', 'yellow_done'], ['due_at', 'red_done']]) {
      await pool.query(`select id from order_clock where tenant_id = $1 and state = 'running' and not ${done} and ${moment} <= now() order by ${moment} limit 200`, [tenant])
    }
    times.push(performance.now() - began)
  }
  return percentile(times, 95)
}

export async function benchClockSweep(): Promise<void> {
  const product = await startProduct(benchData)
  const { pool, stop } = await openBase()
  try {
    const { tenant, added } = await addClocks(pool)
    await round(pool, tenant) // the first pass: caches, plans, months of messages
    const alone: number[] = []
    for (let i = 0; i < ROUNDS; i++) alone.push(await round(pool, tenant))
    const empty = await idle(pool, tenant)
    await addJobs(pool)
    const beside: number[] = []
    for (let i = 0; i < ROUNDS; i++) beside.push(await round(pool, tenant))
    const metrics: Record<string, Metric> = {
      'looking for due clocks, none due: p95': most(empty, 'ms', 1000),
      [`due to card, ${DUE} clocks, with the pause of up to 5 s between sweeps: p50`]: figure(percentile(alone, 50), 'ms'),
      [`due to card, ${DUE} clocks: p95`]: most(percentile(alone, 95), 'ms', 6000),
      [`the same beside ${JOBS} waiting jobs: p95`]: most(percentile(beside, 95), 'ms', 6000),
      'delay by the jobs (p50)': figure(percentile(beside, 50) - percentile(alone, 50), 'ms'),
    }
    writeResult('clock-sweep', { command: 'npm run bench -- clock-sweep', base: `${added} open clocks in one tenant`, metrics, notes: ['sweeps run each 5 s: from 0 to 5 s of a round are waiting for the next one', 'a sweep of its own takes at most 1 s: 6 s from due to card'] })
  } finally {
    await pool.query(`delete from order_clock where rule_text = $1 or rule_text in (select rule_text from order_clock where kind = 'ownEarlier' and rule_text ~ '^[0-9a-f]{8}-')`, [PREFIX]).catch(() => undefined)
    await pool.query(`select graphile_worker.complete_jobs(array(select id from graphile_worker.jobs where task_identifier = $1))`, [`${PREFIX}.waits`]).catch(() => undefined)
    await stop()
    await product.stop()
  }
}
