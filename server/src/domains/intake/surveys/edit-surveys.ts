// Building, reviewing by another person, publishing, closing.
import type { Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { defineErrors, kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { afterCursor, boundCount, nextPage } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import type { IntakeTables } from '../tables.gen.ts'
import type * as contract from './survey-contract.ts'
import { actNames, questionProblems, stateNames, targetNames, transitions, type Question, type SurveyAct, type SurveyState, type Target } from './survey.ts'

export type SurveyRow = Selectable<IntakeTables['intake_survey']>
export const surveyFail = defineErrors('intake', {
  surveyState: { status: 409, title: '{state}的问卷不能{act}' },
  surveyOwn: { status: 409, title: '自己编的问卷须由他人审核' },
  surveyClosed: { status: 409, title: '{why}' },
})

export const questionsOf = (row: Pick<SurveyRow, 'questions'>): Question[] => row.questions as unknown as Question[] // written from the contract only

const lineOf = (row: SurveyRow) => ({
  id: row.id, title: row.title, state: row.state as SurveyState, stateName: stateNames[row.state as SurveyState], target: row.target as Target, targetName: targetNames[row.target as Target], startsAt: row.starts_at, endsAt: row.ends_at, answers: row.answers, authorName: row.author_name, updatedAt: row.updated_at,
})

function viewOf(ctx: Ctx, row: SurveyRow): contract.SurveyView {
  const own = row.author_id === ctx.actor.id
  const acts = (Object.keys(transitions) as SurveyAct[]).filter((act) => transitions[act].from.includes(row.state as SurveyState)).map((act) => {
    const barred = own && (act === 'approve' || act === 'sendBack')
    return { act, label: actNames[act], enabled: !barred, ...(barred ? { reason: '自己编的问卷须由他人审核' } : {}) }
  })
  return { ...lineOf(row), intro: row.intro, questions: questionsOf(row), perPerson: row.per_person, reviewerName: row.reviewer_name, opinion: row.opinion, publishedAt: row.published_at, closedAt: row.closed_at, acts, version: row.version }
}

export async function surveyById(ctx: Ctx, id: string): Promise<SurveyRow> {
  const row = await db(ctx).selectFrom('intake_survey').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return row
}

export async function listSurveys(ctx: Ctx, input: Input<typeof contract.listSurveys>): Promise<Output<typeof contract.listSurveys>> {
  authorize(ctx, 'intake.surveys')
  let query = db(ctx).selectFrom('intake_survey').where('tenant_id', '=', ctx.tenantId)
  if (input.state) query = query.where('state', '=', input.state)
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'updated_at', 'id')).orderBy('updated_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.updated_at)
  return { items: page.items.map(lineOf), next: page.next, count: await boundCount(ctx, query) }
}

export async function getSurvey(ctx: Ctx, input: Input<typeof contract.getSurvey>): Promise<contract.SurveyView> {
  authorize(ctx, 'intake.surveys')
  return viewOf(ctx, await surveyById(ctx, input.id))
}

type Fields = Input<typeof contract.addSurvey>

function columns(input: Fields) {
  const problems = questionProblems(input.questions)
  if (input.startsAt !== null && input.endsAt !== null && input.endsAt <= input.startsAt) problems.push({ path: 'endsAt', message: '结束时间须晚于开始时间' })
  if (problems.length > 0) throw kernelErrors('invalid', { fields: problems })
  return { title: input.title, intro: input.intro, questions: json(input.questions), target: input.target, per_person: input.perPerson, starts_at: input.startsAt === null ? null : ts(input.startsAt), ends_at: input.endsAt === null ? null : ts(input.endsAt) }
}

export async function addSurvey(ctx: Ctx, input: Fields): Promise<contract.SurveyView> {
  authorize(ctx, 'intake.surveys')
  const now = ts(ctx.clock.now())
  return viewOf(ctx, await db(ctx).insertInto('intake_survey').values({ tenant_id: ctx.tenantId, id: newId(), ...columns(input), author_id: ctx.actor.id, author_name: ctx.actor.name, created_at: now, updated_at: now }).returningAll().executeTakeFirstOrThrow())
}

async function lock(ctx: Ctx, id: string, act: SurveyAct, version: number): Promise<SurveyRow> {
  const row = await db(ctx).selectFrom('intake_survey').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.version !== version) throw kernelErrors('conflict', { current: viewOf(ctx, row) })
  if (!transitions[act].from.includes(row.state as SurveyState)) throw surveyFail('surveyState', { params: { state: stateNames[row.state as SurveyState], act: actNames[act] } })
  return row
}

const save = (ctx: Ctx, row: SurveyRow, change: Record<string, unknown>): Promise<SurveyRow> =>
  db(ctx).updateTable('intake_survey').set({ ...change, updated_at: ts(ctx.clock.now()), version: row.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()

/** Who changed it last is its author. */
export async function changeSurvey(ctx: Ctx, input: Input<typeof contract.changeSurvey>): Promise<contract.SurveyView> {
  authorize(ctx, 'intake.surveys')
  const row = await lock(ctx, input.id, 'edit', input.version)
  return viewOf(ctx, await save(ctx, row, { ...columns(input), author_id: ctx.actor.id, author_name: ctx.actor.name }))
}

export async function actOnSurvey(ctx: Ctx, input: Input<typeof contract.actOnSurvey>): Promise<contract.SurveyView> {
  authorize(ctx, 'intake.surveys')
  const row = await lock(ctx, input.id, input.act, input.version)
  const reviewing = input.act === 'approve' || input.act === 'sendBack'
  if (reviewing) authorize(ctx, 'intake.publishReview')
  if (reviewing && row.author_id === ctx.actor.id) throw surveyFail('surveyOwn')
  if (input.act === 'sendBack' && input.opinion === '') throw kernelErrors('invalid', { fields: [{ path: 'opinion', message: '请说明退回的原因' }] })
  const now = ts(ctx.clock.now())
  const saved = await save(ctx, row, {
    state: transitions[input.act].to, ...(reviewing ? { reviewer_name: ctx.actor.name, opinion: input.opinion || null } : {}), ...(input.act === 'approve' ? { published_at: now } : {}), ...(input.act === 'close' ? { closed_at: now } : {}),
  })
  return viewOf(ctx, saved)
}
