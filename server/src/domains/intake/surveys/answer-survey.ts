// The public side: what is open, filling it in, once (or ⚙ as often as the survey allows) a person.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { attachFiles } from '../../platform/index.ts'
import { db, ownAccount } from '../accounts/account.queries.ts'
import { ownMemberships } from '../enterprises/enterprise.queries.ts'
import { questionsOf, surveyFail, type SurveyRow } from './edit-surveys.ts'
import type * as contract from './survey-contract.ts'
import { answerProblems, targetNames, type Target } from './survey.ts'

const SHOWN = 50
export const SURVEY = 'surveyAnswer'
const shown = (ctx: Ctx) => db(ctx).selectFrom('intake_survey').where('tenant_id', '=', ctx.tenantId).where('state', 'in', ['published', 'closed'])

/** Why nobody can answer now; null while it is open. */
function overOf(ctx: Ctx, row: SurveyRow): string | null {
  const now = ctx.clock.now()
  if (row.state === 'closed' || (row.ends_at !== null && row.ends_at <= now)) return '问卷已结束'
  return row.starts_at !== null && row.starts_at > now ? '问卷还没有开始' : null
}

async function turnsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ctx.actor.kind !== 'citizen' || ctx.actor.id === null || ids.length === 0) return new Map()
  const rows = await db(ctx).selectFrom('intake_survey_answer').select((eb) => ['survey_id', eb.fn.countAll<number>().as('n')]).where('tenant_id', '=', ctx.tenantId).where('account_id', '=', ctx.actor.id).where('survey_id', 'in', [...ids]).groupBy('survey_id').execute()
  return new Map(rows.map((row) => [row.survey_id, row.n]))
}

/** Why this person cannot answer it; null when he can. Who is not signed in is told so by the page. */
async function barOf(ctx: Ctx, row: SurveyRow, turns: number): Promise<string | null> {
  const over = overOf(ctx, row)
  if (over !== null) return over
  if (turns >= row.per_person) return row.per_person === 1 ? '您已经填写过这份问卷' : `每人最多填写 ${row.per_person} 次`
  if (ctx.actor.kind !== 'citizen') return null
  if (row.target === 'realName') {
    const account = await ownAccount(ctx)
    if (account.name === '' || account.id_number_hash === null) return '这份问卷面向已实名的公众，请先在“我的”中完成实名登记'
  }
  if (row.target === 'enterprise' && !(await ownMemberships(ctx)).some(({ row: e }) => e.state === 'active')) return '这份问卷面向企业账号联系人'
  return null
}

const lineOf = (ctx: Ctx, row: SurveyRow, turns: number) => ({ id: row.id, title: row.title, intro: row.intro, open: overOf(ctx, row) === null, stateName: overOf(ctx, row) ?? '进行中', endsAt: row.ends_at, answered: turns > 0 })

export async function publicSurveys(ctx: Ctx): Promise<Output<typeof contract.publicSurveys>> {
  const rows = await shown(ctx).selectAll().orderBy('published_at', 'desc').orderBy('id', 'desc').limit(SHOWN).execute()
  const turns = await turnsOf(ctx, rows.map((row) => row.id))
  return { items: rows.map((row) => lineOf(ctx, row, turns.get(row.id) ?? 0)).toSorted((a, b) => Number(b.open) - Number(a.open)) }
}

export async function publicSurvey(ctx: Ctx, input: Input<typeof contract.publicSurvey>): Promise<Output<typeof contract.publicSurvey>> {
  const row = await shown(ctx).selectAll().where('id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const turns = (await turnsOf(ctx, [row.id])).get(row.id) ?? 0
  return { ...lineOf(ctx, row, turns), questions: questionsOf(row), closed: await barOf(ctx, row, turns), targetName: targetNames[row.target as Target] }
}

export async function answerSurvey(ctx: Ctx, input: Input<typeof contract.answerSurvey>): Promise<Output<typeof contract.answerSurvey>> {
  const account = await ownAccount(ctx)
  // Its row is locked: two sends of one person wait for each other, and the count is right.
  const row = await shown(ctx).selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const turns = (await turnsOf(ctx, [row.id])).get(row.id) ?? 0
  const why = await barOf(ctx, row, turns)
  if (why !== null) throw surveyFail('surveyClosed', { rule: 'survey.limit', params: { why } })
  const questions = questionsOf(row)
  const errors = answerProblems(questions, input.answers)
  if (Object.keys(errors).length > 0) throw kernelErrors('invalid', { fields: Object.entries(errors).map(([id, message]) => ({ path: `answers.${id}`, message })) })
  const id = newId()
  const fileIds = questions.filter((q) => q.type === 'file').flatMap((q) => { const value = input.answers[q.id]; return Array.isArray(value) ? value : [] })
  if (fileIds.length > 0) await attachFiles(ctx, { fileIds, place: 'registration', objectType: SURVEY, objectId: id, audience: 'public' })
  await db(ctx).insertInto('intake_survey_answer').values({ tenant_id: ctx.tenantId, id, survey_id: row.id, account_id: account.id, turn: turns + 1, answers: json(input.answers), opinion: input.opinion, created_at: ts(ctx.clock.now()) }).execute()
  await db(ctx).updateTable('intake_survey').set({ answers: sql<number>`answers + 1` }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return { done: true }
}
