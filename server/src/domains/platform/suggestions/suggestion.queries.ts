// Suggestions as rows. They cross tenants on purpose: copies are looked for everywhere, and what is adopted is open to all.
import { sql, type RawBuilder } from 'kysely'
import { can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import { newId } from '../../../kernel/runtime.ts'
import { searchTokens } from '../../../kernel/text/index.ts'
import { toIso, type Instant } from '../../../kernel/time/index.ts'
import { tenantsAbove } from '../tenants/tenant-tree.ts'
import type { SuggestionState } from './contract.ts'
import { adoptedStates, alike, SIMILAR } from './suggestion.ts'

export const REVIEW = 'platform.reviewSuggestions'
export const DECIDE = 'platform.decideSuggestions'
export const everywhere = (ctx: Ctx) => ctx.acrossTenants('suggestions are looked for, decided and followed in the whole deployment')

/** The tenant at the top decides; the last of those above, or the own one. */
export async function topTenant(ctx: Ctx): Promise<string> {
  return (await tenantsAbove(ctx)).at(-1)?.id ?? ctx.tenantId
}
export const isTop = async (ctx: Ctx): Promise<boolean> => (await topTenant(ctx)) === ctx.tenantId

export type SuggestionRow = {
  tenantId: string; id: string; tenantName: string; kind: 'system' | 'business'; title: string; content: string; effect: string; urgency: 'normal' | 'urgent'; language: 'zh-CN'; unitId: string | null; unitName: string
  state: SuggestionState; reason: string | null; words: string[]; createdBy: string; by: string; createdAt: Instant; submittedAt: Instant | null; changedAt: Instant; version: number; mine: boolean
}
export const columns = (ctx: Ctx): RawBuilder<unknown> => sql`s.tenant_id as "tenantId", s.id, t.name as "tenantName", s.kind, s.title, s.content, s.effect, s.urgency, s.language, s.unit_id as "unitId", s.unit_name as "unitName", s.state, s.reason, s.words, s.created_by as "createdBy", s.created_by_name as by,
  s.created_at as "createdAt", s.submitted_at as "submittedAt", s.changed_at as "changedAt", s.version, (s.tenant_id = ${ctx.tenantId} and s.created_by = ${userId(ctx)}) as mine`
export const from = sql`from platform_suggestion s join platform_tenant t on t.id = s.tenant_id`

/** Own ones; what is adopted; the own tenant's for its reviewers; everything that passed the first review for who decides at the top. Drafts are the writer's alone. */
export async function readable(ctx: Ctx): Promise<RawBuilder<boolean>> {
  const parts = [sql`(s.tenant_id = ${ctx.tenantId} and s.created_by = ${userId(ctx)})`, sql`s.state = any(${adoptedStates}::text[])`]
  if (can(ctx, REVIEW)) parts.push(sql`(s.tenant_id = ${ctx.tenantId} and s.state <> 'draft')`)
  if (can(ctx, DECIDE) && (await isTop(ctx))) parts.push(sql`s.state <> 'draft'`)
  return sql<boolean>`(${sql.join(parts, sql` or `)})`
}

/** @throws kernel.notFound */
export async function readSuggestion(ctx: Ctx, id: string, lock = false): Promise<SuggestionRow> {
  const { rows } = await sql<SuggestionRow>`select ${columns(ctx)} ${from} where s.id = ${id} and ${await readable(ctx)} ${lock ? sql`for update of s` : sql``}`.execute(everywhere(ctx))
  const row = rows[0]
  if (!row) throw kernelErrors('notFound')
  return row
}

export const wordsOf = (title: string, content: string): string[] => searchTokens(`${title} ${content}`).filter((word) => word.length > 1)

export type Like = { id: string; title: string; tenantName: string; state: SuggestionState; score: number }

/** What resembles a text, in the whole deployment, drafts left out; the ten most alike. */
export async function findAlike(ctx: Ctx, words: string[], except: string | null): Promise<Like[]> {
  if (words.length === 0) return []
  const { rows } = await sql<Omit<Like, 'score'> & { words: string[] }>`select s.id, s.title, t.name as "tenantName", s.state, s.words ${from}
    where s.state <> 'draft' and s.words && ${words}::text[] and s.id is distinct from ${except}::uuid order by cardinality(array(select unnest(s.words) intersect select unnest(${words}::text[]))) desc, s.changed_at desc limit 50`.execute(everywhere(ctx))
  return rows.map(({ words: theirs, ...row }) => ({ ...row, score: Math.round(alike(words, theirs) * 100) / 100 })).filter((row) => row.score >= SIMILAR).toSorted((a, b) => b.score - a.score).slice(0, 10)
}

export async function note(ctx: Ctx, row: { tenantId: string; id: string }, state: SuggestionState, text: string | null): Promise<void> {
  await sql`insert into platform_suggestion_event (tenant_id, id, suggestion_id, at, state, text, by_name) values (${row.tenantId}, ${newId()}, ${row.id}, ${toIso(ctx.clock.now())}, ${state}, ${text}, ${ctx.actor.name})`.execute(everywhere(ctx))
}
