// Autosave: each save is a new generation; the newest few are kept.
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, userId } from '../../../kernel/access.ts'
import { isTelephone, normalisePhone } from '../../../kernel/crypto/index.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { orderFail } from '../orders.errors.ts'
import { db } from '../orders.queries.ts'
import { phoneHash } from '../requesters/contact.ts'
import { backupGenerations } from '../settings.ts'
import type { restoreDraftRoute, saveDraftRoute } from './draft-contract.ts'
import { draftFail } from './draft.errors.ts'
import { isOwn, readableDraft, sealed, type DraftRow } from './draft.queries.ts'

const MAX_BYTES = 256 * 1024

export async function saveDraft(ctx: Ctx, input: Input<typeof saveDraftRoute>) {
  authorize(ctx, 'orders.register')
  if (JSON.stringify(input.data).length > MAX_BYTES) throw draftFail('draftTooLarge')
  const row = await db(ctx).selectFrom('order_draft').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (row && !(await isOwn(ctx, row))) throw orderFail('draftForeign')
  // Generation 0 says "I know of no earlier save": the first save repeated after a lost answer must not overwrite later ones either.
  if (row && row.generation !== input.generation) throw draftFail('draftChanged', { params: { generation: row.generation }, current: { generation: row.generation, savedAt: toIso(row.saved_at) } })
  const phone = input.phone ? normalisePhone(input.phone) : ''
  return write(ctx, row, { id: input.id, title: input.title, data: sealed(ctx, input.data), phoneHash: isTelephone(phone) ? phoneHash(ctx, phone) : null, channel: input.channel ?? row?.channel ?? null })
}

export async function restoreDraft(ctx: Ctx, input: Input<typeof restoreDraftRoute>) {
  authorize(ctx, 'orders.register')
  const row = await readableDraft(ctx, input.id, 'lock', 'own')
  const old = await db(ctx).selectFrom('order_draft_generation').select('data_enc').where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', row.id).where('generation', '=', input.generation).executeTakeFirst()
  if (!old) throw draftFail('generationGone')
  return write(ctx, row, { id: row.id, title: row.title, data: old.data_enc, phoneHash: row.phone_hash, channel: row.channel })
}

async function write(ctx: Ctx, row: DraftRow | undefined, draft: { id: string; title: string; data: string; phoneHash: string | null; channel: string | null }) {
  const savedAt = ctx.clock.now()
  const generation = (row?.generation ?? 0) + 1
  // Whoever saves it has it from now on: a form that came with a call leaves its first owner.
  const values = { owner_id: userId(ctx), owner_name: ctx.actor.name, title: draft.title, data_enc: draft.data, phone_hash: draft.phoneHash, channel: draft.channel, generation, saved_at: ts(savedAt), deleted_at: null }
  if (row) await db(ctx).updateTable('order_draft').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', draft.id).execute()
  else await db(ctx).insertInto('order_draft').values({ tenant_id: ctx.tenantId, id: draft.id, ...values }).execute()
  await db(ctx).insertInto('order_draft_generation').values({ tenant_id: ctx.tenantId, draft_id: draft.id, generation, data_enc: draft.data, saved_at: ts(savedAt) }).execute()
  const keep = await setting(ctx, backupGenerations)
  await db(ctx).deleteFrom('order_draft_generation').where('tenant_id', '=', ctx.tenantId).where('draft_id', '=', draft.id).where('generation', '<=', generation - keep).execute()
  return { id: draft.id, generation, savedAt }
}
