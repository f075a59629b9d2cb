// Changes under review, the log of all changes, and the published versions.
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import { newId } from '../../../kernel/runtime.ts'
import type { MattersTables } from '../tables.gen.ts'
import type { ChangeKind } from './standard-state.ts'
import type { Content } from './standard-row.ts'

export type LoggedKind = MattersTables['matter_change']['object_kind']

type NewChange = {
  objectKind: LoggedKind
  objectId: string
  title: string
  kind: ChangeKind | 'delete'
  before: Content | null
  after: Content | null
  reason?: string | null
  effectiveOn?: string | undefined
}

/** Puts a change before the reviewers. */
export async function submitChange(ctx: Ctx, change: NewChange): Promise<string> {
  return insertChange(ctx, change, { state: 'pending', decided: false, version: null })
}

/** Logs a change that needs no review (limit rules, deleted drafts). */
export async function logChange(ctx: Ctx, change: NewChange, version: number | null): Promise<string> {
  return insertChange(ctx, change, { state: 'approved', decided: true, version })
}

async function insertChange(ctx: Ctx, change: NewChange, as: { state: string; decided: boolean; version: number | null }): Promise<string> {
  const id = newId()
  const now = ts(ctx.clock.now())
  await ctx.db<MattersTables>().insertInto('matter_change').values({
    tenant_id: ctx.tenantId,
    id,
    object_kind: change.objectKind,
    object_id: change.objectId,
    title: change.title,
    kind: change.kind,
    state: as.state,
    before: change.before ? json(plain(change.before)) : null,
    after: change.after ? json(plain(change.after)) : null,
    reason: change.reason ?? null,
    effective_on: change.effectiveOn ?? null,
    version: as.version,
    submitted_by: ctx.actor.id,
    submitted_by_name: ctx.actor.name,
    submitted_at: now,
    ...(as.decided ? { decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, decided_at: now } : {}),
  }).execute()
  return id
}

/** Keeps a published snapshot: what orders that name this version are read by. */
export async function keepVersion(ctx: Ctx, of: { objectKind: LoggedKind; objectId: string; version: number; snapshot: Content; state: string; changeId: string | null; opinion: string | null }): Promise<void> {
  await ctx.db<MattersTables>().insertInto('matter_version').values({
    tenant_id: ctx.tenantId,
    object_kind: of.objectKind,
    object_id: of.objectId,
    version: of.version,
    snapshot: json(plain(of.snapshot)),
    state: of.state,
    change_id: of.changeId,
    by_name: ctx.actor.name,
    opinion: of.opinion,
    at: ts(ctx.clock.now()),
  }).execute()
}

/** Content has passed its schema: nothing in it but JSON. */
const plain = (content: Content): JsonValue => content as JsonValue
