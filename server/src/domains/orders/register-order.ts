// One service registers orders of every channel: the same checks, one number, one enquiry code, one entry.
import type { z } from 'zod'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize, can } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { kernelErrors, type FieldError } from '../../kernel/errors.ts'
import { enquiryCode } from '../../kernel/crypto/index.ts'
import { newId } from '../../kernel/runtime.ts'
import { localDate, yyMMdd, type Instant } from '../../kernel/time/index.ts'
import { formFor, validateForm } from '../forms/index.ts'
import { appealTypes, categoryById, findMatter, schemeNodeById } from '../matters/index.ts'
import { areaExists, attachFiles, setting, tenantById } from '../platform/index.ts'
import type { orderInput } from './contract.ts'
import { orderRegistered } from './events.ts'
import { type OrderState } from './order.ts'
import { readOrder } from './orders.policy.ts'
import { db, nextNumber, saveOrder, type OrderRow } from './orders.queries.ts'
import { contactFields, saveRequester } from './requesters/index.ts'
import { discardDraft } from './drafts/index.ts'
import { indexOrder } from './reading/search-index.ts'
import { indexPlace, keepCheck } from './duplicates/index.ts'
import type { DuplicateAnswer } from './duplicates/duplicate-contract.ts'
import { convert, needsPoint, pointRequired } from './places/index.ts'
import { lineValues, profileAtRegistration } from './case-profiles/index.ts'
import { enterpriseFacts } from './enterprise/index.ts'
import { fastClassOf, isFirstCaller, type FastClass } from './profiles/index.ts'
import { keepRegistration } from './learning/index.ts'
import { keepProofreading } from './proofread/index.ts'
import type { ProofreadChoices } from './proofread/proofread-contract.ts'
import { proposeMember } from './sets/index.ts'
import { mergeInto } from './sets/merges.ts'
import { OWN_SYSTEM, registrationSources, skipReview } from './settings.ts'
import { startStageClock } from './stage-clocks.ts'
import { record } from './timeline.ts'

export type OrderInput = z.output<typeof orderInput>

export type Registration = OrderInput & {
  channel: string
  /** Online submissions wait in the common desk for an agent. */
  triage?: 'waiting'
  pass?: boolean
  sameCallAs?: string
  draftId?: string
  duplicate?: DuplicateAnswer | undefined
  proofread?: ProofreadChoices | undefined
  /** Class given by an upper platform: the order takes the fast track. */
  fastTrack?: FastClass | undefined
  /** What the bound form requires must be there: registration by the form. Chats and online submissions bring what their own questions gave. */
  formRequired?: boolean
  importSource?: string
  importKey?: string
  extra?: Record<string, string | number>
  /** No notices: imports of old appeals. */
  muted?: boolean
  /** Chain from an upper tenant: the mirror order starts at the dispatch desk with these facts. */
  mirror?: { upperNumber: string; upperDispatchedAt: Instant; dispatchKind: 'own' | 'direct' | 'transferred'; source: 'upper' | 'lower' | 'other' | 'platform'; state: OrderState; platform?: string }
}

/** How the appeal came, where nobody says otherwise (诉求形式). */
const forms: Record<string, string> = { phone: '来电', visit: '来访', letter: '来信', chat: '网上', portal: '网上', miniProgram: '网上', officialAccount: '网上', app: '网上', qr: '网上' }

