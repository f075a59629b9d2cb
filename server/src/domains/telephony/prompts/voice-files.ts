// Uploaded sounds: checked, brought to the form that lines carry, kept until nothing plays them any more.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { storage } from '../../../kernel/files/index.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { fileContent, putContent } from '../../platform/index.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import type * as contract from './prompt-contract.ts'
import { promptsUsing } from './prompt.queries.ts'
import { alawHeader, NotWave, readWave, toAlaw, toTelephoneRate } from './voice-wave.ts'

export async function listVoiceFiles(ctx: Ctx, input: Input<typeof contract.listVoiceFiles>) {
  authorize(ctx, 'telephony.prompts')
  return { items: await views(ctx, input.application) }
}

async function views(ctx: Ctx, application?: string, id?: string) {
  let query = db(ctx).selectFrom('telephony_voice_file').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (application) query = query.where('application', '=', application)
  if (id) query = query.where('id', '=', id)
  const rows = await query.orderBy('uploaded_at', 'desc').orderBy('id', 'desc').limit(500).execute()
  const used = await promptsUsing(ctx, rows.map((r) => r.id))
  return rows.map((r) => ({ id: r.id, name: r.name, application: r.application as 'flow', ms: r.ms, sourceRate: r.source_rate, uploadedAt: r.uploaded_at, uploadedByName: r.uploaded_by_name, usedBy: used.get(r.id) ?? [] }))
}

export async function addVoiceFile(ctx: Ctx, input: Input<typeof contract.addVoiceFile>) {
  authorize(ctx, 'telephony.prompts')
  const upload = await fileContent(ctx, input.fileId)
  if (upload.size > 50 * 1024 * 1024) throw telephonyFail('notWav', { detail: '文件超过 50 MB', fields: [{ path: 'fileId', message: '文件超过 50 MB' }] })
  const { alaw, rate } = heard(await buffer(await upload.open()))
  const stored = await putContent(Readable.from([alaw]))
  const id = newId()
  await db(ctx).insertInto('telephony_voice_file').values({
    tenant_id: ctx.tenantId, id, name: input.name, application: input.application, file_id: stored.key, sha256: createHash('sha256').update(alaw).digest('hex'), ms: Math.round(alaw.length / 8), source_rate: rate, uploaded_at: ts(ctx.clock.now()), uploaded_by_name: ctx.actor.name,
  }).execute()
  ctx.audit({ module: 'telephony', act: 'addVoiceFile', objectType: 'key:voiceFile', objectId: id, text: input.name })
  const [view] = await views(ctx, undefined, id)
  if (!view) throw telephonyFail('notFound')
  return view
}

function heard(bytes: Buffer): { alaw: Buffer; rate: number } {
  try {
    const wave = readWave(bytes)
    const samples = toTelephoneRate(wave)
    if (samples.length < 80) throw new NotWave('声音太短')
    return { alaw: toAlaw(samples), rate: wave.rate }
  } catch (error) {
    if (error instanceof NotWave) throw telephonyFail('notWav', { detail: error.message, fields: [{ path: 'fileId', message: error.message }] })
    throw error
  }
}

export async function removeVoiceFile(ctx: Ctx, input: Input<typeof contract.removeVoiceFile>) {
  authorize(ctx, 'telephony.prompts')
  const row = await db(ctx).selectFrom('telephony_voice_file').select(['id', 'name']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  const places = (await promptsUsing(ctx, [row.id])).get(row.id) ?? []
  if (places.length > 0) throw telephonyFail('inUse', { params: { places: places.join('、') } })
  // The content stays: calls that run keep the policy they began with.
  await db(ctx).deleteFrom('telephony_voice_file').where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  ctx.audit({ module: 'telephony', act: 'removeVoiceFile', objectType: 'key:voiceFile', objectId: row.id, text: row.name })
  return {}
}

export async function playVoiceFile(ctx: Ctx, input: { id: string }, { reply }: RawExchange) {
  const row = await db(ctx).selectFrom('telephony_voice_file').select('file_id').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  const alaw = await readVoice(row.file_id)
  await reply.headers({ 'content-type': 'audio/wav', 'content-length': alaw.length + 58 }).send(Buffer.concat([alawHeader(alaw.length), alaw]))
  return {}
}

/** Raw A-law of a stored sound. */
export async function readVoice(storageKey: string): Promise<Buffer> {
  if (!storage.port) throw new Error('no storage: app.ts sets it at boot')
  return buffer(await storage.port.get(storageKey))
}
