// Forms for enterprises (INT-26): offered by industry and service level from a day on; filled in, searched and exported.
import { z } from 'zod'
import { id, instant, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { formSchema } from '../../forms/index.ts'

const staff = { audience: 'staff', access: { permission: 'intake.enterprises' } } as const
const citizen = { audience: 'public', access: 'signedIn' } as const
const one = z.object({ id })
const kind = z.enum(['policy', 'complaint', 'application', 'other'])
const state = z.enum(['draft', 'published', 'stopped'])
const words = z.array(z.string().trim().min(1).max(60)).max(50)
const fields = { definitionId: id, kind, effectiveOn: localDate, untilOn: localDate.nullable().default(null), industries: words.default([]), levels: words.default([]) }
const row = z.object({ id, definitionId: id, name: z.string(), kind, kindName: z.string(), effectiveOn: localDate, untilOn: localDate.nullable(), industries: z.array(z.string()), levels: z.array(z.string()), state, stateName: z.string(), entries: z.int(), version: z.int(), changedBy: z.string(), changedAt: instant })

export const listEnterpriseForms = describeRoute({ ...staff, id: 'listEnterpriseForms', method: 'GET', path: '/api/enterprise-forms', summary: '企业专属表单', response: z.object({ items: z.array(row), levels: z.array(z.object({ code: z.string(), name: z.string() })), industries: z.array(z.string()) }) })
export const addEnterpriseForm = describeRoute({ ...staff, id: 'addEnterpriseForm', method: 'POST', path: '/api/enterprise-forms', summary: '新建企业专属表单', body: z.strictObject(fields), response: z.object({ id }) })
export const changeEnterpriseForm = describeRoute({ ...staff, id: 'changeEnterpriseForm', method: 'PUT', path: '/api/enterprise-forms/:id', summary: '修改、发布、停用企业专属表单', params: one, body: z.strictObject({ ...fields, state, version: z.int() }), response: z.object({ version: z.int() }) })
export const deleteEnterpriseForm = describeRoute({ ...staff, id: 'deleteEnterpriseForm', method: 'DELETE', path: '/api/enterprise-forms/:id', summary: '删除企业专属表单', params: one, response: z.object({}) })
const entry = z.object({ id, formId: id, formName: z.string(), enterpriseId: id, enterpriseName: z.string(), by: z.string(), at: instant })
export const enterpriseFormEntryQuery = pageQuery.extend({ formId: id.optional(), enterprise: z.string().trim().max(100).optional(), from: localDate.optional(), to: localDate.optional() })
export const listEnterpriseFormEntries = describeRoute({ ...staff, id: 'listEnterpriseFormEntries', method: 'GET', path: '/api/enterprise-form-entries', summary: '企业专属表单的提交', query: enterpriseFormEntryQuery, response: pageOf(entry) })
const answer = z.object({ key: z.string(), title: z.string(), text: z.string() })
export const getEnterpriseFormEntry = describeRoute({ ...staff, id: 'getEnterpriseFormEntry', method: 'GET', path: '/api/enterprise-form-entries/:id', summary: '一份企业专属表单', params: one, response: entry.extend({ answers: z.array(answer) }) })

export const offeredEnterpriseForms = describeRoute({
  ...citizen, id: 'offeredEnterpriseForms', method: 'GET', path: '/api/public/enterprises/:id/forms', summary: '可填写的企业专属表单', params: one,
  response: z.object({ items: z.array(z.object({ id, name: z.string(), kindName: z.string(), versionId: id, schema: formSchema })), filled: z.array(z.object({ id, formName: z.string(), at: instant })) }),
})
export const fillEnterpriseForm = describeRoute({
  ...citizen, id: 'fillEnterpriseForm', method: 'POST', path: '/api/public/enterprises/:id/forms/:formId', summary: '提交企业专属表单', params: z.object({ id, formId: id }), secret: true, limit: 20,
  body: z.strictObject({ clientKey: z.string().regex(/^[\w-]{16,80}$/), versionId: id, formData: z.record(z.string().max(60), z.unknown()) }), response: z.object({ id }),
})
