// Remote seats (TEL-35): outside the centre's network only those may sign in whom somebody allowed to, for a time.
import { BlockList, isIP } from 'node:net'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { setting } from '../../platform/index.ts'
import { policyChanged } from '../events.ts'
import { seatUsers } from '../queues/queue.queries.ts'
import { isNetwork, seatNetworks } from '../settings.ts'
import { telephonyFail } from '../telephony.errors.ts'
import { db } from '../telephony.queries.ts'
import type * as contract from './desk-contract.ts'

/** Whether an address lies in one of the networks (`10.1.0.0/16`, `fd00::/8`, single addresses). Without networks everything is inside; an unknown address is not. */
export function isInside(networks: readonly string[], address: string | null): boolean {
  if (networks.length === 0) return true
  const plain = address?.replace(/^::ffff:/, '') ?? ''
  const family = isIP(plain)
  if (family === 0) return false
  const known = new BlockList()
  for (const one of networks.filter(isNetwork)) {
    const [net = '', bits] = one.split('/')
    const kind = isIP(net)
    if (kind !== 0) known.addSubnet(net, Number(bits ?? (kind === 6 ? 128 : 32)), kind === 6 ? 'ipv6' : 'ipv4')
  }
  return known.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

/** Whether the actor sits outside, and until when he may. @throws telephony.remoteNotAllowed (403) */
export async function remoteUntil(ctx: Ctx): Promise<Instant | null> {
  if (isInside(await setting(ctx, seatNetworks), ctx.ip)) return null
  const now = ctx.clock.now()
  const grant = await db(ctx).selectFrom('telephony_remote_seat').select('until_at').where('tenant_id', '=', ctx.tenantId).where('user_id', '=', userId(ctx)).where('ended_at', 'is', null).where('from_at', '<=', ts(now)).where('until_at', '>', ts(now)).orderBy('until_at', 'desc').limit(1).executeTakeFirst()
  if (!grant) throw telephonyFail('remoteNotAllowed', { rule: seatNetworks.key })
  return grant.until_at
}

/** Who is allowed now or will be: told to the exchange, which asks again. */
export async function remoteAgents(ctx: Ctx): Promise<Set<string>> {
  const rows = await db(ctx).selectFrom('telephony_remote_seat').select('user_id').where('tenant_id', '=', ctx.tenantId).where('ended_at', 'is', null).where('until_at', '>', ts(ctx.clock.now())).execute()
  return new Set(rows.map((row) => row.user_id))
}

/** Those that hold or will hold, and what ended within a month. */
export async function listRemoteSeats(ctx: Ctx) {
  authorize(ctx, 'telephony.queues')
  const now = ctx.clock.now()
  const rows = await db(ctx).selectFrom('telephony_remote_seat').selectAll().where('tenant_id', '=', ctx.tenantId).where('until_at', '>', ts(plus(now, -30 * DAY))).orderBy('until_at', 'desc').limit(500).execute()
  return {
    networks: await setting(ctx, seatNetworks),
    items: rows.map((row) => ({ id: row.id, userId: row.user_id, name: row.user_name, from: row.from_at, until: row.ended_at ?? row.until_at, reason: row.reason, byName: row.created_by_name, endedByName: row.ended_by_name, state: row.ended_at !== null || row.until_at <= now ? ('over' as const) : row.from_at > now ? ('coming' as const) : ('open' as const) })),
  }
}

export async function allowRemoteSeats(ctx: Ctx, input: Input<typeof contract.allowRemoteSeats>) {
  authorize(ctx, 'telephony.queues')
  const now = ctx.clock.now()
  const from = input.from ?? now
  if (input.until <= from || input.until <= now) throw kernelErrors('invalid', { fields: [{ path: 'until', message: '结束时间要晚于开始和现在' }] })
  const seats = new Map((await seatUsers(ctx)).map((one) => [one.id, one.name]))
  const stranger = input.userIds.find((one) => !seats.has(one))
  if (stranger) throw kernelErrors('invalid', { fields: [{ path: 'userIds', message: '所选人员没有话务坐席权限' }] })
  const users = [...new Set(input.userIds)]
  await db(ctx).insertInto('telephony_remote_seat').values(users.map((one) => ({ tenant_id: ctx.tenantId, id: newId(), user_id: one, user_name: seats.get(one) ?? '', from_at: ts(from), until_at: ts(input.until), reason: input.reason, created_at: ts(now), created_by_name: ctx.actor.name }))).execute()
  ctx.audit({ module: 'telephony', act: 'allowRemoteSeats', objectType: 'key:remoteSeat', text: `${users.map((one) => seats.get(one)).join('、')}：${input.reason}` })
  ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'agents' }))
  return listRemoteSeats(ctx)
}

/** A call that runs ends as it would; the next sign-in is refused. */
export async function endRemoteSeat(ctx: Ctx, input: { id: string }) {
  authorize(ctx, 'telephony.queues')
  const row = await db(ctx).selectFrom('telephony_remote_seat').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw telephonyFail('notFound')
  if (row.ended_at === null) {
    await db(ctx).updateTable('telephony_remote_seat').set({ ended_at: ts(ctx.clock.now()), ended_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
    ctx.audit({ module: 'telephony', act: 'endRemoteSeat', objectType: 'key:remoteSeat', objectId: row.id, text: row.reason })
    ctx.publish(policyChanged({ tenantId: ctx.tenantId, what: 'agents' }))
  }
  return listRemoteSeats(ctx)
}
