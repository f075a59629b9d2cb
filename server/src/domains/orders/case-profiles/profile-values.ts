// Values of a profile's own fields: entered and corrected where the definition allows, demanded where it says, judged at the closing seat.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import { json } from '../../../kernel/db/connect.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { formVersion, validateForm } from '../../forms/index.ts'
import { notify } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { actsFor, assertVisible } from '../orders.policy.ts'
import { lockAssignments, lockOrder, saveOrder, type AssignmentRow, type OrderRow } from '../orders.queries.ts'
import { record, type Change } from '../timeline.ts'
import type * as contract from './profile-contract.ts'
import { enterableAt, requiredAt, variantOf, type ProfileStage } from './profile-definition.ts'
import { profileFail } from './profile.errors.ts'
import { profileOf } from './profile-store.ts'

export type Post = { stage: ProfileStage; assignment: AssignmentRow | null }

/** Where the actor stands towards an order now; empty for who only reads. A unit's own post comes first. */
export function postsOf(ctx: Ctx, order: OrderRow, all: readonly AssignmentRow[]): Post[] {
  const posts: Post[] = []
  for (const a of all) {
    if (a.round !== order.round) continue
    const section = a.parent_id !== null
    if (actsFor(ctx, a.unit_id, 'orders.handle')) {
      if (a.state === 'pendingSign') posts.push({ stage: section ? 'sectionSigning' : 'unitSigning', assignment: a })
      // A closing that came back for its values is corrected by the unit although its task is done.
      if (a.state === 'handling' || (a.state === 'done' && !section && order.profile_values === 'returned')) posts.push({ stage: section ? 'sectionHandling' : 'unitHandling', assignment: a })
    }
    if (a.state === 'pendingReport' && !section && actsFor(ctx, a.unit_id, 'orders.approve')) posts.push({ stage: 'unitReview', assignment: a })
  }
  if (order.state === 'draft' && (order.registered_by === ctx.actor.id || order.picked_by === ctx.actor.id)) posts.push({ stage: 'registration', assignment: null })
  if (['draft', 'pendingReview', 'pendingDispatch'].includes(order.state) && (can(ctx, 'orders.review') || can(ctx, 'orders.dispatch'))) posts.push({ stage: 'centreSorting', assignment: null })
  if (order.state === 'pendingResultReview' && can(ctx, 'orders.reviewResult')) posts.push({ stage: 'centreClosing', assignment: null })
  return posts
}

export const valuesOf = (order: Pick<OrderRow, 'profile_data'>): Record<string, unknown> => (typeof order.profile_data === 'object' && order.profile_data !== null && !Array.isArray(order.profile_data) ? (order.profile_data as Record<string, unknown>) : {})

export async function saveProfileValues(ctx: Ctx, input: Input<typeof contract.saveProfileValuesRoute>) {
  authorize(ctx, 'orders.read')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  const saved = await write(ctx, order, await lockAssignments(ctx, order.id), input.values, null)
  return { id: saved.id, version: saved.version, values: valuesOf(saved) }
}

async function write(ctx: Ctx, order: OrderRow, all: readonly AssignmentRow[], given: Record<string, unknown>, forced: Post | null): Promise<OrderRow> {
  const profile = await profileOf(ctx, order)
  if (!profile || order.profile_form_id === null) throw profileFail('noProfile', { rule: 'orders.profile' })
  const posts = forced ? [forced] : postsOf(ctx, order, all)
  const { fields } = await formVersion(ctx, order.profile_form_id)
  const held = valuesOf(order)
  const touched = Object.keys(given).filter((key) => JSON.stringify(given[key] ?? null) !== JSON.stringify(held[key] ?? null))
  const post = posts.find((p) => touched.every((key) => enterableAt(profile.definition, [key], p.stage).length > 0))
  if (!post) {
    if (posts.length === 0) throw orderFail('notYours', { params: { act: '填写专项字段' }, rule: 'orders.profile.stage' })
    const blocked = touched.find((key) => posts.every((p) => enterableAt(profile.definition, [key], p.stage).length === 0))
    const title = fields.find((f) => f.key === blocked)?.title ?? blocked ?? ''
    throw profileFail('notAtStage', { rule: 'orders.profile.stage', params: { field: title }, fields: [{ path: `values.${blocked}`, message: '当前环节不能填写或更正' }] })
  }
  const next = await validateForm(ctx, order.profile_form_id, { ...held, ...given }, { at: 'values', required: [] })
  const changes: Record<string, Change> = {}
  for (const { key, title, choices } of fields) {
    const [old, now] = [held[key] ?? null, next[key] ?? null]
    const named = (value: unknown): unknown => choices?.find((c) => c.value === value)?.label ?? value
    if (JSON.stringify(old) !== JSON.stringify(now)) changes[key] = { old: named(old), new: named(now), label: title }
  }
  if (Object.keys(changes).length === 0) return order
  await record(ctx, order, { act: 'profileValues', assignmentId: post.assignment?.id ?? null, changes, data: { profile: profile.code, at: post.stage } })
  return saveOrder(ctx, order, { profile_data: json(next as never), ...(order.profile_values === 'approved' ? { profile_values: null } : {}) })
}

