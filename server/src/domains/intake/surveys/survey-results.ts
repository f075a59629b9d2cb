// Counts, cross table and texts of a survey; the sheets themselves as CSV. Who answered is in none of it.
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output, RawExchange } from '../../../kernel/http/route.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import type { FileObject } from '../../platform/index.ts'
import { db } from '../accounts/account.queries.ts'
import { redact } from '../../../kernel/text/personal-data.ts'
import { SURVEY } from './answer-survey.ts'
import { questionsOf, surveyById } from './edit-surveys.ts'
import type * as contract from './survey-contract.ts'
import { countsOf, crossOf, type Answers } from './survey.ts'

/** More than this are not read for a page; the number read stands beside the number there is. */
const MOST = 20_000
const TEXTS = 200

async function sheetsOf(ctx: Ctx, id: string): Promise<{ answers: Answers; opinion: string; at: number }[]> {
  const rows = await db(ctx).selectFrom('intake_survey_answer').select(['answers', 'opinion', 'created_at as at']).where('tenant_id', '=', ctx.tenantId).where('survey_id', '=', id).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(MOST).execute()
  return rows.map((row) => ({ ...row, answers: row.answers as unknown as Answers })) // checked when it was sent
}

export async function surveyResults(ctx: Ctx, input: Input<typeof contract.surveyResults>): Promise<Output<typeof contract.surveyResults>> {
  authorize(ctx, 'intake.surveys')
  const row = await surveyById(ctx, input.id)
  const questions = questionsOf(row)
  const sheets = await sheetsOf(ctx, row.id)
  const answers = sheets.map((sheet) => sheet.answers)
  const countable = (id: string | undefined) => questions.find((q) => q.id === id && q.type !== 'text' && q.type !== 'file')
  const [first, second] = [countable(input.first), countable(input.second)]
  if ((input.first && !first) || (input.second && !second)) throw kernelErrors('invalid', { fields: [{ path: first ? 'second' : 'first', message: '请选择单选、多选或量表题' }] })
  return {
    answers: row.answers, read: sheets.length,
    questions: questions.map((q) => ({ id: q.id, title: q.title, type: q.type, ...countsOf(q, answers), texts: q.type === 'text' ? answers.flatMap((a) => (typeof a[q.id] === 'string' && a[q.id] !== '' ? [redact(String(a[q.id]))] : [])).slice(0, TEXTS) : [] })),
    opinions: sheets.flatMap((sheet) => (sheet.opinion === '' ? [] : [redact(sheet.opinion)])).slice(0, TEXTS), cross: first && second ? { first: first.title, second: second.title, ...crossOf(first, second, answers) } : null,
  }
}

/** A leading =, +, - or @ would be a formula to a spreadsheet. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

export async function exportSurvey(ctx: Ctx, input: Input<typeof contract.exportSurvey>, raw: RawExchange): Promise<void> {
  authorize(ctx, 'intake.surveys')
  const row = await surveyById(ctx, input.id)
  const questions = questionsOf(row)
  const lines = (await sheetsOf(ctx, row.id)).map((sheet) => [formatFull(sheet.at as never), ...questions.map((q) => { const value = sheet.answers[q.id]; return value === undefined ? '' : q.type === 'file' ? `${Array.isArray(value) ? value.length : 0} 个文件` : redact(Array.isArray(value) ? value.join('；') : String(value)) }), redact(sheet.opinion)])
  const csv = [['提交时间', ...questions.map((q) => q.title), '其他意见'], ...lines].map((line) => line.map(cell).join(',')).join('\r\n')
  ctx.audit({ module: 'intake', act: 'exportSurvey', objectType: 'survey', objectId: row.id, text: `导出 ${lines.length} 份答卷` })
  void raw.reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.title)}.csv`).send(`\uFEFF${csv}`)
}

export async function mayOpenSurveyFile(ctx: Ctx, object: FileObject): Promise<boolean | null> {
  if (object.objectType !== SURVEY) return null
  return ctx.actor.kind === 'user' && can(ctx, 'intake.surveys')
}
