import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { db, ownAccount } from '../accounts/account.queries.ts'
import * as contract from './message-contract.ts'
import { kindNames } from './messages.zh-CN.ts'

type Kind = (typeof contract.messageKinds)[number]

const own = (ctx: Ctx, accountId: string) => db(ctx).selectFrom('intake_message').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', accountId).where('deleted_at', 'is', null)

async function unread(ctx: Ctx, accountId: string): Promise<number> {
  return (await own(ctx, accountId).where('read_at', 'is', null).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirst())?.n ?? 0
}

export async function listMessages(ctx: Ctx, input: Input<typeof contract.listOwnMessages>): Promise<Output<typeof contract.listOwnMessages>> {
  const account = await ownAccount(ctx)
  let query = own(ctx, account.id)
  if (input.kind) query = query.where('kind', '=', input.kind)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'created_at', 'id')).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.created_at)
  return {
    items: page.items.map((r) => ({ id: r.id, kind: r.kind as Kind, kindName: kindNames[r.kind as Kind], title: r.title, text: r.text, link: r.link, at: r.created_at, read: r.read_at !== null })),
    next: page.next, count: await boundCount(ctx, query), unread: await unread(ctx, account.id),
  }
}

export async function countMessages(ctx: Ctx): Promise<Output<typeof contract.countOwnMessages>> {
  return { unread: await unread(ctx, (await ownAccount(ctx)).id) }
}

export async function readMessages(ctx: Ctx, input: Input<typeof contract.readOwnMessages>): Promise<Output<typeof contract.readOwnMessages>> {
  const account = await ownAccount(ctx)
  let update = db(ctx).updateTable('intake_message').set({ read_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).where('read_at', 'is', null)
  if (input.ids) update = update.where('id', '=', sql<string>`any(${input.ids}::uuid[])`)
  await update.execute()
  return { unread: await unread(ctx, account.id) }
}

export async function deleteMessage(ctx: Ctx, input: Input<typeof contract.deleteOwnMessage>): Promise<Output<typeof contract.deleteOwnMessage>> {
  const account = await ownAccount(ctx)
  const gone = await db(ctx).updateTable('intake_message').set({ deleted_at: ts(ctx.clock.now()), title: '', text: '' }).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).where('id', '=', input.id).where('deleted_at', 'is', null).returning('id').executeTakeFirst()
  if (!gone) throw kernelErrors('notFound')
  return { unread: await unread(ctx, account.id) }
}

const pushView = (off: readonly string[]): Output<typeof contract.getPushKinds> => ({ kinds: contract.messageKinds.map((kind) => ({ kind, name: kindNames[kind], on: kind === 'result' || !off.includes(kind), fixed: kind === 'result' })) })

export async function getPush(ctx: Ctx): Promise<Output<typeof contract.getPushKinds>> {
  return pushView((await ownAccount(ctx)).muted_kinds)
}

/** Results cannot be opted out of. */
export async function setPush(ctx: Ctx, input: Input<typeof contract.setPushKinds>): Promise<Output<typeof contract.setPushKinds>> {
  const account = await ownAccount(ctx)
  const off = [...new Set(input.off)].filter((kind) => kind !== 'result')
  await db(ctx).updateTable('intake_account').set({ muted_kinds: off }).where('tenant_id', '=', ctx.tenantId).where('id', '=', account.id).execute()
  return pushView(off)
}
