// Edits of a registered order before dispatch; every field's old and new value stays visible to all later handlers (ORD-23).
import type { Ctx } from '../../kernel/ctx.ts'
import { can } from '../../kernel/access.ts'
import { json, ts } from '../../kernel/db/connect.ts'
import { kernelErrors, type FieldError } from '../../kernel/errors.ts'
import type { Input } from '../../kernel/http/route.ts'
import { validateForm } from '../forms/index.ts'
import { categoryById, findMatter } from '../matters/index.ts'
import { areaExists, attachFiles } from '../platform/index.ts'
import { answerOf } from './acts.ts'
import { indexPlace } from './duplicates/index.ts'
import { rematch } from './case-profiles/index.ts'
import { enterpriseFacts } from './enterprise/index.ts'
import { fastClassOf } from './profiles/index.ts'
import { requireSorter } from './queues/index.ts'
import type * as contract from './contract.ts'
import { orderFail } from './orders.errors.ts'
import { assertVisible } from './orders.policy.ts'
import { lockOrder, saveOrder, type OrderChange, type OrderRow } from './orders.queries.ts'
import { stateNames } from './texts.zh-CN.ts'
import { indexOrder } from './reading/search-index.ts'
import { record, type Change } from './timeline.ts'

/** API field → column and the label shown in the change record. */
const plain = {
  appealType: ['appeal_type', '诉求类型'], purpose: ['purpose', '诉求目的'], form: ['form', '诉求形式'], categoryId: ['category_id', '问题分类'], industryId: ['industry_id', '行业分类'], title: ['title', '标题'],
  content: ['content', '内容'], summary: ['summary', '摘要'], areaCode: ['area_code', '区划'], address: ['address', '地点'], detailAddress: ['detail_address', '详细地址'], lon: ['lon', '经度'], lat: ['lat', '纬度'],
  requesterCount: ['requester_count', '诉求人数'], involvedCount: ['involved_count', '涉及人数'], urgency: ['urgency', '紧急程度'], confidential: ['confidential', '保密'], callbackWanted: ['callback_wanted', '需要回访'],
  callbackManner: ['callback_manner', '回访方式'], specialClassId: ['special_class_id', '专项分类'], remarks: ['remarks', '备注'],
} as const satisfies Record<string, readonly [keyof OrderRow, string]>

type Patch = Input<typeof contract.patchOrderRoute>

export async function patchOrder(ctx: Ctx, input: Patch) {
  const order = await lockOrder(ctx, input.id, input.version)
  await assertVisible(ctx, order)
  const mine = order.state === 'draft' && (order.registered_by === ctx.actor.id || order.picked_by === ctx.actor.id || can(ctx, 'orders.review'))
  if (!mine && !(can(ctx, 'orders.review') && ['pendingReview', 'pendingDispatch'].includes(order.state)) && !(order.picked_by === ctx.actor.id && order.triage === 'picked'))
    throw orderFail('stateForbids', { rule: 'orders.edit', params: { state: stateNames[order.state], act: '修改' } })
  await requireSorter(ctx, order)
  const { change, changes } = await diff(ctx, order, input)
  if (input.addFileIds.length > 0) await attachFiles(ctx, { fileIds: input.addFileIds, place: 'registration', objectType: 'order', objectId: order.id, audience: 'public' })
  if (Object.keys(changes).length === 0 && input.addFileIds.length === 0) return answerOf(order)
  await record(ctx, order, { act: 'edit', text: input.reason ?? null, changes, data: { files: input.addFileIds.length } })
  const saved = await saveOrder(ctx, order, change)
  return answerOf(Object.keys(change).length > 0 ? await rematch(ctx, saved) : saved)
}

