// Jobs and timers: graphile-worker behind the JobKind declarations; crons run on one process at a time, once per tenant.
import { run, runMigrations, type Runner } from 'graphile-worker'
import { sql } from 'kysely'
import { nobody, systemActor, type Ctx } from '../ctx.ts'
import { runCommand, type Origin, type Runtime } from '../runtime.ts'
import type { Pool } from '../db/connect.ts'
import type { Cron } from '../module.ts'
import type { AnyJob } from './job.ts'

const NO_TENANT = '00000000-0000-0000-0000-000000000000'
const origin = (name: string, tenantId = NO_TENANT): Origin => ({ actor: { ...(tenantId === NO_TENANT ? nobody(tenantId) : systemActor(tenantId)), name: '系统' }, requestId: name })

/** Creates graphile-worker's own schema, as the owner, and lets the app role use it. */
export async function migrateJobs(owner: Pool, appRole: string): Promise<void> {
  await runMigrations({ pgPool: owner })
  await owner.query(`grant usage on schema graphile_worker to ${appRole};
    grant select, insert, update, delete on all tables in schema graphile_worker to ${appRole};
    grant usage, select on all sequences in schema graphile_worker to ${appRole};
    grant execute on all functions in schema graphile_worker to ${appRole};
    do $$ declare t record; begin
      -- graphile-worker switches row-level security on without a policy: only the owner would get past it, and jobs are added by the app role.
      for t in select c.relname from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
               and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'minsheng_app') loop
        execute format('create policy minsheng_app on graphile_worker.%I to ${appRole} using (true) with check (true)', t.relname);
      end loop;
    end $$`)
}

const WORKER_LOCK = 7040

/**
 * Jobs that a killed process held stay locked for hours. Each worker process holds a shared lock for its life; whoever starts and finds
 * none held knows that every locked job is an orphan and frees it at once. The lock ends with its connection.
 */
async function freeOrphans(runtime: Runtime, pool: Pool): Promise<{ release(): void }> {
  const client = await pool.connect()
  const alone = (await client.query<{ ok: boolean }>(`select pg_try_advisory_lock(${WORKER_LOCK}) as ok`)).rows[0]?.ok === true
  if (alone) {
    const freed = await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null, attempts = greatest(attempts - 1, 0) where locked_by is not null')
    await client.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by is not null')
    if (freed.rowCount) runtime.log.warn({ part: 'jobs', jobs: freed.rowCount }, 'freed jobs of a process that was killed')
  }
  await client.query(`select pg_advisory_lock_shared(${WORKER_LOCK})`)
  if (alone) await client.query(`select pg_advisory_unlock(${WORKER_LOCK})`)
  return { release: () => client.release(true) }
}

/** Starts the worker. Its own bookkeeping runs as the owner role: it installs triggers and locks its queue tables. */
export async function startJobs(runtime: Runtime, pool: Pool, jobs: AnyJob[]): Promise<{ stop(): Promise<void> }> {
  const life = await freeOrphans(runtime, pool)
  const runner = await startRunner(runtime, pool, jobs)
  return {
    async stop() {
      await runner.stop()
      life.release()
    },
  }
}

function startRunner(runtime: Runtime, pool: Pool, jobs: AnyJob[]): Promise<Runner> {
  return run({
    pgPool: pool,
    concurrency: 4,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietLogger(runtime),
    taskList: Object.fromEntries(
      jobs.map((job) => [
        job.name,
        async (payload: unknown, helpers: { job: { attempts: number; max_attempts: number; id: string } }) => {
          const begin = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => runCommand(runtime, origin(`job-${helpers.job.id}`), fn)
          await job.run(begin, payload, { attempt: helpers.job.attempts, maxAttempts: helpers.job.max_attempts })
        },
      ]),
    ),
  })
}

function quietLogger(runtime: Runtime): NonNullable<Parameters<typeof run>[0]['logger']> {
  const write = (level: string, message: string): void => {
    if (level === 'error') runtime.log.error({ part: 'jobs' }, message)
    else if (level === 'warning') runtime.log.warn({ part: 'jobs' }, message)
    else runtime.log.debug({ part: 'jobs' }, message)
  }
  const logger = { error: write.bind(null, 'error'), warn: write.bind(null, 'warning'), info: write.bind(null, 'info'), debug: write.bind(null, 'debug'), scope: () => logger }
  return logger as never
}

export type Timers = { start(): void; stop(): Promise<void>; /** Runs every cron once, for tests. */ runAll(): Promise<void> }

/** `tenants` lists the tenants that are running now. A cron that is still running is not started again. */
export function createTimers(runtime: Runtime, crons: Cron[], tenants: () => Promise<string[]>): Timers {
  const busy = new Map<string, Promise<void>>()
  let handles: NodeJS.Timeout[] = []

  async function runOne(cron: Cron): Promise<void> {
    const all = await tenants()
    for (const tenantId of cron.once ? all.slice(0, 1) : all) {
      await runCommand(runtime, origin(`cron-${cron.name}`, tenantId), async (ctx) => {
        const lock = await sql<{ ok: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`cron:${cron.name}:${tenantId}`}, 0)) as ok`.execute(ctx.acrossTenants('a lock has no tenant'))
        if (lock.rows[0]?.ok) await cron.run(ctx)
      })
    }
  }

  const tick = (cron: Cron): void => {
    if (busy.has(cron.name)) return
    const work = runOne(cron)
      .catch((error: unknown) => runtime.log.error({ err: error, cron: cron.name }, 'timer failed, will run again'))
      .finally(() => busy.delete(cron.name))
    busy.set(cron.name, work)
  }

  return {
    start() {
      handles = crons.map((cron) => setInterval(tick, cron.everySeconds * 1000, cron))
    },
    async stop() {
      for (const handle of handles) clearInterval(handle)
      await Promise.all(busy.values())
    },
    async runAll() {
      for (const cron of crons) await runOne(cron)
    },
  }
}
