// The profile as pages show it: on an order with what the reader may enter now, and for a form in progress.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can } from '../../../kernel/access.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { formatDuration } from '../../../kernel/time/index.ts'
import { extensionFor, formVersion } from '../../forms/index.ts'
import { setting } from '../../platform/index.ts'
import { isOpen } from '../order.ts'
import { readOrder } from '../orders.policy.ts'
import { db, type AssignmentRow } from '../orders.queries.ts'
import { registrationSources } from '../settings.ts'
import { lineInUse, offeredLines } from '../lines/line-store.ts'
import { taskForces } from '../queues/queue.ts'
import { formInProgress, holding, matchProfile } from './match-profile.ts'
import type * as contract from './profile-contract.ts'
import { enterableAt, requiredAt } from './profile-definition.ts'
import { enabledProfiles, profileOf } from './profile-store.ts'
import { postsOf, valuesOf } from './profile-values.ts'
import { profileStageNames } from './profiles.zh-CN.ts'

export async function profileOptions(ctx: Ctx) {
  authorize(ctx, 'orders.read')
  return { profiles: (await enabledProfiles(ctx)).map((p) => ({ code: p.code, name: p.name, byHand: p.definition.byHand })), lines: await offeredLines(ctx), registrationSources: await setting(ctx, registrationSources) }
}

export async function profileForForm(ctx: Ctx, input: Input<typeof contract.profileForFormRoute>): Promise<Output<typeof contract.profileForFormRoute>> {
  authorize(ctx, 'orders.register')
  const flags = input.enterprise || input.subjectKind === 'enterprise' ? ['enterprise'] : []
  const subject = formInProgress(ctx, {
    state: 'pendingReview', appeal_type: input.appealType, matter_id: input.matterId, category_id: input.categoryId, industry_id: input.industryId, title: input.title, content: input.content, area_code: input.areaCode, address: input.address, urgency: input.urgency, channel: input.channel, subject_kind: input.subjectKind,
    line: input.line, flags, round: 1, requester_count: 1, confidential: false, anonymous: false, registered_at: null, source: 'own', dispatch_kind: 'own', urge_count: 0, return_count: 0, supplement_count: 0,
  })
  const asked = input.line ? await lineInUse(ctx, input.line) : null
  const [line, profile] = await Promise.all([asked?.own_form ? extensionFor(ctx, { line: asked.code }) : null, matchProfile(ctx, subject)])
  const extension = (form: Awaited<ReturnType<typeof extensionFor>>) => (form ? { versionId: form.versionId, schema: form.schema } : null)
  if (!profile) return { line: extension(line), profile: null }
  const [form, queues, held] = await Promise.all([extensionFor(ctx, { caseProfile: profile.code }), taskForces(ctx), holding(ctx, subject, profile.definition.limits.map((l) => l.when))])
  const limit = profile.definition.limits.find((_, i) => held.has(i))
  return {
    line: extension(line),
    profile: {
      code: profile.code, name: profile.name, form: extension(form), required: requiredAt(profile.definition, 'registration', null), queueName: queues.find((q) => q.code === profile.definition.queue)?.name ?? null,
      limits: limit ? [limit.name, ...(limit.response ? [`响应 ${formatDuration(limit.response)}`] : []), ...(limit.handling ? [`办理 ${formatDuration(limit.handling)}`] : [])] : [],
    },
  }
}

export async function orderProfile(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.orderProfileRoute>> {
  authorize(ctx, 'orders.read')
  const order = await readOrder(ctx, input.id)
  const there: Ctx = order.tenant_id === ctx.tenantId ? ctx : { ...ctx, tenantId: order.tenant_id }
  const own = order.tenant_id === ctx.tenantId
  const [profile, form, lineForm, queues, lines, assignments] = await Promise.all([
    profileOf(ctx, order), order.profile_form_id ? formVersion(there, order.profile_form_id) : null, order.line_form_id ? formVersion(there, order.line_form_id) : null, taskForces(there), offeredLines(there),
    own ? (db(ctx).selectFrom('order_assignment').selectAll().where('tenant_id', '=', order.tenant_id).where('order_id', '=', order.id).execute() as Promise<AssignmentRow[]>) : [],
  ])
  const posts = own ? postsOf(ctx, order, assignments) : []
  const keys = form?.fields.map((f) => f.key) ?? []
  const enterable = profile ? [...new Set(posts.flatMap((p) => enterableAt(profile.definition, keys, p.stage)))] : []
  const required = profile ? [...new Set(posts.flatMap((p) => requiredAt(profile.definition, p.stage, p.assignment?.unit_id ?? null)))] : []
  const lineData: Record<string, unknown> = typeof order.line_data === 'object' && order.line_data !== null && !Array.isArray(order.line_data) ? order.line_data : {}
  const queue = queues.find((q) => q.code === order.queue)
  return {
    version: order.version, name: profile?.name ?? null, code: profile?.code ?? null, by: order.profile_by, queue: queue ? { code: queue.code, name: queue.name } : null, form: form && order.profile_form_id ? { versionId: order.profile_form_id, schema: form.schema } : null, values: valuesOf(order),
    valuesState: order.profile_values === 'approved' || order.profile_values === 'returned' ? order.profile_values : null, reviewValues: profile?.definition.closing.reviewValues ?? false, enterable, required, stageName: posts[0] ? profileStageNames[posts[0].stage] : null,
    mayReview: own && order.state === 'pendingResultReview' && can(ctx, 'orders.reviewResult') && keys.length > 0, maySet: own && isOpen(order.state) && can(ctx, 'orders.setProfile'), ratingItems: profile?.definition.ratingItems ?? [],
    line: order.line ? { code: order.line, name: lines.find((l) => l.code === order.line)?.name ?? order.line } : null,
    lineFields: (lineForm?.fields ?? []).filter((f) => lineData[f.key] !== undefined).map((f) => ({ label: f.title, value: f.choices?.find((c) => c.value === lineData[f.key])?.label ?? lineData[f.key] })),
  }
}