async function diff(ctx: Ctx, order: OrderRow, input: Patch): Promise<{ change: OrderChange; changes: Record<string, Change> }> {
  const change: Record<string, unknown> = {}
  const changes: Record<string, Change> = {}
  for (const [field, [column, label]] of Object.entries(plain)) {
    const value = input[field as keyof typeof plain]
    if (value === undefined || value === order[column]) continue
    change[column] = value
    changes[field] = { old: order[column], new: value, label }
  }
  const fast = input.urgency !== undefined && input.urgency !== order.urgency ? await fastClassOf(ctx, { urgency: input.urgency }) : null
  if (fast && !order.flags.includes(fast)) change['flags'] = [...order.flags, fast]
  await enterpriseDiff(ctx, order, input, change, changes)
  if (input.occurredAt !== undefined && input.occurredAt !== order.occurred_at) {
    change['occurred_at'] = ts(input.occurredAt)
    changes['occurredAt'] = { old: order.occurred_at, new: input.occurredAt, label: '发生时间' }
  }
  if (input.matterId !== undefined && input.matterId !== order.matter_id) {
    const matter = await findMatter(ctx, input.matterId)
    if (matter?.status !== 'effective') throw kernelErrors('invalid', { fields: [{ path: 'matterId', message: '诉求事项不存在或未生效' }] })
    Object.assign(change, { matter_id: matter.id, matter_version: matter.version, matter_name: matter.name })
    changes['matterId'] = { old: order.matter_name, new: matter.name, label: '诉求事项' }
  }
  if (input.categoryId && !(await categoryById(ctx, input.categoryId))) throw kernelErrors('invalid', { fields: [{ path: 'categoryId', message: '问题分类不存在' }] })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) throw kernelErrors('invalid', { fields: [{ path: 'areaCode', message: '区划不存在' }] })
  if (input.formData !== undefined && order.form_version_id) {
    change['form_data'] = json((await validateForm(ctx, order.form_version_id, input.formData)) as never)
    changes['formData'] = { old: order.form_data, new: input.formData, label: '要素' }
  }
  if (input.title !== undefined || input.content !== undefined || input.address !== undefined)
    await indexOrder(ctx, order.id, { title: input.title ?? order.title, address: input.address ?? order.address, content: input.content ?? order.content })
  if (input.address !== undefined || input.lon !== undefined || input.lat !== undefined)
    await indexPlace(ctx, { ...order, address: input.address ?? order.address, lon: input.lon ?? order.lon, lat: input.lat ?? order.lat })
  return { change: change as OrderChange, changes }
}

/** The enterprise of an order is judged as a whole: flag, registry, grade; a changed urgency changes the grade. */
async function enterpriseDiff(ctx: Ctx, order: OrderRow, input: Patch, change: Record<string, unknown>, changes: Record<string, Change>): Promise<void> {
  const flagged = order.flags.includes('enterprise')
  const named = [input.enterprise, input.enterpriseId, input.enterpriseCode, input.enterpriseName, input.legalPerson, input.extent].some((one) => one !== undefined)
  if (!named && !(flagged && input.urgency !== undefined)) return
  const fields: FieldError[] = []
  const other = input.enterpriseId !== undefined || input.enterpriseCode !== undefined
  const facts = await enterpriseFacts(ctx, {
    enterprise: input.enterprise ?? (flagged || named), enterpriseId: other ? input.enterpriseId : (order.enterprise_id ?? undefined), enterpriseCode: other ? input.enterpriseCode : (order.enterprise_code ?? undefined), enterpriseName: input.enterpriseName ?? order.enterprise_name ?? undefined,
    legalPerson: input.legalPerson ?? order.legal_person ?? undefined, extent: input.extent ?? (order.extent === 'industry' ? 'industry' : 'one'), urgency: input.urgency ?? order.urgency, requester: { subjectKind: order.subject_kind, name: order.requester_name },
  }, fields)
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  const flags = Array.isArray(change['flags']) ? (change['flags'] as string[]) : order.flags
  if (facts.flagged !== flagged) {
    change['flags'] = facts.flagged ? [...flags, 'enterprise'] : flags.filter((f) => f !== 'enterprise')
    changes['enterprise'] = { old: flagged, new: facts.flagged, label: '涉企' }
  }
  const next: OrderChange = facts.flagged ? facts.change : { enterprise_id: null, enterprise_name: null, enterprise_code: null, legal_person: null, extent: null, enterprise_grade: null }
  const labels = { enterprise_name: '企业', enterprise_code: '信用代码', legal_person: '法人', extent: '影响范围', enterprise_grade: '响应级别' } as const
  for (const [column, label] of Object.entries(labels) as [keyof typeof labels, string][]) if ((next[column] ?? null) !== order[column]) changes[column] = { old: order[column], new: next[column] ?? null, label }
  Object.assign(change, next)
}
