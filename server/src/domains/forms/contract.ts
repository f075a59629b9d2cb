import { z } from 'zod'
import { empty, id, instant } from '../../kernel/http/codec.ts'
import { describeRoute } from '../../kernel/http/route.ts'
import { formSchema } from './form-schema.ts'

const key = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/, '标识须以小写字母开头，2 至 40 位字母或数字')
const bindingOf = { appealType: z.string().max(40).nullable(), matterId: id.nullable(), line: z.string().max(40).nullable(), caseProfile: z.string().max(40).nullable(), channel: z.string().max(40).nullable() }
const binding = z.object({ id, ...bindingOf })
const summary = z.object({
  id, key: z.string(), name: z.string(), business: z.string(), createdAt: instant, publishedVersionId: id.nullable(), publishedVersion: z.number().int().nullable(), draftVersion: z.number().int().nullable(), bindings: z.array(binding),
})
const version = z.object({
  id, version: z.number().int(), state: z.enum(['draft', 'published', 'retired']), schema: formSchema, revision: z.number().int(), note: z.string().nullable(),
  createdAt: instant, createdByName: z.string(), changedAt: instant.nullable(), changedByName: z.string().nullable(), publishedAt: instant.nullable(), retiredAt: instant.nullable(),
})
const field = z.object({
  key: z.string(), title: z.string(), type: z.string(), format: z.string().nullable(), required: z.boolean(), choices: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
})
const found = z.object({ versionId: id, schema: formSchema, fields: z.array(field) })

const read = { audience: 'staff', access: { permission: 'forms.read' } } as const
const manage = { audience: 'staff', access: { permission: 'forms.manage' } } as const

export const listForms = describeRoute({ ...read, id: 'listForms', method: 'GET', path: '/api/forms', summary: '表单列表', response: z.object({ items: z.array(summary) }) })
export const showForm = describeRoute({ ...read, id: 'showForm', method: 'GET', path: '/api/forms/:id', summary: '表单及其版本', params: z.object({ id }), response: summary.extend({ versions: z.array(version) }) })
/** Anybody may see an empty form: the portal shows it before sign-in. */
export const findForm = describeRoute({
  id: 'findForm', method: 'GET', path: '/api/forms/for', summary: '适用的表单', audience: 'both', access: 'everybody',
  query: z.object({ appealType: z.string().max(40), matterId: id.optional(), line: z.string().max(40).optional(), caseProfile: z.string().max(40).optional(), channel: z.string().max(40).optional() }), response: z.object({ form: found.nullable() }),
})
export const showFormVersion = describeRoute({
  id: 'showFormVersion', method: 'GET', path: '/api/form-versions/:id', summary: '表单版本', audience: 'staff', access: 'signedIn', params: z.object({ id }), response: found,
})
export const createForm = describeRoute({
  ...manage, id: 'createForm', method: 'POST', path: '/api/forms', summary: '新建表单',
  body: z.object({ key, name: z.string().min(1).max(60), business: z.string().min(1).max(40).default('order'), schema: formSchema }).strict(), response: z.object({ id, versionId: id }),
})
export const createFormVersion = describeRoute({
  ...manage, id: 'createFormVersion', method: 'POST', path: '/api/forms/:id/versions', summary: '新建表单版本',
  params: z.object({ id }), body: z.object({ schema: formSchema.optional() }).strict(), response: z.object({ versionId: id, version: z.number().int() }),
})
export const publishFormVersion = describeRoute({
  ...manage, id: 'publishFormVersion', method: 'POST', path: '/api/form-versions/:id/publish', summary: '发布表单版本', params: z.object({ id }), body: z.object({ note: z.string().trim().max(300).optional() }).strict(), response: empty,
})
export const retireFormVersion = describeRoute({
  ...manage, id: 'retireFormVersion', method: 'POST', path: '/api/form-versions/:id/retire', summary: '停用表单版本', params: z.object({ id }), body: empty, response: empty,
})
export const saveFormDraft = describeRoute({
  ...manage, id: 'saveFormDraft', method: 'PATCH', path: '/api/form-versions/:id', summary: '保存表单草稿',
  params: z.object({ id }), body: z.object({ schema: formSchema, revision: z.number().int() }).strict(), response: z.object({ revision: z.number().int() }),
})
export const deleteFormDraft = describeRoute({ ...manage, id: 'deleteFormDraft', method: 'DELETE', path: '/api/form-versions/:id', summary: '删除表单草稿', params: z.object({ id }), response: empty })
export const compareFormVersions = describeRoute({
  ...read, id: 'compareFormVersions', method: 'GET', path: '/api/form-versions/:id/differences', summary: '对比两个表单版本', params: z.object({ id }), query: z.object({ with: id }),
  response: z.object({
    items: z.array(z.object({ key: z.string(), title: z.string(), kind: z.enum(['added', 'removed', 'changed', 'moved']), details: z.array(z.object({ part: z.string(), before: z.unknown(), after: z.unknown() })) })),
  }),
})
/** Names of fields, no values: whoever builds a query needs them. */
export const listFormFields = describeRoute({
  id: 'listFormFields', method: 'GET', path: '/api/forms/fields', summary: '表单字段（查询条件与列）', audience: 'staff', access: 'signedIn', response: z.object({ items: z.array(field.extend({ forms: z.array(z.string()) })) }),
})
export const bindForm = describeRoute({
  ...manage, id: 'bindForm', method: 'POST', path: '/api/forms/:id/bindings', summary: '绑定适用范围',
  params: z.object({ id }), body: z.object({ appealType: bindingOf.appealType.default(null), matterId: bindingOf.matterId.default(null), line: bindingOf.line.default(null), caseProfile: bindingOf.caseProfile.default(null), channel: bindingOf.channel.default(null) }).strict(), response: z.object({ bindingId: id }),
})
export const unbindForm = describeRoute({
  ...manage, id: 'unbindForm', method: 'DELETE', path: '/api/forms/:id/bindings/:bindingId', summary: '解除绑定', params: z.object({ id, bindingId: id }), response: empty,
})
