// The profile of an order: found at registration and after edits, set or taken away by hand, read with its form (ORD-18).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { extensionFor, validateForm } from '../../forms/index.ts'
import { isOpen } from '../order.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { lockOrder, saveOrder, type OrderChange, type OrderRow } from '../orders.queries.ts'
import { queueFor } from '../queues/queue.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { record } from '../timeline.ts'
import { lineFail } from '../lines/line.errors.ts'
import { lineInUse } from '../lines/line-store.ts'
import { matchProfile, storedOrder } from './match-profile.ts'
import type * as contract from './profile-contract.ts'
import { requiredAt } from './profile-definition.ts'
import { profileFail } from './profile.errors.ts'
import { profileByCode, profileOf, type Profile } from './profile-store.ts'

export type Extensions = { line?: string | undefined; lineData?: Record<string, unknown> | undefined; profileData?: Record<string, unknown> | undefined; complete: boolean }

/** Values of a merged line's own form; null where the line has none. @throws kernel.invalid at `lineData.…` */
export async function lineValues(ctx: Ctx, given: Extensions): Promise<OrderChange> {
  if (!given.line) return {}
  const line = await lineInUse(ctx, given.line)
  if (!line) throw lineFail('lineOff', { params: { name: given.line }, fields: [{ path: 'line', message: '线路未启用或没有登记' }] })
  const kept = { line: line.code, line_mode: line.mode }
  const form = line.own_form ? await extensionFor(ctx, { line: line.code }) : null
  if (!form) return kept
  const data = given.lineData || given.complete ? await validateForm(ctx, form.versionId, given.lineData ?? {}, { at: 'lineData', ...(given.complete ? {} : { required: [] }) }) : null
  return { ...kept, line_form_id: form.versionId, line_data: data ? json(data as never) : null }
}

/** What registration adds to a stored order: its profile, own fields, queue. */
export async function profileAtRegistration(ctx: Ctx, order: OrderRow, given: Extensions): Promise<OrderChange> {
  const profile = await matchProfile(ctx, storedOrder(ctx, order.id))
  if (!profile) return {}
  const change = await bound(ctx, profile, 'rule')
  const form = change.profile_form_id
  if (typeof form === 'string') {
    const data = await validateForm(ctx, form, given.profileData ?? {}, { at: 'profileData', required: given.complete ? requiredAt(profile.definition, 'registration', null) : [] })
    if (Object.keys(data).length > 0) change.profile_data = json(data as never)
  }
  const skips = profile.definition.skipReview && order.state === 'pendingReview' && order.triage === null && order.upper_platform === null
  return { ...change, ...(await queueFor(ctx, profile.definition.queue)), ...(skips ? { state: 'pendingDispatch' as const } : {}) }
}

async function bound(ctx: Ctx, profile: Profile, by: 'rule' | 'person'): Promise<OrderChange> {
  const form = await extensionFor(ctx, { caseProfile: profile.code })
  return { profile_id: profile.id, profile_version: profile.version, profile_by: by, profile_form_id: form?.versionId ?? null, profile_values: null }
}

const without: OrderChange = { profile_id: null, profile_version: null, profile_by: null, profile_form_id: null, profile_data: null, profile_values: null, queue: null, queue_since_at: null }

/** After an edit before dispatch: another kind of order may be it. What a person chose stays. */
export async function rematch(ctx: Ctx, order: OrderRow): Promise<OrderRow> {
  if (order.profile_by === 'person') return order
  const profile = await matchProfile(ctx, storedOrder(ctx, order.id))
  if ((profile?.id ?? null) === order.profile_id) return order
  return change(ctx, order, profile, 'rule', null)
}

async function change(ctx: Ctx, order: OrderRow, profile: Profile | null, by: 'rule' | 'person', reason: string | null): Promise<OrderRow> {
  const before = await profileOf(ctx, order)
  const atDesk = order.state === 'draft' || order.state === 'pendingReview' || order.state === 'pendingDispatch'
  const next: OrderChange = profile ? { ...(await bound(ctx, profile, by)), profile_data: null, ...(atDesk ? await queueFor(ctx, profile.definition.queue) : {}) } : { ...without, profile_by: by === 'person' ? 'person' : null }
  await record(ctx, order, { act: 'setProfile', text: reason, changes: { profile: { old: before?.name ?? null, new: profile?.name ?? null, label: '专项类型' } }, data: { by } })
  return saveOrder(ctx, order, next)
}

/** By the sorter: marked as another kind, or as none. */
export async function setOrderProfile(ctx: Ctx, input: Input<typeof contract.setOrderProfileRoute>) {
  authorize(ctx, 'orders.setProfile')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  if (!isOpen(order.state)) throw orderFail('stateForbids', { rule: 'orders.profile.open', params: { state: stateNames[order.state], act: '改专项类型' } })
  const profile = input.code === null ? null : await profileByCode(ctx, input.code)
  if (input.code !== null && !profile) throw kernelErrors('invalid', { fields: [{ path: 'code', message: '专项类型不存在或已停用' }] })
  if (profile && !profile.definition.byHand) throw profileFail('notByHand', { params: { name: profile.name }, fields: [{ path: 'code', message: '该类型只由规则判定' }] })
  if ((profile?.id ?? null) === order.profile_id && order.profile_by === 'person') throw profileFail('sameProfile', { rule: 'orders.profile.same' })
  const saved = await change(ctx, order, profile, 'person', input.reason)
  ctx.signal('orders.list', order.id)
  return { id: saved.id, version: saved.version, code: profile?.code ?? null }
}

