// Rows of prompts and where things are used.
import type { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { db } from '../telephony.queries.ts'
import { segment, type promptView, type Segment } from './prompt-contract.ts'

const segments = segment.array()

export async function promptViews(ctx: Ctx, only?: string): Promise<z.output<typeof promptView>[]> {
  let query = db(ctx).selectFrom('telephony_prompt').selectAll().where('tenant_id', '=', ctx.tenantId)
  if (only) query = query.where('id', '=', only)
  const rows = await query.orderBy('application').orderBy('code').execute()
  const ids = rows.map((r) => r.id)
  if (ids.length === 0) return []
  const [versions, used] = await Promise.all([
    db(ctx).selectFrom('telephony_prompt_version').selectAll().where('tenant_id', '=', ctx.tenantId).where('prompt_id', 'in', ids).where('state', 'in', ['draft', 'released']).orderBy('number').execute(), placesOfPrompts(ctx, ids),
  ])
  return rows.map((row) => {
    const view = (state: 'draft' | 'released') => {
      const v = versions.findLast((one) => one.prompt_id === row.id && one.state === state)
      return v ? { number: v.number, segments: segments.parse(v.segments), state, savedAt: v.saved_at, savedByName: v.saved_by_name, releasedAt: v.released_at } : null
    }
    return { id: row.id, code: row.code, name: row.name, application: row.application as 'flow', language: row.language, speed: row.speed as 'normal', released: row.released, version: row.version, updatedAt: row.updated_at, changedByName: row.changed_by_name, draft: view('draft'), playing: view('released'), usedBy: used.get(row.id) ?? [] }
  })
}

/** Prompts that play a file, in their draft or in what plays. */
export async function promptsUsing(ctx: Ctx, voiceFileIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (voiceFileIds.length === 0) return found
  const rows = await db(ctx).selectFrom('telephony_prompt_version as v').innerJoin('telephony_prompt as p', (j) => j.onRef('p.tenant_id', '=', 'v.tenant_id').onRef('p.id', '=', 'v.prompt_id')).select(['p.name', 'v.segments']).where('v.tenant_id', '=', ctx.tenantId).where('v.state', 'in', ['draft', 'released']).execute()
  for (const row of rows) for (const one of segments.parse(row.segments)) if (one.kind === 'file' && voiceFileIds.includes(one.voiceFileId)) found.set(one.voiceFileId, [...new Set([...(found.get(one.voiceFileId) ?? []), `语音“${row.name}”`])])
  return found
}

/** Flows (drafts and the published version) and queues that name a prompt. */
export async function placesOfPrompts(ctx: Ctx, promptIds: string[]): Promise<Map<string, string[]>> {
  const [flows, published, queues] = await Promise.all([
    db(ctx).selectFrom('telephony_flow').select(['id', 'name', 'draft', 'published']).where('tenant_id', '=', ctx.tenantId).execute(),
    db(ctx).selectFrom('telephony_flow_version').select(['flow_id', 'number', 'graph']).where('tenant_id', '=', ctx.tenantId).execute(),
    db(ctx).selectFrom('telephony_queue').select(['name', 'music_prompt_id']).where('tenant_id', '=', ctx.tenantId).execute(),
  ])
  const texts = flows.map((f) => ({ name: f.name, text: JSON.stringify([f.draft, published.find((p) => p.flow_id === f.id && p.number === f.published)?.graph ?? null]) }))
  return new Map(promptIds.map((id) => [id, [...texts.filter((f) => f.text.includes(id)).map((f) => `流程“${f.name}”`), ...queues.filter((q) => q.music_prompt_id === id).map((q) => `队列“${q.name}”`)]]))
}

export const readSegments = (value: unknown): Segment[] => segments.parse(value)
