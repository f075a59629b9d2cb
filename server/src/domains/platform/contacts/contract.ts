import { z } from 'zod'
import { empty, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const base = { audience: 'staff', tag: 'contacts' } as const
const person = z.object({ id, name: z.string(), staffNo: z.string(), unitId: id.nullable(), unitName: z.string().nullable(), title: z.string().nullable(), mobile: z.string().nullable(), email: z.string().nullable() })
const duty = z.object({ id, unitId: id, unitName: z.string(), duty: z.string(), dutyName: z.string(), name: z.string(), post: z.string(), mobile: z.string(), sort: z.int(), version: z.int(), changedAt: instant, mayEdit: z.boolean() })

export const listContacts = describeRoute({
  ...base, id: 'listContacts', method: 'GET', path: '/api/contacts', summary: '通讯录', access: 'signedIn',
  query: z.object({ unitId: id.optional(), query: z.string().trim().max(40).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
  response: z.object({ items: z.array(person), more: z.boolean() }),
})
export const revealContactMobile = describeRoute({ ...base, id: 'revealContactMobile', method: 'POST', path: '/api/contacts/:id/mobile', summary: '查看同事手机号', access: 'signedIn', limit: 60, params: z.object({ id }), body: empty, response: z.object({ mobile: z.string() }) })
export const listDutyContacts = describeRoute({
  ...base, id: 'listDutyContacts', method: 'GET', path: '/api/duty-contacts', summary: '值守联系人', access: 'signedIn', query: z.object({ unitId: id.optional() }),
  response: z.object({ items: z.array(duty), duties: z.array(z.object({ code: z.string(), name: z.string() })), mayEditUnitIds: z.array(id), editsAll: z.boolean() }),
})
const values = { duty: z.string().max(40), name: z.string().trim().min(1).max(40), post: z.string().trim().max(60).default(''), mobile: z.string().trim().max(30), sort: z.int().min(0).max(999).default(0) }
const edit = { ...base, access: { permission: 'platform.manageDutyContacts' } } as const
export const createDutyContact = describeRoute({ ...edit, id: 'createDutyContact', method: 'POST', path: '/api/duty-contacts', summary: '新增值守联系人', body: z.strictObject({ unitId: id, ...values }), response: z.object({ id }) })
export const changeDutyContact = describeRoute({ ...edit, id: 'changeDutyContact', method: 'PATCH', path: '/api/duty-contacts/:id', summary: '修改值守联系人', params: z.object({ id }), body: z.strictObject({ ...values, version: z.int() }), response: z.object({ version: z.int() }) })
export const deleteDutyContact = describeRoute({ ...edit, id: 'deleteDutyContact', method: 'DELETE', path: '/api/duty-contacts/:id', summary: '删除值守联系人', params: z.object({ id }), response: empty })
