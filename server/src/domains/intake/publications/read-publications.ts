// What everybody reads: published, in its time, not withdrawn; on every entry the same.
import { sql } from 'kysely'
import { can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { afterCursor, boundCount, filesOf, nextPage, type FileObject } from '../../platform/index.ts'
import { db, ownAccount } from '../accounts/account.queries.ts'
import { PUBLICATION, type PublicationRow } from './edit-publications.ts'
import { kindNames } from './publication.ts'
import type * as contract from './publication-contract.ts'

type Line = Output<typeof contract.publicPublications>['items'][number]

/** What is public now. */
export const shownPublications = (ctx: Ctx) => db(ctx).selectFrom('intake_publication').where('tenant_id', '=', ctx.tenantId).where('state', '=', 'published').where(sql<boolean>`coalesce(expires_at > ${ts(ctx.clock.now())}, true)`)

export async function keptPublications(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  if (ctx.actor.kind !== 'citizen' || ctx.actor.id === null || ids.length === 0) return new Set()
  const rows = await db(ctx).selectFrom('intake_favourite').select('object_id').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', ctx.actor.id).where('object_type', '=', PUBLICATION).where('object_id', 'in', [...ids]).execute()
  return new Set(rows.map((r) => r.object_id))
}

const lineOf = (r: PublicationRow, kept: Set<string>): Line => ({ id: r.id, kind: r.kind as Line['kind'], kindName: kindNames[r.kind as Line['kind']], title: r.title, summary: r.summary, pinned: r.pinned, publishedAt: r.published_at ?? r.updated_at, kept: kept.has(r.id) })

export async function publicList(ctx: Ctx, input: Input<typeof contract.publicPublications>): Promise<Output<typeof contract.publicPublications>> {
  let query = shownPublications(ctx)
  // Questions stand among questions; here only where they were kept or asked for.
  if (input.kind) query = query.where('kind', '=', input.kind)
  else if (!input.kept) query = query.where('kind', '<>', 'faq')
  if (input.kept) {
    const account = await ownAccount(ctx)
    query = query.where((eb) => eb.exists(eb.selectFrom('intake_favourite as f').select('f.object_id').whereRef('f.tenant_id', '=', 'intake_publication.tenant_id').where('f.account_id', '=', account.id).whereRef('f.object_id', '=', 'intake_publication.id')))
  }
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'published_at', 'id')).orderBy('published_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.published_at ?? r.updated_at)
  const kept = await keptPublications(ctx, page.items.map((r) => r.id))
  const first = input.cursor === undefined ? page.items.toSorted((a, b) => Number(b.pinned) - Number(a.pinned)) : page.items
  return { items: first.map((r) => lineOf(r, kept)), next: page.next, count: await boundCount(ctx, query) }
}

export async function publicOne(ctx: Ctx, input: Input<typeof contract.publicPublication>): Promise<Output<typeof contract.publicPublication>> {
  const row = await shownPublications(ctx).selectAll().where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  await db(ctx).updateTable('intake_publication').set({ reads: sql<number>`reads + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const files = (await filesOf(ctx, PUBLICATION, [row.id])).get(row.id) ?? []
  return { ...lineOf(row, await keptPublications(ctx, [row.id])), body: row.body, files: files.map((f) => ({ id: f.id, name: f.name, type: f.type, size: f.size })) }
}

export async function keep(ctx: Ctx, input: Input<typeof contract.keepPublication>): Promise<Output<typeof contract.keepPublication>> {
  const account = await ownAccount(ctx)
  if (!input.on) await db(ctx).deleteFrom('intake_favourite').where('tenant_id', '=', ctx.tenantId).where('account_id', '=', account.id).where('object_id', '=', input.id).execute()
  else {
    if (!(await shownPublications(ctx).select('id').where('id', '=', input.id).executeTakeFirst())) throw kernelErrors('notFound')
    await db(ctx).insertInto('intake_favourite').values({ tenant_id: ctx.tenantId, account_id: account.id, object_type: PUBLICATION, object_id: input.id, created_at: ts(ctx.clock.now()) }).onConflict((c) => c.doNothing()).execute()
  }
  return { kept: input.on }
}

export async function mayOpenPublicationFile(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  if (object.objectType !== PUBLICATION) return null
  if (ctx.actor.kind === 'user') return can(ctx, 'intake.publish')
  return (await shownPublications(ctx).select('id').where('id', '=', object.objectId).executeTakeFirst()) !== undefined
}
