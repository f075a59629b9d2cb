// Public surveys (INT-22): built, reviewed, published and closed by staff; filled in on every entry; counted.
import { z } from 'zod'
import { boundedCount, id, instant, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { questionTypes, surveyStates } from './survey.ts'

const text = (max: number) => z.string().trim().max(max)
const at = instant.nullable()
const question = z.object({ id: z.string().regex(/^[\w-]{1,40}$/), type: z.enum(questionTypes), title: text(200).min(1, '请填写题目'), required: z.boolean().default(true), options: z.array(text(100).min(1)).max(30).default([]), max: z.number().int().min(1).max(30).nullable().default(null) })
const target = z.enum(['signedIn', 'realName', 'enterprise'])
const state = z.enum(surveyStates)
const one = z.object({ id })
const version = { version: z.int() }
const fields = { title: text(80).min(1, '请填写标题'), intro: text(1000).default(''), questions: z.array(question).min(1, '至少要有一道题').max(60), target: target.default('signedIn'), perPerson: z.number().int().min(1).max(10).default(1), startsAt: at.default(null), endsAt: at.default(null) }

const line = z.object({ id, title: z.string(), state, stateName: z.string(), target, targetName: z.string(), startsAt: at, endsAt: at, answers: z.int(), authorName: z.string(), updatedAt: instant })
const whole = line.extend({
  intro: z.string(), questions: z.array(question), perPerson: z.int(), reviewerName: z.string().nullable(), opinion: z.string().nullable(), publishedAt: at, closedAt: at,
  acts: z.array(z.object({ act: z.enum(['edit', 'submit', 'approve', 'sendBack', 'close']), label: z.string(), enabled: z.boolean(), reason: z.string().optional() })), version: z.int(),
})
export type SurveyView = z.output<typeof whole>

const staff = { audience: 'staff', access: { permission: 'intake.surveys' } } as const
export const listSurveys = describeRoute({ ...staff, id: 'listSurveys', method: 'GET', path: '/api/surveys', summary: '民意问卷', query: pageQuery.extend({ state: state.optional() }), response: z.object({ items: z.array(line), next: z.string().nullable(), count: boundedCount }) })
export const getSurvey = describeRoute({ ...staff, id: 'getSurvey', method: 'GET', path: '/api/surveys/:id', summary: '民意问卷', params: one, response: whole })
export const addSurvey = describeRoute({ ...staff, id: 'addSurvey', method: 'POST', path: '/api/surveys', summary: '新建问卷', body: z.strictObject(fields), response: whole })
export const changeSurvey = describeRoute({ ...staff, id: 'changeSurvey', method: 'PATCH', path: '/api/surveys/:id', summary: '修改问卷', params: one, body: z.strictObject({ ...fields, ...version }), response: whole })
export const actOnSurvey = describeRoute({
  ...staff, id: 'actOnSurvey', method: 'POST', path: '/api/surveys/:id/acts', summary: '送审、审核、结束问卷', params: one, body: z.strictObject({ act: z.enum(['submit', 'approve', 'sendBack', 'close']), opinion: text(500).default(''), ...version }), response: whole,
})
export const surveyResults = describeRoute({
  ...staff, id: 'surveyResults', method: 'GET', path: '/api/surveys/:id/results', summary: '问卷结果', params: one, query: z.object({ first: text(40).optional(), second: text(40).optional() }),
  response: z.object({
    answers: z.int(), read: z.int(), questions: z.array(z.object({ id: z.string(), title: z.string(), type: z.enum(questionTypes), answered: z.int(), mean: z.number().nullable(), counts: z.array(z.object({ option: z.string(), count: z.int() })), texts: z.array(z.string()) })),
    opinions: z.array(z.string()), cross: z.object({ first: z.string(), second: z.string(), rows: z.array(z.string()), columns: z.array(z.string()), cells: z.array(z.array(z.int())) }).nullable(),
  }),
})
export const exportSurvey = describeRoute({ ...staff, id: 'exportSurvey', method: 'GET', path: '/api/surveys/:id/export', summary: '导出问卷答卷', params: one, raw: 'download', writes: true, response: z.unknown() })

const open = { audience: 'public', access: 'everybody', limit: 120 } as const
const publicLine = z.object({ id, title: z.string(), intro: z.string(), open: z.boolean(), stateName: z.string(), endsAt: at, answered: z.boolean() })
export const publicSurveys = describeRoute({ ...open, id: 'publicSurveys', method: 'GET', path: '/api/public/surveys', summary: '民意问卷', response: z.object({ items: z.array(publicLine) }) })
export const publicSurvey = describeRoute({ ...open, id: 'publicSurvey', method: 'GET', path: '/api/public/surveys/:id', summary: '填写问卷', params: one, response: publicLine.extend({ questions: z.array(question), /** Why it cannot be answered now; null when it can. */ closed: z.string().nullable(), targetName: z.string() }) })
export const answerSurvey = describeRoute({
  id: 'answerSurvey', method: 'POST', path: '/api/public/surveys/:id/answers', summary: '提交问卷', audience: 'public', access: 'signedIn', secret: true, audit: false, limit: 20, params: one,
  body: z.strictObject({ answers: z.record(z.string().max(40), z.union([z.string().max(1000), z.number(), z.array(z.string().max(100)).max(30)])), opinion: text(1000).default('') }), response: z.object({ done: z.boolean() }),
})
