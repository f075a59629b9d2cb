// Use-cases that create, edit and move standard objects of any kind. What touches an effective object waits for a reviewer.
import { isDeepStrictEqual } from 'node:util'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { cancelFlows } from '../../flow/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import type { MattersTables } from '../tables.gen.ts'
import { logChange, submitChange } from './changes.ts'
import type { StandardKind } from './content.ts'
import { openReview, today } from './open-review.ts'
import { editPermissions, type KindSpec } from './kind-spec.ts'
import { kindOf } from './kinds.ts'
import { actRefusal, standardTransitions, stateNames, type StandardAct } from './standard-state.ts'
import { deleteRow, insertRow, lockRow, updateRow, type Content, type StandardRow } from './standard-row.ts'
import { touchStandard } from './standard-cache.ts'

export type Changed = { id: string; changeId: string | null }

/** Saves a draft, or submits it at once; `quiet` leaves the message to the reviewers to the caller (imports). @throws 409 for a taken code or name, 422 for fields */
export async function createStandard(ctx: Ctx, kind: StandardKind, input: { content: unknown; submit: boolean; effectiveOn?: string | undefined; quiet?: boolean }): Promise<Changed> {
  const spec = kindOf(kind)
  requireEditor(ctx, spec)
  const content = spec.content.parse(input.content)
  await touchStandard(ctx)
  await spec.check(ctx, content, { id: null, stage: 'save' })
  const id = await insertRow(ctx, spec, { content, state: 'draft' })
  ctx.signal('matters.standard', id)
  return input.submit ? submit(ctx, spec, id, content, { effectiveOn: input.effectiveOn, quiet: input.quiet }) : { id, changeId: null }
}

/**
 * Edits fields. Drafts and rejected objects change at once; of an effective one the changed fields go to review and the
 * object stays as it is until then. @throws 409 conflict (revision), lockedFields, wrongState, pendingChange
 */
export async function editStandard(ctx: Ctx, kind: StandardKind, input: { id: string; revision: number; fields: Content; submit: boolean; reason?: string | undefined; effectiveOn?: string | undefined }): Promise<Changed> {
  const spec = kindOf(kind)
  requireEditor(ctx, spec)
  await touchStandard(ctx)
  const row = await lockRow(ctx, spec, input.id)
  requireAct(ctx, 'edit', row, null)
  if (row.revision !== input.revision) throw kernelErrors('conflict', { current: { revision: row.revision, changedAt: toIso(row.updatedAt) } })
  const content = spec.content.parse({ ...row.content, ...input.fields })
  const changed = changedFields(row.content, content)
  if (row.state === 'effective') {
    refuseLocked(spec, changed)
    if (changed.length === 0) return { id: row.id, changeId: null }
    await spec.check(ctx, content, { id: row.id, stage: 'submit' })
    return review(ctx, spec, row, { kind: 'modify', after: content, reason: input.reason, effectiveOn: input.effectiveOn })
  }
  await spec.check(ctx, content, { id: row.id, stage: 'save' })
  // The id of an appeal type is its code: once stored, neither changes.
  if (spec.newId && changed.includes('code')) refuseLocked({ ...spec, locked: ['code'] }, changed)
  await updateRow(ctx, spec, row.id, { content })
  ctx.signal('matters.standard', row.id)
  return input.submit ? submit(ctx, spec, row.id, content, { effectiveOn: input.effectiveOn }) : { id: row.id, changeId: null }
}

/** Submit, recall, withdraw, delete, offline, online, void: as the transition table says. */
export async function actOnStandard(ctx: Ctx, kind: StandardKind, input: { id: string; act: StandardAct; reason?: string | undefined; effectiveOn?: string | undefined }): Promise<Changed> {
  const spec = kindOf(kind)
  requireEditor(ctx, spec)
  const { act } = input
  await touchStandard(ctx)
  const row = await lockRow(ctx, spec, input.id)
  requireAct(ctx, act, row, row.pendingChangeId ? await submitterOf(ctx, row.pendingChangeId) : null)
  switch (act) {
    case 'submit':
      return submit(ctx, spec, row.id, row.content, input)
    case 'recall':
      return recall(ctx, spec, row)
    case 'delete':
      await spec.checkRetire(ctx, row.id, 'delete')
      await deleteRow(ctx, spec, row.id)
      await logChange(ctx, { objectKind: kind, objectId: row.id, title: await spec.title(ctx, row.content), kind: 'delete', before: row.content, after: null, reason: input.reason ?? null }, null)
      ctx.signal('matters.standard', row.id)
      return { id: row.id, changeId: null }
    case 'withdraw':
      await updateRow(ctx, spec, row.id, { state: 'withdrawn' })
      ctx.signal('matters.standard', row.id)
      return { id: row.id, changeId: null }
    case 'offline':
    case 'void':
      await spec.checkRetire(ctx, row.id, act)
      return review(ctx, spec, row, { kind: act, after: null, reason: input.reason, effectiveOn: input.effectiveOn })
    case 'online':
      await spec.check(ctx, row.content, { id: row.id, stage: 'submit' })
      return review(ctx, spec, row, { kind: 'online', after: null, reason: input.reason, effectiveOn: input.effectiveOn })
    case 'edit':
    case 'approve':
    case 'return':
      throw mattersErrors('wrongState', { params: { state: stateNames[row.state], act: standardTransitions[act].label } })
  }
}