/** Approved, returned to the leading unit for correction, or corrected here and approved. */
export async function reviewProfileValues(ctx: Ctx, input: Input<typeof contract.reviewProfileValuesRoute>) {
  authorize(ctx, 'orders.reviewResult')
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  const profile = await profileOf(ctx, order)
  if (!profile || order.profile_form_id === null) throw profileFail('noProfile', { rule: 'orders.profile' })
  if (order.state !== 'pendingResultReview') throw profileFail('notAtStage', { rule: 'orders.profile.closing', params: { field: profile.name } })
  const all = await lockAssignments(ctx, order.id)
  if (input.outcome === 'return' && !input.opinion) throw orderFail('feedbackIncomplete', { rule: 'orders.profile.return', fields: [{ path: 'opinion', message: '退回须填写意见' }] })
  const corrected = input.outcome === 'approve' && input.values ? await write(ctx, order, all, input.values, { stage: 'centreClosing', assignment: null }) : order
  if (input.outcome === 'approve') await demand(ctx, corrected, 'centreClosing', null)
  await record(ctx, corrected, { act: input.outcome === 'approve' ? 'approveProfileValues' : 'returnProfileValues', text: input.opinion ?? null, data: { profile: profile.code } })
  const saved = await saveOrder(ctx, corrected, { profile_values: input.outcome === 'approve' ? 'approved' : 'returned' })
  if (input.outcome === 'return') {
    const units = all.filter((a) => a.parent_id === null && a.round === order.round && a.state === 'done').map((a) => a.unit_id)
    if (units.length > 0) await notify(ctx, { type: 'order.profileReturned', to: { unitIds: units }, title: `请更正专项字段：${order.title}`, text: input.opinion, link: `/orders/${order.number}`, objectType: 'order', objectId: order.id, level: 'P3' })
  }
  return { id: saved.id, version: saved.version, values: valuesOf(saved) }
}

/** Throws 422 naming each field that must be filled in by the end of this stage. */
export async function demand(ctx: Ctx, order: OrderRow, at: ProfileStage, unitId: string | null): Promise<void> {
  const profile = await profileOf(ctx, order)
  if (!profile || order.profile_form_id === null) return
  const required = requiredAt(profile.definition, at, unitId)
  if (required.length === 0) return
  try {
    await validateForm(ctx, order.profile_form_id, valuesOf(order), { at: 'profileData', required })
  } catch (error) {
    if (!(error instanceof AppError) || !error.refusal.fields) throw error
    throw profileFail('profileIncomplete', { rule: 'orders.profile.required', fields: error.refusal.fields })
  }
}

/** Before a unit's result is taken: mandatory fields, and what the profile's closing rules ask besides the matter's. */
export async function demandAtClosing(ctx: Ctx, order: OrderRow, assignment: AssignmentRow, given: { basis?: string | undefined; fileIds: readonly string[]; quotedFrom?: string | undefined }): Promise<void> {
  await demand(ctx, order, assignment.parent_id === null ? 'unitHandling' : 'sectionHandling', assignment.unit_id)
  const closing = (await profileOf(ctx, order))?.definition.closing
  const fields = [
    ...(closing?.basis && !given.basis ? [{ path: 'basis', message: '该专项类型须填写处置依据' }] : []),
    ...(closing?.evidence && given.fileIds.length === 0 && !given.quotedFrom ? [{ path: 'fileIds', message: '该专项类型须上传证明材料' }] : []),
  ]
  if (fields.length > 0) throw orderFail('feedbackIncomplete', { rule: 'orders.profile.closing', fields })
}

/** Whether the unit's leader reviews, where the profile's closing says so for this unit; null: the unit's own setting. */
export async function leaderReviews(ctx: Ctx, order: OrderRow, unitId: string): Promise<boolean | null> {
  const profile = await profileOf(ctx, order)
  const said = profile ? variantOf(profile.definition, unitId)?.leaderReview : undefined
  return said === 'always' ? true : said === 'never' ? false : null
}

/** Before the centre accepts a result. */
export async function demandApproval(ctx: Ctx, order: OrderRow): Promise<void> {
  const profile = await profileOf(ctx, order)
  if (!profile) return
  if (profile.definition.closing.reviewValues && order.profile_form_id !== null && order.profile_values !== 'approved') throw profileFail('valuesNotApproved', { rule: 'orders.profile.reviewValues' })
  await demand(ctx, order, 'centreClosing', null)
}
