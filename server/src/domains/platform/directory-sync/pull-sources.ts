// The nightly comparison: each outside directory is fetched as a whole and run like a snapshot that somebody sent.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize, userId } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import type { Cron } from '../../../kernel/module.ts'
import { localDate, localParts, MINUTE, toIso } from '../../../kernel/time/index.ts'
import { actAs } from '../lists/act-as.ts'
import { notify } from '../messages/notify.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { tenantById } from '../tenants/tenant-tree.ts'
import { unitRecord, userRecord } from './contract.ts'
import type * as contract from './contract.ts'
import { runSync } from './run-sync.ts'

const TOKEN = 'platform.syncToken'
const MOST_BYTES = 20_000_000
const db = (ctx: Ctx) => ctx.db<PlatformTables>()
const body = z.object({ units: z.array(unitRecord).max(2000).default([]), users: z.array(userRecord).max(5000).default([]) })

type Sources = Output<typeof contract.listSources>

export async function listSources(ctx: Ctx): Promise<Sources> {
  authorize(ctx, 'platform.syncDirectory')
  const rows = await db(ctx).selectFrom('platform_sync_source').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('source').limit(100).execute()
  return { items: rows.map((row) => ({ source: row.source, url: row.url, tokenSet: row.token_enc !== null, atHour: row.at_hour, enabled: row.enabled, lastAt: row.last_at, lastOk: row.last_ok, lastText: row.last_text, version: row.version, changedBy: row.changed_by_name })) }
}

export async function saveSource(ctx: Ctx, input: Input<typeof contract.saveSource>): Promise<Sources> {
  authorize(ctx, 'platform.syncDirectory')
  const before = await db(ctx).selectFrom('platform_sync_source').selectAll().where('tenant_id', '=', ctx.tenantId).where('source', '=', input.source).forUpdate().executeTakeFirst()
  if ((before?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: before?.version ?? 0, changedBy: before?.changed_by_name ?? null } })
  const values = {
    url: input.url, token_enc: input.token ? encrypt(ctx.keys, input.token, TOKEN) : (before?.token_enc ?? null), at_hour: input.atHour, enabled: input.enabled, account_id: userId(ctx), version: input.version + 1, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
  }
  await db(ctx).insertInto('platform_sync_source').values({ tenant_id: ctx.tenantId, source: input.source, ...values }).onConflict((c) => c.columns(['tenant_id', 'source']).doUpdateSet(values)).execute()
  ctx.audit({ module: 'platform', act: 'saveDirectorySource', objectType: 'key:directorySource', objectId: input.source, changes: { url: { old: before?.url ?? null, new: input.url }, enabled: { old: before?.enabled ?? false, new: input.enabled } } })
  return listSources(ctx)
}

export async function removeSource(ctx: Ctx, input: { source: string }): Promise<Sources> {
  authorize(ctx, 'platform.syncDirectory')
  const gone = await db(ctx).deleteFrom('platform_sync_source').where('tenant_id', '=', ctx.tenantId).where('source', '=', input.source).returning('source').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return listSources(ctx)
}

export async function pullSource(ctx: Ctx, input: { source: string }): Promise<{ started: boolean }> {
  authorize(ctx, 'platform.syncDirectory')
  if (!(await db(ctx).selectFrom('platform_sync_source').select('source').where('tenant_id', '=', ctx.tenantId).where('source', '=', input.source).executeTakeFirst())) throw kernelErrors('notFound')
  ctx.enqueue(pullJob, { tenantId: ctx.tenantId, source: input.source }, { key: `directory-${ctx.tenantId}-${input.source}` })
  return { started: true }
}

/** Each source once a night, from its hour on: a server that was down catches up. */
async function pullDue(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const due = await sql<{ source: string }>`update platform_sync_source set last_day = ${localDate(now, timeZone)}::date where tenant_id = ${ctx.tenantId} and enabled and at_hour <= ${localParts(now, timeZone).hour} and (last_day is null or last_day < ${localDate(now, timeZone)}::date) returning source`.execute(ctx.db())
  for (const { source } of due.rows) ctx.enqueue(pullJob, { tenantId: ctx.tenantId, source }, { key: `directory-${ctx.tenantId}-${source}` })
}
export const pullCrons: Cron[] = [{ name: 'platform.pullDirectories', everySeconds: 60, run: pullDue }]

