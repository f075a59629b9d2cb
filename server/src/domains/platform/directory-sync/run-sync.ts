// A run: units from the top down, then people, then what a snapshot no longer has; a record that cannot be applied stops only itself.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId, runNested } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { z } from 'zod'
import { setting } from '../settings/setting-chain.ts'
import type { PlatformTables } from '../tables.gen.ts'
import { applyUnit, applyUser, attempt, removeUnit, removeUser, type Kind, type Outcome } from './apply-records.ts'
import type * as contract from './contract.ts'
import type { Tally, UnitRecord } from './contract.ts'
import { syncErrors } from './sync.errors.ts'

export const removalShare = defineSetting({
  key: 'directory.removalShare', label: '同步停用比例上限（%）', help: '一次快照要停用的人员或机构超过来源给过的这一比例时不执行，须确认', schema: z.number().int().min(1).max(100), fallback: 20, scope: 'tenant',
})
const FEW = 5
const MOST_CHANGES = 500
type Answer = Output<typeof contract.runSync>

/** Undoes the savepoint of a dry run. */
class OnlyTried extends Error {}

export async function runSync(ctx: Ctx, input: Input<typeof contract.runSync>): Promise<Answer> {
  authorize(ctx, 'platform.syncDirectory')
  // Two runs at a time would disable what the other one creates.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`directory:${ctx.tenantId}`}, 0))`.execute(ctx.db())
  let answer: Answer | undefined
  try {
    await runNested(ctx, async () => {
      answer = await perform(ctx, input)
      if (input.dryRun) throw new OnlyTried()
    })
  } catch (error) {
    if (!(error instanceof OnlyTried)) throw error
  }
  if (!answer) throw new Error('a run without an answer')
  return answer
}

/** Upper units before those below them; what hangs on nothing known comes last and is refused with its reason. */
function fromTheTop(units: readonly UnitRecord[]): UnitRecord[] {
  const byCode = new Map(units.map((u) => [u.code, u]))
  const depth = (u: UnitRecord, seen: Set<string>): number => {
    const above = byCode.get(u.parentCode)
    return !above || seen.has(u.code) ? 0 : 1 + depth(above, new Set([...seen, u.code]))
  }
  return units.map((u) => [depth(u, new Set()), u] as const).toSorted((a, b) => a[0] - b[0]).map(([, u]) => u)
}

async function perform(ctx: Ctx, input: Input<typeof contract.runSync>): Promise<Answer> {
  const tally = (): Tally => ({ created: 0, changed: 0, disabled: 0, same: 0, conflicts: 0 })
  const counts = { units: tally(), users: tally() }
  const changes: Answer['changes'] = []
  const conflicts: Answer['conflicts'] = []
  const take = async (kind: Kind, code: string, name: string, record: object, apply: () => Promise<Outcome>): Promise<void> => {
    const done = await attempt(ctx, apply)
    const to = counts[kind === 'unit' ? 'units' : 'users']
    if ('refused' in done) {
      to.conflicts += 1
      conflicts.push({ kind, code, name, message: done.refused })
      await note(ctx, input.source, { kind, code, name, message: done.refused }, record)
      return
    }
    to[done.what] += 1
    if (done.what !== 'same' && changes.length < MOST_CHANGES) changes.push({ kind, code, name, what: done.what, text: done.text })
    await solved(ctx, input.source, kind, code)
  }
  const gone = input.mode === 'snapshot' ? await missing(ctx, input) : { units: [], users: [] }
  // People leave before their unit: a unit with people in it cannot be disabled.
  for (const record of fromTheTop(input.units.filter((u) => !u.removed))) await take('unit', record.code, record.name, record, () => applyUnit(ctx, input.source, record))
  for (const record of input.users) await take('user', record.staffNo, record.name, record, () => applyUser(ctx, input.source, record))
  for (const row of gone.users) await take('user', row.code, row.name, { staffNo: row.code, removed: true }, () => removeUser(ctx, row.objectId))
  for (const record of fromTheTop(input.units.filter((u) => u.removed)).toReversed()) await take('unit', record.code, record.name, record, () => applyUnit(ctx, input.source, record))
  for (const row of gone.units) await take('unit', row.code, row.name, { code: row.code, removed: true }, () => removeUnit(ctx, row.objectId))
  if (input.dryRun) return { runId: null, dryRun: true, counts, changes, conflicts }
  const id = newId()
  await ctx.db<PlatformTables>().insertInto('platform_sync_run').values({ tenant_id: ctx.tenantId, id, source: input.source, mode: input.mode, counts: json(counts), at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
  ctx.audit({ module: 'platform', act: 'runDirectorySync', objectType: 'key:user', objectId: id, text: `${input.source}：机构新增 ${counts.units.created} 变更 ${counts.units.changed} 停用 ${counts.units.disabled}，人员新增 ${counts.users.created} 变更 ${counts.users.changed} 停用 ${counts.users.disabled}，冲突 ${counts.units.conflicts + counts.users.conflicts}` })
  return { runId: id, dryRun: false, counts, changes, conflicts }
}

/** What the source once gave and a snapshot no longer has. @throws platform.syncRemoves where that is suspiciously much */
async function missing(ctx: Ctx, input: Input<typeof contract.runSync>) {
  const { rows } = await sql<{ kind: Kind; code: string; objectId: string; name: string; active: boolean; depth: number }>`
    select l.kind, l.code, l.object_id as "objectId", coalesce(n.name, u.name, '') as name, coalesce(n.state, u.state) = 'active' as active, coalesce(cardinality(n.path), 0) as depth from platform_sync_link l
    left join platform_unit n on l.kind = 'unit' and n.tenant_id = l.tenant_id and n.id = l.object_id left join platform_user u on l.kind = 'user' and u.tenant_id = l.tenant_id and u.id = l.object_id
    where l.tenant_id = ${ctx.tenantId} and l.source = ${input.source}`.execute(ctx.db())
  const given = { unit: new Set(input.units.map((u) => u.code)), user: new Set(input.users.map((u) => u.staffNo)) }
  const active = rows.filter((r) => r.active)
  const gone = active.filter((r) => !given[r.kind].has(r.code))
  const share = await setting(ctx, removalShare)
  if (!input.confirmRemovals && !input.dryRun && gone.length > FEW && gone.length * 100 > active.length * share) throw syncErrors('syncRemoves', { params: { n: gone.length, total: active.length, share } })
  return { units: gone.filter((r) => r.kind === 'unit').toSorted((a, b) => b.depth - a.depth), users: gone.filter((r) => r.kind === 'user') }
}

async function note(ctx: Ctx, source: string, found: { kind: Kind; code: string; name: string; message: string }, given: object): Promise<void> {
  // A telephone is not kept beside a conflict.
  const record = json(('mobile' in given ? { ...given, mobile: null } : given) as never)
  await ctx.db<PlatformTables>().insertInto('platform_sync_conflict').values({ tenant_id: ctx.tenantId, id: newId(), source, ...found, record, state: 'open', found_at: ts(ctx.clock.now()) })
    .onConflict((c) => c.columns(['tenant_id', 'source', 'kind', 'code']).where('state', '=', 'open').doUpdateSet({ message: found.message, name: found.name, record })).execute()
}
/** What went in after all needs no decision any more. */
const solved = (ctx: Ctx, source: string, kind: Kind, code: string) =>
  ctx.db<PlatformTables>().updateTable('platform_sync_conflict').set({ state: 'solved', decided_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('source', '=', source).where('kind', '=', kind).where('code', '=', code).where('state', '=', 'open').execute()