/** Registers one order and returns its row. Throws 422 naming each wrong field; nothing is stored then. */
export async function createOrder(ctx: Ctx, given: Registration): Promise<OrderRow> {
  const input = inStoredSystem(given)
  const { matter, form, enterprise } = await checkReferences(ctx, input)
  const extensions = { line: input.line, lineData: input.lineData, profileData: input.profileData, complete: input.formRequired === true }
  const line = input.mirror || input.importKey ? {} : await lineValues(ctx, extensions)
  const now = ctx.clock.now()
  const tenant = await tenantById(ctx, ctx.tenantId)
  const requester = input.mirror && input.mirror.source !== 'platform' ? { id: null, name: input.requester.name, contact: contactFields(ctx, input.requester.phone) } : await saveRequester(ctx, { ...input.requester, ...(input.requesterId ? { id: input.requesterId } : {}) })
  const state = await firstState(ctx, input)
  const flags = await firstFlags(ctx, input, enterprise.flagged, { phoneHash: requester.contact.contact_phone_hash, requesterId: requester.id })
  const id = newId()
  const number = await nextNumber(ctx, tenant.areaCode, yyMMdd(localDate(now, tenant.timeZone)))
  const row = await db(ctx)
    .insertInto('order_order')
    .values({
      tenant_id: ctx.tenantId, id, number, enquiry_code: enquiryCode(), state, triage: input.triage ?? null, channel: input.channel,
      registered_by: ctx.actor.kind === 'user' ? ctx.actor.id : null, registered_by_name: ctx.actor.name, registered_at: ts(now), occurred_at: input.occurredAt ? ts(input.occurredAt) : null,
      subject_kind: input.requester.subjectKind, anonymous: input.requester.anonymous, requester_id: requester.id, requester_name: input.requester.anonymous ? '' : requester.name,
      ...requester.contact, appeal_type: input.appealType, purpose: input.purpose ?? null, matter_id: matter?.id ?? null, matter_version: matter?.version ?? null,
      matter_name: matter?.name ?? null, category_id: input.categoryId ?? null, industry_id: input.industryId ?? null, title: input.title, content: input.content, summary: input.summary ?? null,
      area_code: input.areaCode ?? null, address: input.address ?? null, detail_address: input.detailAddress ?? null, lon: input.lon ?? null, lat: input.lat ?? null, requester_count: input.requesterCount,
      involved_count: input.involvedCount ?? null, urgency: input.urgency, confidential: input.confidential, callback_wanted: input.callbackWanted && input.callbackManner !== 'none', callback_manner: input.callbackManner,
      remarks: input.remarks ?? null, form_version_id: form?.versionId ?? null, form_data: form ? json(form.data as never) : null, extra: input.extra ? json(input.extra) : null,
      dispatch_kind: input.mirror?.dispatchKind ?? 'own', upper_number: input.mirror?.upperNumber ?? null, upper_dispatched_at: input.mirror ? ts(input.mirror.upperDispatchedAt) : null, source: input.mirror?.source ?? 'own', upper_platform: input.mirror?.platform ?? null,
      flags, stage_since_at: ts(now), ...line, ...enterprise.change, special_class_id: input.specialClassId ?? null, draft_id: input.draftId ?? null, registration_source: input.registrationSource || input.mirror?.platform || OWN_SYSTEM, form: input.form ?? forms[input.channel] ?? null, import_source: input.importSource ?? null, import_key: input.importKey ?? null, updated_at: ts(now), changed_by_name: ctx.actor.name,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const order = row as OrderRow
  await indexOrder(ctx, id, input)
  await indexPlace(ctx, order)
  await startStageClock(ctx, order)
  await record(ctx, order, { act: 'register', text: input.remarks ?? null, data: { channel: input.channel } })
  if (input.fileIds.length > 0) await attachFiles(ctx, { fileIds: input.fileIds, place: 'registration', objectType: 'order', objectId: id, audience: 'public' })
  if (input.sameCallAs) await linkSameCall(ctx, id, input.sameCallAs)
  if (input.draftId) await discardDraft(ctx, input.draftId)
  ctx.publish(orderRegistered({ orderId: id, number, title: input.title, channel: input.channel, draftId: input.draftId, sameCallAs: input.sameCallAs, ...(input.muted ? { muted: true } : {}) }))
  return saveOrder(ctx, order, input.muted || input.mirror?.source === 'lower' ? {} : await profileAtRegistration(ctx, order, extensions))
}

/** The route for agents: `POST /api/orders`. */
export async function registerOrder(ctx: Ctx, input: Registration): Promise<{ id: string; number: string; state: OrderState; version: number; enquiryCode: string }> {
  authorize(ctx, 'orders.register')
  const created = await createOrder(ctx, { ...input, formRequired: true })
  await keepProofreading(ctx, created, input.proofread ?? [])
  await keepRegistration(ctx, created, input.draftId)
  const order = await followCheck(ctx, created, input.duplicate)
  return { id: order.id, number: order.number, state: order.state, version: order.version, enquiryCode: order.enquiry_code }
}

/** One coordinate system is stored, whatever map the point was picked on. */
function inStoredSystem(input: Registration): Registration {
  if (input.lon === undefined || input.lat === undefined || !input.coordinateSystem) return input
  return { ...input, ...convert({ lon: input.lon, lat: input.lat }, input.coordinateSystem, 'WGS84') }
}

/** Flags an order is born with: the fast track, and who calls for the first time. */
async function firstFlags(ctx: Ctx, input: Registration, enterprise: boolean, who: { phoneHash: string | null; requesterId: string | null }): Promise<string[]> {
  const fast = await fastClassOf(ctx, input)
  const first = !input.importKey && !input.mirror && (await isFirstCaller(ctx, who))
  return [...(fast ? [fast] : []), ...(first ? ['firstCaller'] : []), ...(enterprise ? ['enterprise'] : [])]
}

/** What the agent decided about duplicates: nothing, a link, a proposal for the older order's event set, or a merge into it. */
async function followCheck(ctx: Ctx, order: OrderRow, answer: DuplicateAnswer | undefined): Promise<OrderRow> {
  if (!answer) return order
  const kept = await keepCheck(ctx, order, answer)
  if (answer.choice === 'eventSet' && kept.chosen) await proposeMember(ctx, { orderId: order.id, likeId: kept.chosen.orderId, score: kept.chosen.score })
  return answer.choice === 'merge' && kept.chosen ? mergeInto(ctx, order, kept.chosen.orderId) : kept.order
}

async function firstState(ctx: Ctx, input: Registration): Promise<OrderState> {
  if (input.mirror) return input.mirror.state
  if (input.triage) return 'pendingReview'
  if (input.pass && can(ctx, 'orders.passReview')) return 'pendingDispatch'
  return (await setting(ctx, skipReview)) ? 'pendingDispatch' : 'pendingReview'
}

async function checkReferences(ctx: Ctx, input: Registration) {
  const fields: FieldError[] = []
  const types = await appealTypes(ctx)
  if (!types.some((t) => t.id === input.appealType)) fields.push({ path: 'appealType', message: '诉求类型不存在或已停用' })
  const matter = input.matterId ? await findMatter(ctx, input.matterId) : null
  if (input.matterId && !matter) fields.push({ path: 'matterId', message: '诉求事项不存在' })
  // A mirror order keeps what the upper centre chose, even where it was retired since.
  if (matter && matter.status !== 'effective' && !input.mirror) fields.push({ path: 'matterId', message: '诉求事项未生效或已下架，不能用于新工单' })
  if (input.categoryId && !(await categoryById(ctx, input.categoryId))) fields.push({ path: 'categoryId', message: '问题分类不存在' })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) fields.push({ path: 'areaCode', message: '区划不存在' })
  if (!input.mirror && !input.requester.anonymous && input.requester.name === '' && !input.requester.phone) fields.push({ path: 'requester.name', message: '请填写诉求人姓名或电话，或选择匿名' })
  if (input.occurredAt !== undefined && input.occurredAt > ctx.clock.now()) fields.push({ path: 'occurredAt', message: '发生时间不能晚于现在' })
  if ((input.lon === undefined || input.lat === undefined) && !input.importKey && !input.mirror && input.formRequired && needsPoint(input, await setting(ctx, pointRequired))) fields.push({ path: 'lon', message: '此类诉求须在地图上选点' })
  if (input.specialClassId && !['enterprise', 'tourism'].includes((await schemeNodeById(ctx, input.specialClassId))?.scheme ?? '')) fields.push({ path: 'specialClassId', message: '分类不存在' })
  if (input.formRequired && (input.channel === 'visit' || input.channel === 'letter')) {
    const known = await setting(ctx, registrationSources)
    if (!input.registrationSource) fields.push({ path: 'registrationSource', message: '请选择登记来源' })
    else if (!known.includes(input.registrationSource)) fields.push({ path: 'registrationSource', message: '登记来源不在可选范围内' })
  }
  if (input.sameCallAs && !(await mayLink(ctx, input.sameCallAs))) fields.push({ path: 'sameCallAs', message: '同一来电的工单不存在或您无权查看' })
  const enterprise = await enterpriseFacts(ctx, input, fields)
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  const bound = input.importKey || input.mirror ? null : await formFor(ctx, { appealType: input.appealType, matterId: input.matterId, channel: input.channel })
  const form = bound && (input.formData || input.formRequired) ? { versionId: bound.versionId, data: await validateForm(ctx, bound.versionId, input.formData ?? {}) } : null
  return { matter, form, enterprise }
}

/** The order whose call this one belongs to: of this centre, and seen by who registers. */
const mayLink = (ctx: Ctx, id: string): Promise<boolean> => readOrder(ctx, id).then((order) => order.tenant_id === ctx.tenantId, () => false)

async function linkSameCall(ctx: Ctx, id: string, other: string): Promise<void> {
  await db(ctx).insertInto('order_link').values({ tenant_id: ctx.tenantId, id: newId(), from_id: id, to_id: other, kind: 'sameCall', created_at: ts(ctx.clock.now()) }).execute()
}
