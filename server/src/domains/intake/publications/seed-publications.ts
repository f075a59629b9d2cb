// Public contents of the demo city: written by the same use-case, published at once.
import type { Ctx } from '../../../kernel/ctx.ts'
import { db } from '../accounts/account.queries.ts'
import { addPublication } from './edit-publications.ts'
import { publish } from './publish.ts'
import type { publicationKinds } from './publication-contract.ts'

export type SeedPublication = { kind: (typeof publicationKinds)[number]; title: string; summary?: string; body: string; category?: string; pinned?: boolean }

export async function seedPublications(ctx: Ctx, items: readonly SeedPublication[]): Promise<void> {
  for (const item of items) {
    const { id } = await addPublication(ctx, { summary: '', category: '', pinned: false, ...item, announce: false, publishAt: null, expiresAt: null, orderId: null, matterId: null, addFileIds: [] })
    const row = await db(ctx).selectFrom('intake_publication').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirstOrThrow()
    await publish(ctx, row)
  }
}
