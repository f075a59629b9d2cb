// Case profiles as routes: definitions, what a form in progress will be, marking by hand, values (ORD-05, ORD-18).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { boundedCount, id, instant } from '../../../kernel/http/codec.ts'
import { formSchema } from '../../forms/index.ts'
import { conditions } from '../query/conditions.ts'
import { profileDefinition, stage } from './profile-definition.ts'

const words = (max: number) => z.string().trim().max(max)
const one = z.object({ id })
const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/, '代码须以小写字母开头，2 至 40 位字母或数字')

const profile = z.object({
  id, code: z.string(), name: z.string(), position: z.number().int(), shipped: z.boolean(), enabled: z.boolean(), definition: profileDefinition, version: z.number().int(), changedAt: instant, changedByName: z.string(),
  /** The published form bound to the profile: its own fields. */
  form: z.object({ versionId: id, fields: z.array(z.object({ key: z.string(), title: z.string(), type: z.string() })) }).nullable(),
  /** Orders of the profile that are still open. */
  open: boundedCount,
})
const manage = { audience: 'staff', access: { permission: 'orders.manageProfiles' }, tag: 'profiles' } as const
const body = z.object({ name: words(60).min(1), position: z.number().int().min(0).max(9999).default(100), enabled: z.boolean().default(false), definition: profileDefinition })

export const listProfilesRoute = describeRoute({
  ...manage, id: 'listProfiles', method: 'GET', path: '/api/order-profiles', summary: '专项工单类型',
  response: z.object({ items: z.array(profile), stages: z.array(z.object({ value: stage, label: z.string() })), queues: z.array(z.object({ code: z.string(), name: z.string() })) }),
})
export const createProfileRoute = describeRoute({ ...manage, id: 'createProfile', method: 'POST', path: '/api/order-profiles', summary: '新建专项工单类型', body: body.extend({ code }), response: profile })
export const changeProfileRoute = describeRoute({ ...manage, id: 'changeProfile', method: 'PATCH', path: '/api/order-profiles/:id', summary: '修改专项工单类型', params: one, body: body.extend({ version: z.number().int() }), response: profile })
export const tryProfileRoute = describeRoute({
  ...manage, id: 'tryProfile', method: 'POST', path: '/api/order-profiles/trial', summary: '用历史工单试运行', audit: false, body: z.object({ match: conditions, days: z.number().int().min(1).max(366).default(30) }),
  response: z.object({ count: boundedCount, sample: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string() })) }),
})
/** Codes and names for lists and for marking by hand. */
export const profileOptionsRoute = describeRoute({
  id: 'profileOptions', method: 'GET', path: '/api/order-profile-options', summary: '专项类型与归并线路', audience: 'staff', access: { permission: 'orders.read' }, tag: 'profiles',
  response: z.object({ profiles: z.array(z.object({ code: z.string(), name: z.string(), byHand: z.boolean() })), lines: z.array(z.object({ code: z.string(), name: z.string() })), registrationSources: z.array(z.string()) }),
})

const extension = z.object({ versionId: id, schema: formSchema })
/** What the form in progress would be: asked while it is filled in, so that own fields stand there before submitting. */
export const profileForFormRoute = describeRoute({
  id: 'profileForForm', method: 'POST', path: '/api/orders/profile-for-form', summary: '登记表单适用的专项类型和拓展表单', audience: 'staff', access: { permission: 'orders.register' }, tag: 'profiles', audit: false,
  body: z.object({
    appealType: words(30).default(''), matterId: id.optional(), categoryId: id.optional(), industryId: id.optional(), title: words(80).default(''), content: words(5000).default(''), areaCode: words(12).optional(), address: words(200).optional(), urgency: words(20).default('normal'),
    channel: words(20).default('phone'), subjectKind: z.enum(['person', 'enterprise']).default('person'), line: words(40).optional(), enterprise: z.boolean().default(false),
  }),
  response: z.object({ line: extension.nullable(), profile: z.object({ code: z.string(), name: z.string(), form: extension.nullable(), required: z.array(z.string()), queueName: z.string().nullable(), limits: z.array(z.string()) }).nullable() }),
})

export const setOrderProfileRoute = describeRoute({
  id: 'setOrderProfile', method: 'POST', path: '/api/orders/:id/profile', summary: '标注专项类型', audience: 'staff', access: { permission: 'orders.setProfile' }, tag: 'profiles', params: one,
  body: z.object({ code: words(40).nullable(), reason: words(300).min(1), version: z.number().int().optional() }), response: z.object({ id, version: z.number().int(), code: z.string().nullable() }),
})
const answer = z.object({ id, version: z.number().int(), values: z.record(z.string(), z.unknown()) })
export const orderProfileRoute = describeRoute({
  id: 'orderProfile', method: 'GET', path: '/api/orders/:id/profile', summary: '工单的专项类型和字段', audience: 'staff', access: { permission: 'orders.read' }, tag: 'profiles', params: one,
  response: z.object({
    version: z.number().int(), name: z.string().nullable(), code: z.string().nullable(), by: z.string().nullable(), queue: z.object({ code: z.string(), name: z.string() }).nullable(),
    form: extension.nullable(), values: z.record(z.string(), z.unknown()), valuesState: z.enum(['approved', 'returned']).nullable(), reviewValues: z.boolean(),
    /** Keys that the reader may enter now, and those that this stage demands. */
    enterable: z.array(z.string()), required: z.array(z.string()), stageName: z.string().nullable(), mayReview: z.boolean(), maySet: z.boolean(), ratingItems: z.array(z.string()),
    line: z.object({ code: z.string(), name: z.string() }).nullable(), lineFields: z.array(z.object({ label: z.string(), value: z.unknown() })),
  }),
})
export const saveProfileValuesRoute = describeRoute({
  id: 'saveProfileValues', method: 'PATCH', path: '/api/orders/:id/profile-values', summary: '填写专项字段', audience: 'staff', access: { permission: 'orders.read' }, tag: 'profiles', params: one, body: z.object({ values: z.record(z.string().max(40), z.unknown()), version: z.number().int().optional() }), response: answer,
})
export const reviewProfileValuesRoute = describeRoute({
  id: 'reviewProfileValues', method: 'POST', path: '/api/orders/:id/profile-review', summary: '审核专项字段', audience: 'staff', access: { permission: 'orders.reviewResult' }, tag: 'profiles', params: one,
  body: z.object({ outcome: z.enum(['approve', 'return']), opinion: words(1000).optional(), values: z.record(z.string().max(40), z.unknown()).optional().describe('Corrected values, approved with the act'), version: z.number().int().optional() }), response: answer,
})
