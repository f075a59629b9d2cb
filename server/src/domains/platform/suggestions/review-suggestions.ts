// First review in the submitter's tenant, second review and progress at the top; each suggestion by itself, with a report of what failed.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { toIso } from '../../../kernel/time/index.ts'
import { suggestionReleased } from '../events.ts'
import { notify } from '../messages/notify.ts'
import type * as contract from './contract.ts'
import { suggestionErrors } from './suggestion.errors.ts'
import { DECIDE, everywhere, isTop, note, readSuggestion, REVIEW, topTenant, type SuggestionRow } from './suggestion.queries.ts'
import { firstSteps, stateNames, topSteps, type Outcome } from './suggestion.ts'

const actNames: Record<Outcome, string> = { pass: '初审通过', adopt: '采纳', refuse: '不采纳', develop: '转入开发', release: '标为上线' }
type Report = Output<typeof contract.reviewSuggestions>

export async function reviewSuggestions(ctx: Ctx, input: Input<typeof contract.reviewSuggestions>): Promise<Report> {
  authorize(ctx, REVIEW)
  return each(ctx, input.ids, async (row) => {
    if (row.tenantId !== ctx.tenantId) throw kernelErrors('notFound')
    await step(ctx, row, input.outcome, firstSteps[input.outcome], input.reason)
    const top = await topTenant(ctx)
    if (input.outcome === 'pass') await notify(inTenant(ctx, top), { type: 'suggestion', to: { permission: DECIDE }, title: `待终审的改进意见：${row.title}`, text: row.tenantName, link: `/suggestions?of=secondReview&id=${row.id}`, objectType: 'suggestion', objectId: row.id, level: 'P3' })
  }, input.outcome, input.reason)
}

export async function decideSuggestions(ctx: Ctx, input: Input<typeof contract.decideSuggestions>): Promise<Report> {
  authorize(ctx, DECIDE)
  if (!(await isTop(ctx))) throw suggestionErrors('suggestionTop')
  return each(ctx, input.ids, async (row) => {
    await step(ctx, row, input.outcome, topSteps[input.outcome], input.reason)
    if (input.outcome === 'release') ctx.publish(suggestionReleased({ suggestionId: row.id, title: row.title, content: row.content, effect: row.effect }))
  }, input.outcome, input.reason)
}

async function each(ctx: Ctx, ids: string[], run: (row: SuggestionRow) => Promise<void>, outcome: Outcome, reason: string): Promise<Report> {
  if (outcome === 'refuse' && reason === '') throw suggestionErrors('suggestionReason', { fields: [{ path: 'reason', message: '请说明不采纳的原因' }] })
  const report: Report = { done: 0, failed: [] }
  for (const id of new Set(ids)) {
    let title = ''
    try {
      await runNested(ctx, async () => {
        const row = await readSuggestion(ctx, id, true)
        title = row.title
        await run(row)
      })
      report.done += 1
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      report.failed.push({ id, title, reason: error.title })
    }
  }
  return report
}

async function step(ctx: Ctx, row: SuggestionRow, outcome: Outcome, { from, to }: { from: string; to: SuggestionRow['state'] }, reason: string): Promise<void> {
  if (row.mine) throw suggestionErrors('suggestionOwn')
  if (row.state !== from) throw suggestionErrors('suggestionState', { params: { state: stateNames[row.state], act: actNames[outcome] } })
  await sql`update platform_suggestion set state = ${to}, reason = ${outcome === 'refuse' ? reason : row.reason}, changed_at = ${toIso(ctx.clock.now())}, version = version + 1 where tenant_id = ${row.tenantId} and id = ${row.id}`.execute(everywhere(ctx))
  await note(ctx, row, to, reason || null)
  await notify(inTenant(ctx, row.tenantId), { type: 'suggestion', to: { userIds: [row.createdBy] }, title: `您的改进意见“${row.title}”：${stateNames[to]}`, ...(reason ? { text: reason } : {}), link: `/suggestions?of=mine&id=${row.id}`, objectType: 'suggestion', objectId: row.id, level: 'P3' })
}
