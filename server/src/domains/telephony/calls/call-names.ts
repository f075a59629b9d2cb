// Names of what calls are counted by, for later domains.
import type { Ctx } from '../../../kernel/ctx.ts'
import { setting } from '../../platform/index.ts'
import { priorityClasses } from '../settings.ts'
import { db } from '../telephony.queries.ts'
import { agentName } from './call-rows.ts'

type Names = Promise<Map<string, string>>
const uuids = (keys: string[]): string[] => keys.filter((key) => /^[0-9a-f-]{36}$/.test(key))

export async function queueNamesByIds(ctx: Ctx, keys: string[]): Names {
  const ids = uuids(keys)
  return new Map(ids.length === 0 ? [] : (await db(ctx).selectFrom('telephony_queue').select(['id', 'name']).where('tenant_id', 'in', ctx.actor.tenantIds).where('id', 'in', ids).execute()).map((r) => [r.id, r.name]))
}

export async function trunkNamesByIds(ctx: Ctx, keys: string[]): Names {
  const ids = uuids(keys)
  return new Map(ids.length === 0 ? [] : (await db(ctx).selectFrom('telephony_trunk').select(['id', 'name']).where('tenant_id', 'in', ctx.actor.tenantIds).where('id', 'in', ids).execute()).map((r) => [r.id, r.name]))
}

export async function callClassNames(ctx: Ctx, keys: string[]): Names {
  const names = new Map((await setting(ctx, priorityClasses)).map((c) => [c.code, c.name]))
  return new Map(keys.map((key) => [key, names.get(key) ?? key]))
}

export const agentNamesByIds = async (ctx: Ctx, keys: string[]): Names => new Map(await Promise.all(keys.map(async (key) => [key, await agentName(ctx, key)] as const)))
