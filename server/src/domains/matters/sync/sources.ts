// Where an upper platform's classes are read from: one address per scheme, asked once a day or by hand (MAT-13).
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { decrypt, encrypt } from '../../../kernel/crypto/index.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { schemes } from '../classes/schemes.ts'
import { mattersErrors } from '../matters.errors.ts'
import type { MattersTables } from '../tables.gen.ts'
import { upstreamNode, type UpstreamNode } from './sync-contract.ts'
import type * as contract from './sync-contract.ts'

const SECRET = 'matters.syncSource'
const PATIENCE_MS = 15_000
const MOST_CHARS = 5_000_000
const answer = z.union([z.array(upstreamNode).max(5000), z.object({ nodes: z.array(upstreamNode).max(5000) }).transform((given) => given.nodes)])
const sources = (ctx: Ctx) => ctx.db<MattersTables>().selectFrom('matter_sync_source').selectAll().where('tenant_id', '=', ctx.tenantId)

export async function listSyncSources(ctx: Ctx): Promise<Output<typeof contract.listSources>> {
  authorize(ctx, 'matters.edit')
  return { items: (await sources(ctx).orderBy('scheme').execute()).map((row) => ({ scheme: row.scheme, url: row.url, tokenSet: row.token_enc !== null, enabled: row.enabled, changedByName: row.changed_by_name, changedAt: row.changed_at, askedAt: row.asked_at, fault: row.fault })) }
}

/** Saves an address; an empty token keeps the one before, an empty address removes the source. */
export async function saveSyncSource(ctx: Ctx, input: Input<typeof contract.saveSource>): Promise<Record<string, never>> {
  authorize(ctx, 'matters.approve')
  if (!(await schemes(ctx)).some((one) => one.code === input.scheme)) throw kernelErrors('invalid', { fields: [{ path: 'scheme', message: '分类体系不存在' }] })
  const table = ctx.db<MattersTables>()
  if (input.url === '') await table.deleteFrom('matter_sync_source').where('tenant_id', '=', ctx.tenantId).where('scheme', '=', input.scheme).execute()
  else {
    const values = { url: input.url, enabled: input.enabled, changed_by_name: ctx.actor.name, changed_at: ts(ctx.clock.now()), fault: null, ...(input.token ? { token_enc: encrypt(ctx.keys, input.token, SECRET) } : {}) }
    await table.insertInto('matter_sync_source').values({ tenant_id: ctx.tenantId, scheme: input.scheme, ...values }).onConflict((c) => c.columns(['tenant_id', 'scheme']).doUpdateSet(values)).execute()
  }
  ctx.audit({ module: 'matters', act: 'saveSchemeSource', objectType: 'key:parameter', objectId: input.scheme, changes: { url: { old: null, new: input.url } } })
  return {}
}

/** What an upper platform answers at the scheme's address now; null where none is set or it cannot be had (the reason is kept). */
export async function askSource(ctx: Ctx, scheme: string): Promise<UpstreamNode[] | null> {
  const source = await sources(ctx).where('scheme', '=', scheme).where('enabled', '=', true).executeTakeFirst()
  if (!source) return null
  const { nodes, fault } = await read(source.url, source.token_enc === null ? null : decrypt(ctx.keys, source.token_enc, SECRET))
  await ctx.db<MattersTables>().updateTable('matter_sync_source').set({ asked_at: ts(ctx.clock.now()), fault }).where('tenant_id', '=', ctx.tenantId).where('scheme', '=', scheme).execute()
  return nodes
}

/** Now, by hand. @throws 422 with what is wrong with the source */
export async function askNow(ctx: Ctx, scheme: string): Promise<UpstreamNode[]> {
  const source = await sources(ctx).where('scheme', '=', scheme).executeTakeFirst()
  if (!source) throw mattersErrors('syncSource', { params: { fault: '还没有设置上级分类的来源' } })
  const { nodes, fault } = await read(source.url, source.token_enc === null ? null : decrypt(ctx.keys, source.token_enc, SECRET))
  if (!nodes) throw mattersErrors('syncSource', { params: { fault: fault ?? '' } })
  await ctx.db<MattersTables>().updateTable('matter_sync_source').set({ asked_at: ts(ctx.clock.now()), fault: null }).where('tenant_id', '=', ctx.tenantId).where('scheme', '=', scheme).execute()
  return nodes
}

async function read(url: string, token: string | null): Promise<{ nodes: UpstreamNode[]; fault: null } | { nodes: null; fault: string }> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) })
    if (!response.ok) return { nodes: null, fault: `上级平台答复 ${response.status}` }
    const parsed = answer.safeParse(JSON.parse((await response.text()).slice(0, MOST_CHARS)))
    return parsed.success ? (parsed.data.length > 0 ? { nodes: parsed.data, fault: null } : { nodes: null, fault: '上级平台答复的分类是空的' }) : { nodes: null, fault: '上级平台的答复不是分类清单' }
  } catch (error) {
    return { nodes: null, fault: error instanceof SyntaxError ? '上级平台的答复不是 JSON' : error instanceof Error && error.name === 'TimeoutError' ? '上级平台没有按时答复' : '连接不上上级平台' }
  }
}