type Fetched = { ok: true; given: z.output<typeof body> } | { ok: false; text: string }

async function fetchDirectory(url: string, token: string | null): Promise<Fetched> {
  try {
    const answer = await fetch(url, { headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, redirect: 'error', signal: AbortSignal.timeout(2 * MINUTE) })
    if (!answer.ok) return { ok: false, text: `对方返回 ${answer.status}` }
    const text = await answer.text()
    if (text.length > MOST_BYTES) return { ok: false, text: '内容超过 20 MB' }
    const read = body.safeParse(JSON.parse(text))
    if (!read.success) return { ok: false, text: `格式不符：${read.error.issues[0]?.path.join('.') ?? ''}` }
    // An answer without anybody is a fault of the source, never a reason to disable everybody.
    return read.data.units.length + read.data.users.length === 0 ? { ok: false, text: '对方没有给出任何机构和用户' } : { ok: true, given: read.data }
  } catch (error) {
    return { ok: false, text: error instanceof SyntaxError ? '对方返回的不是 JSON' : '连接不上对方' }
  }
}

const outcomeOf = ({ counts }: Awaited<ReturnType<typeof runSync>>): string => ([['机构', counts.units], ['用户', counts.users]] as const).map(([name, n]) => `${name}：新增 ${n.created}，修改 ${n.changed}，停用 ${n.disabled}，冲突 ${n.conflicts}`).join('；')

export const pullJob = defineJob<{ tenantId: string; source: string }>({
  name: 'platform.pullDirectory', schema: z.object({ tenantId: z.uuid(), source: z.string() }), maxAttempts: 1,
  async run(begin, { tenantId, source }) {
    const held = await begin(async (ctx) => db(inTenant(ctx, tenantId)).selectFrom('platform_sync_source').select(['url', 'token_enc', 'account_id']).where('tenant_id', '=', tenantId).where('source', '=', source).executeTakeFirst().then((row) => row && { ...row, token: row.token_enc && decrypt(ctx.keys, row.token_enc, TOKEN) }))
    if (!held) return
    const fetched = await fetchDirectory(held.url, held.token)
    let [ok, text, conflicts] = [false, fetched.ok ? '' : fetched.text, 0]
    let unforeseen: unknown
    if (fetched.ok) {
      try {
        const done = await begin(async (ctx) => runSync(await actAs(ctx, held.account_id, tenantId), { source, mode: 'snapshot', dryRun: false, confirmRemovals: false, ...fetched.given }))
        ;[ok, text, conflicts] = [true, outcomeOf(done), done.counts.units.conflicts + done.counts.users.conflicts]
      } catch (error) {
        text = whyNot(error)
        if (!(error instanceof AppError)) unforeseen = error
      }
    }
    await begin(async (job) => {
      const ctx = inTenant(job, tenantId)
      await sql`update platform_sync_source set last_at = ${toIso(ctx.clock.now())}, last_ok = ${ok}, last_text = ${text} where tenant_id = ${tenantId} and source = ${source}`.execute(ctx.db())
      if (!ok || conflicts > 0) await tell(ctx, source, ok ? { title: `机构用户每夜比对有 ${conflicts} 条冲突待处理：${source}`, text } : { title: `机构用户每夜比对没有成功：${source}`, text: `${text}。没有改动任何机构和用户，请查看来源后立即比对` })
    })
    if (unforeseen !== undefined) throw unforeseen
  },
})

/** The run has the rights of whoever saved the source; what the kernel says to a person would mislead whoever reads it in the morning. */
function whyNot(error: unknown): string {
  if (!(error instanceof AppError)) return '执行时出错，原因见系统日志'
  if (error.status === 401) return '最后保存来源的账户已停用或到期，请由在用的管理员重新保存'
  if (error.status === 403) return '最后保存来源的账户已没有同步权限，请由有权限的管理员重新保存'
  return error.title
}

/** Those who keep the sources; a further night adds to the message that nobody has read yet. */
const tell = (ctx: Ctx, source: string, said: { title: string; text: string }) =>
  notify(ctx, { type: 'system.directory', to: { permission: 'platform.syncDirectory' }, ...said, link: '/admin/directory-sync', objectType: 'directorySource', objectId: source, level: 'P2' })
