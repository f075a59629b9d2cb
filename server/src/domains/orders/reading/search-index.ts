// The words of an order, kept apart from its row (see the migration).
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { searchTokens } from '../../../kernel/text/index.ts'

/** What a list is searched by; the title stands first because a long text is cut. */
export type SearchedText = { title: string; address?: string | null | undefined; content: string }

/** Writes the words of an order, at registration and whenever its text changes. */
export async function indexOrder(ctx: Ctx, orderId: string, text: SearchedText): Promise<void> {
  const words = searchTokens(`${text.title} ${text.address ?? ''} ${text.content}`)
  await sql`insert into order_search (tenant_id, order_id, words) values (${ctx.tenantId}, ${orderId}, array_to_tsvector(${words}::text[]))
    on conflict (tenant_id, order_id) do update set words = excluded.words`.execute(ctx.db())
}
