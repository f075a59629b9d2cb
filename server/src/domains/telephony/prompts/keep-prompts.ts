// Prompts: a draft is edited and heard; released, it plays from the next call on.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { policyChanged } from '../events.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db, requireVersion } from '../telephony.queries.ts'
import type * as contract from './prompt-contract.ts'
import type { Segment } from './prompt-contract.ts'
import { placesOfPrompts, promptViews, readSegments } from './prompt.queries.ts'

export async function listPrompts(ctx: Ctx) {
  return { items: await promptViews(ctx) }
}

export async function addPrompt(ctx: Ctx, input: Input<typeof contract.addPrompt>) {
  authorize(ctx, 'telephony.prompts')
  const taken = await db(ctx).selectFrom('telephony_prompt').select('id').where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).executeTakeFirst()
  if (taken) throw telephonyFail('codeTaken', { params: { code: input.code }, fields: [{ path: 'code', message: '编码已存在' }] })
  await checkFiles(ctx, input.segments)
  const id = newId()
  const now = ts(ctx.clock.now())
  await db(ctx).insertInto('telephony_prompt').values({ tenant_id: ctx.tenantId, id, code: input.code, name: input.name, application: input.application, language: input.language, speed: input.speed, updated_at: now, changed_by_name: ctx.actor.name }).execute()
  await putDraft(ctx, id, 1, input.segments)
  ctx.audit({ module: 'telephony', act: 'addPrompt', objectType: 'key:prompt', objectId: id, text: input.name })
  return one(ctx, id)
}

export async function savePrompt(ctx: Ctx, input: Input<typeof contract.savePrompt>) {
  authorize(ctx, 'telephony.prompts')
  const row = await lock(ctx, input.id)
  requireVersion(row, input.version)
  await checkFiles(ctx, input.segments)
  const latest = await latestVersion(ctx, row.id)
  await putDraft(ctx, row.id, latest?.state === 'draft' ? latest.number : (latest?.number ?? 0) + 1, input.segments)
  await db(ctx).updateTable('telephony_prompt').set((eb) => ({ name: input.name, language: input.language, speed: input.speed, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.signal('telephony.prompts', row.id)
  return one(ctx, row.id)
}

export async function releasePrompt(ctx: Ctx, input: Input<typeof contract.releasePrompt>) {
  authorize(ctx, 'telephony.prompts')
  const row = await lock(ctx, input.id)
  const latest = await latestVersion(ctx, row.id)
  if (latest?.state !== 'draft') throw telephonyFail('nothingToPublish')
  if (readSegments(latest.segments).every((s) => s.kind === 'pause')) throw telephonyFail('emptyPrompt')
  const at = (number: number) => db(ctx).updateTable('telephony_prompt_version').where('tenant_id', '=', ctx.tenantId).where('prompt_id', '=', row.id).where('number', '=', number)
  if (row.released > 0) await at(row.released).set({ state: 'old' }).execute()
  await at(latest.number).set({ state: 'released', released_at: ts(ctx.clock.now()) }).execute()
  await db(ctx).updateTable('telephony_prompt').set((eb) => ({ released: latest.number, updated_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name, version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'releasePrompt', objectType: 'key:prompt', objectId: row.id, changes: { released: { old: row.released, new: latest.number } } })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'prompts' }))
  ctx.signal('telephony.prompts', row.id)
  return one(ctx, row.id)
}

export async function removePrompt(ctx: Ctx, input: Input<typeof contract.removePrompt>) {
  authorize(ctx, 'telephony.prompts')
  const row = await lock(ctx, input.id)
  const places = (await placesOfPrompts(ctx, [row.id])).get(row.id) ?? []
  if (places.length > 0) throw telephonyFail('inUse', { params: { places: places.join('、') } })
  await db(ctx).deleteFrom('telephony_prompt').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removePrompt', objectType: 'key:prompt', objectId: row.id, text: row.name })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'prompts' }))
  return {}
}

async function lock(ctx: Ctx, id: string) {
  const row = await db(ctx).selectFrom('telephony_prompt').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  return row
}

const latestVersion = (ctx: Ctx, id: string) => db(ctx).selectFrom('telephony_prompt_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('prompt_id', '=', id).orderBy('number', 'desc').executeTakeFirst()

async function putDraft(ctx: Ctx, id: string, number: number, list: Segment[]): Promise<void> {
  const values = { segments: json(list), state: 'draft', saved_at: ts(ctx.clock.now()), saved_by_name: ctx.actor.name }
  await db(ctx).insertInto('telephony_prompt_version').values({ tenant_id: ctx.tenantId, prompt_id: id, number, ...values }).onConflict((c) => c.columns(['tenant_id', 'prompt_id', 'number']).doUpdateSet(values)).execute()
}

async function checkFiles(ctx: Ctx, list: Segment[]): Promise<void> {
  const ids = [...new Set(list.flatMap((s) => (s.kind === 'file' ? [s.voiceFileId] : [])))]
  if (ids.length === 0) return
  const rows = await db(ctx).selectFrom('telephony_voice_file').select('id').where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  if (rows.length !== ids.length) throw kernelErrors('invalid', { fields: [{ path: 'segments', message: '语音文件不存在' }] })
}

async function one(ctx: Ctx, id: string) {
  const [view] = await promptViews(ctx, id)
  if (!view) throw telephonyFail('notFound')
  return view
}
