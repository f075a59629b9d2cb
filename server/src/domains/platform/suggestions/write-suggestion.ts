// Drafting and submitting a suggestion.
import { sql } from 'kysely'
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { attachFiles } from '../attachments/attach-files.ts'
import { notify } from '../messages/notify.ts'
import { unitById } from '../units/unit-tree.ts'
import type * as contract from './contract.ts'
import { suggestionErrors } from './suggestion.errors.ts'
import { findAlike, note, readSuggestion, REVIEW, wordsOf, type SuggestionRow } from './suggestion.queries.ts'
import { NEAR_COPY, stateNames } from './suggestion.ts'

const WRITE = 'platform.suggest'

/** The unit named, of the own tenant, else the writer's first. */
async function unitOf(ctx: Ctx, unitId: string | null): Promise<{ id: string | null; name: string }> {
  if (unitId === null) return { id: ctx.actor.unitIds[0] ?? null, name: ctx.actor.unitName ?? '' }
  const unit = await unitById(ctx, unitId)
  if (unit.tenantId !== ctx.tenantId) throw kernelErrors('notFound')
  return { id: unit.id, name: unit.name }
}

const attach = (ctx: Ctx, id: string, fileIds: string[]): Promise<unknown> | null => (fileIds.length > 0 ? attachFiles(ctx, { fileIds, place: 'suggestion', objectType: 'suggestion', objectId: id, audience: 'staff' }) : null)

export async function createSuggestion(ctx: Ctx, input: Input<typeof contract.createSuggestion>): Promise<{ id: string }> {
  authorize(ctx, WRITE)
  const unit = await unitOf(ctx, input.unitId)
  const id = newId()
  const now = toIso(ctx.clock.now())
  await sql`insert into platform_suggestion (tenant_id, id, kind, title, content, effect, urgency, language, unit_id, unit_name, state, words, created_by, created_by_name, created_at, changed_at)
    values (${ctx.tenantId}, ${id}, ${input.kind}, ${input.title}, ${input.content}, ${input.effect}, ${input.urgency}, ${input.language}, ${unit.id}, ${unit.name}, 'draft', ${wordsOf(input.title, input.content)}::text[], ${userId(ctx)}, ${ctx.actor.name}, ${now}, ${now})`.execute(ctx.db())
  await attach(ctx, id, input.fileIds)
  return { id }
}

/** One's own draft. @throws kernel.notFound, platform.suggestionState, kernel.conflict */
async function ownDraft(ctx: Ctx, id: string, version: number, act: string): Promise<SuggestionRow> {
  const row = await readSuggestion(ctx, id, true)
  if (!row.mine) throw kernelErrors('notFound')
  if (row.state !== 'draft') throw suggestionErrors('suggestionState', { params: { state: stateNames[row.state], act } })
  if (row.version !== version) throw kernelErrors('conflict', { current: { version: row.version, changedBy: row.by, changedAt: row.changedAt } })
  return row
}

export async function changeSuggestion(ctx: Ctx, input: Input<typeof contract.changeSuggestion>): Promise<{ version: number }> {
  authorize(ctx, WRITE)
  const row = await ownDraft(ctx, input.id, input.version, '修改')
  const unit = await unitOf(ctx, input.unitId ?? row.unitId)
  await sql`update platform_suggestion set kind = ${input.kind}, title = ${input.title}, content = ${input.content}, effect = ${input.effect}, urgency = ${input.urgency}, language = ${input.language}, unit_id = ${unit.id}, unit_name = ${unit.name},
    words = ${wordsOf(input.title, input.content)}::text[], version = version + 1, changed_at = ${toIso(ctx.clock.now())} where tenant_id = ${ctx.tenantId} and id = ${row.id}`.execute(ctx.db())
  await attach(ctx, row.id, input.fileIds)
  return { version: row.version + 1 }
}

export async function similarSuggestions(ctx: Ctx, input: Input<typeof contract.similarSuggestions>): Promise<Output<typeof contract.similarSuggestions>> {
  authorize(ctx, WRITE)
  const found = await findAlike(ctx, wordsOf(input.title, input.content), input.except ?? null)
  return { items: found.map((one) => ({ ...one, nearCopy: one.score >= NEAR_COPY })) }
}

export async function submitSuggestion(ctx: Ctx, input: Input<typeof contract.submitSuggestion>): Promise<{ state: 'firstReview' }> {
  authorize(ctx, WRITE)
  const row = await ownDraft(ctx, input.id, input.version, '提交')
  const copies = (await findAlike(ctx, row.words, row.id)).filter((one) => one.score >= NEAR_COPY)
  if (copies.length > 0 && !input.different) throw suggestionErrors('suggestionSimilar', { current: { items: copies }, detail: copies.map((one) => `“${one.title}”（${one.tenantName}，${stateNames[one.state]}）`).join('；') })
  const now = toIso(ctx.clock.now())
  await sql`update platform_suggestion set state = 'firstReview', submitted_at = ${now}, changed_at = ${now}, version = version + 1 where tenant_id = ${ctx.tenantId} and id = ${row.id}`.execute(ctx.db())
  await note(ctx, row, 'firstReview', copies.length > 0 ? `提交人确认与 ${copies.length} 条相似意见不同` : null)
  await notify(ctx, { type: 'suggestion', to: { permission: REVIEW }, title: `待初审的改进意见：${row.title}`, link: `/suggestions?of=firstReview&id=${row.id}`, objectType: 'suggestion', objectId: row.id, level: row.urgency === 'urgent' ? 'P2' : 'P3' })
  return { state: 'firstReview' }
}