function requireEditor(ctx: Ctx, spec: KindSpec): void {
  if (!editPermissions(spec).some((permission) => can(ctx, permission))) authorize(ctx, spec.editors ?? 'matters.edit')
}

async function submit(ctx: Ctx, spec: KindSpec, id: string, content: Content, options: { effectiveOn?: string | undefined; quiet?: boolean | undefined } = {}): Promise<Changed> {
  await spec.check(ctx, content, { id, stage: 'submit' })
  const title = await spec.title(ctx, content)
  const changeId = await submitChange(ctx, { objectKind: spec.kind, objectId: id, title, kind: 'create', before: null, after: content, effectiveOn: await dueDay(ctx, options.effectiveOn) })
  await updateRow(ctx, spec, id, { state: 'pendingReview', pendingChangeId: changeId })
  await openReview(ctx, spec, { changeId, title: `${spec.label}待审核：${title}`, quiet: options.quiet })
  return { id, changeId }
}

async function review(ctx: Ctx, spec: KindSpec, row: StandardRow, change: { kind: 'modify' | 'offline' | 'online' | 'void'; after: Content | null; reason?: string | undefined; effectiveOn?: string | undefined }): Promise<Changed> {
  const title = await spec.title(ctx, row.content)
  const changeId = await submitChange(ctx, { objectKind: spec.kind, objectId: row.id, title, before: row.content, ...change, reason: change.reason ?? null, effectiveOn: await dueDay(ctx, change.effectiveOn) })
  await updateRow(ctx, spec, row.id, { pendingChangeId: changeId })
  await openReview(ctx, spec, { changeId, title: `${spec.label}变更待审核：${title}` })
  return { id: row.id, changeId }
}

/** A day to come, or nothing: published with the last approval then. @throws matters.effectiveInPast */
async function dueDay(ctx: Ctx, day: string | undefined): Promise<string | undefined> {
  if (day === undefined) return undefined
  if (day < (await today(ctx))) throw mattersErrors('effectiveInPast', { fields: [{ path: 'effectiveOn', message: '不能早于今天' }] })
  return day
}

async function recall(ctx: Ctx, spec: KindSpec, row: StandardRow): Promise<Changed> {
  await ctx.db<MattersTables>().updateTable('matter_change').set({ state: 'recalled' }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.pendingChangeId).execute()
  if (row.pendingChangeId) await cancelFlows(ctx, 'matterChange', row.pendingChangeId, '提交人撤回')
  await updateRow(ctx, spec, row.id, { pendingChangeId: null, ...(row.state === 'pendingReview' ? { state: 'draft' } : {}) })
  ctx.signal('matters.changes')
  return { id: row.id, changeId: null }
}

async function submitterOf(ctx: Ctx, changeId: string): Promise<string | null> {
  const change = await ctx.db<MattersTables>().selectFrom('matter_change').select('submitted_by as by').where('tenant_id', '=', ctx.tenantId).where('id', '=', changeId).executeTakeFirst()
  return change?.by ?? null
}

/** @throws what the transition table has against an act on a locked own row */
export function requireAct(ctx: Ctx, act: StandardAct, row: StandardRow, submittedBy: string | null): void {
  const refusal = actRefusal(act, { state: row.state, pending: row.pendingChangeId !== null, submittedBy, own: true }, { id: ctx.actor.id, may: () => true })
  if (refusal === null) return
  if (refusal === 'pendingChange') throw mattersErrors('pendingChange', { rule: 'pendingChange' })
  if (refusal === 'fourEyes') throw mattersErrors('fourEyes', { rule: 'fourEyes' })
  throw mattersErrors('wrongState', { rule: refusal, params: { state: stateNames[row.state], act: standardTransitions[act].label } })
}

/** Fields whose values differ; jsonb keeps keys in an order of its own, so that texts cannot be compared. */
export const changedFields = (before: Content, after: Content): string[] => Object.keys(after).filter((field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null))

function refuseLocked(spec: Pick<KindSpec, 'locked' | 'fieldNames'>, changed: string[]): void {
  const locked = changed.filter((field) => spec.locked.includes(field))
  if (locked.length === 0) return
  throw mattersErrors('lockedFields', {
    rule: 'lockedFields',
    params: { fields: locked.map((field) => spec.fieldNames[field] ?? field).join('、') },
    fields: locked.map((path) => ({ path, message: '生效后不可修改' })),
  })
}
