// How an enterprise is received by telephone and chat, kept by staff and told to the exchange (INT-25).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { setting, usersOf } from '../../platform/index.ts'
import type { CallerService } from '../../telephony/index.ts'
import { db } from '../accounts/account.queries.ts'
import type * as contract from './enterprise-contract.ts'
import { enterpriseLevels } from './enterprise.settings.ts'
import { enterpriseOfPhone, levelUnder, logState } from './enterprise.queries.ts'
import { accessNames, phoneService, type AccessRule } from './enterprise.ts'
import { locked, viewOf } from './keep-enterprises.ts'

/** Seats that can be an enterprise's own: whoever takes calls or conversations. */
export async function enterpriseSeats(ctx: Ctx): Promise<Output<typeof contract.enterpriseSeats>> {
  authorize(ctx, 'intake.enterprises')
  return { items: await seats(ctx) }
}

async function seats(ctx: Ctx): Promise<{ id: string; name: string }[]> {
  const people = [...(await usersOf(ctx, { permission: 'telephony.desk' })), ...(await usersOf(ctx, { permission: 'intake.chat' }))]
  return [...new Map(people.map(({ id, name }) => [id, { id, name }])).values()].toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'))
}

export async function setAccess(ctx: Ctx, input: Input<typeof contract.setAccess>): Promise<Output<typeof contract.setAccess>> {
  authorize(ctx, 'intake.enterprises')
  const row = await locked(ctx, input.id, input.version)
  const seat = input.seatId === null ? null : (await seats(ctx)).find((one) => one.id === input.seatId)
  if (seat === undefined) throw kernelErrors('invalid', { fields: [{ path: 'seatId', message: '该人员不接电话也不接在线咨询' }] })
  const saved = await db(ctx).updateTable('intake_enterprise').set({ phone_access: input.phone, chat_access: input.chat, seat_id: seat?.id ?? null, seat_name: seat?.name ?? null, updated_at: ts(ctx.clock.now()), version: row.version + 1 })
    .where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
  await logState(ctx, row, { act: `接入方式：电话${accessNames[input.phone]}，在线咨询${accessNames[input.chat]}${seat ? `，专属座席${seat.name}` : ''}`, from: row.state, to: row.state, reason: input.reason })
  ctx.audit({ module: 'intake', act: 'setEnterpriseAccess', objectType: 'key:enterpriseAccount', objectId: row.id, changes: { phone: { old: row.phone_access, new: input.phone }, chat: { old: row.chat_access, new: input.chat }, seat: { old: row.seat_name, new: seat?.name ?? null } }, text: input.reason })
  return viewOf(ctx, saved)
}

/** Whoever calls for an active enterprise is received as it was agreed. */
export async function serviceOfCaller(ctx: Ctx, phoneHash: string): Promise<CallerService | null> {
  const row = await enterpriseOfPhone(ctx, phoneHash)
  return row === null ? null : phoneService({ name: row.name, rule: row.phone_access as AccessRule, level: levelUnder(await setting(ctx, enterpriseLevels), row), seatId: row.seat_id })
}
