// Trunks, service numbers, extensions, barred numbers and faults as routes (TEL-01, TEL-34).
import { z } from 'zod'
import { empty, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { permission: 'telephony.lines' } as const
const one = z.object({ id })
const version = z.number().int()
const name = z.string().trim().min(1, '请填写名称').max(40)
const shown = z.string().trim().regex(/^\+?\d{3,20}$/, '号码格式不正确')

const trunk = z.object({
  name, unitId: id.nullable(), transport: z.enum(['udp', 'tcp', 'tls']), host: z.string().trim().regex(/^[A-Za-z0-9.:[\]-]{1,200}$/, '地址格式不正确'), port: z.number().int().min(1).max(65_535), codecs: z.array(z.enum(['PCMA', 'PCMU'])).min(1), channels: z.number().int().min(1).max(10_000),
  reserved: z.number().int().min(0).max(1000), username: z.string().trim().max(100).nullable(), shownNumber: shown.nullable(), inbound: z.boolean(), outbound: z.boolean(), /** Sound by SRTP only. */ srtp: z.boolean(), priority: z.number().int().min(1).max(99), enabled: z.boolean(),
})
/** Defaults are for what is added: a change leaves alone what it does not name. */
const newTrunk = trunk.extend({ unitId: id.nullable().default(null), reserved: trunk.shape.reserved.default(2), username: trunk.shape.username.default(null), shownNumber: shown.nullable().default(null), srtp: z.boolean().default(false), priority: trunk.shape.priority.default(1) })
/** The password is written, never read. */
const secret = z.string().min(1).max(200).optional()
export const trunkView = trunk.extend({ id, hasPassword: z.boolean(), state: z.enum(['unknown', 'up', 'down', 'disabled']), stateName: z.string(), stateAt: instant.nullable(), stateReason: z.string().nullable(), inUse: z.number().int(), mayChange: z.boolean(), version, updatedAt: instant, changedByName: z.string() })
export const listTrunks = describeRoute({ id: 'listTrunks', method: 'GET', path: '/api/telephony/trunks', summary: '中继线路', audience: 'staff', access: { anyOf: ['telephony.lines', 'telephony.monitor'] }, response: z.object({ items: z.array(trunkView) }) })
export const addTrunk = describeRoute({ id: 'addTrunk', method: 'POST', path: '/api/telephony/trunks', summary: '新增中继线路', audience: 'staff', access: manage, secret: true, body: newTrunk.extend({ password: secret }), response: trunkView })
export const changeTrunk = describeRoute({ id: 'changeTrunk', method: 'PATCH', path: '/api/telephony/trunks/:id', summary: '修改中继线路', audience: 'staff', access: manage, secret: true, params: one, body: trunk.partial().extend({ password: secret, version }), response: trunkView })
export const removeTrunk = describeRoute({ id: 'removeTrunk', method: 'DELETE', path: '/api/telephony/trunks/:id', summary: '删除中继线路', audience: 'staff', access: manage, params: one, response: empty })
export const listFaults = describeRoute({
  id: 'listLineFaults', method: 'GET', path: '/api/telephony/line-faults', summary: '线路故障记录', audience: 'staff', access: { anyOf: ['telephony.lines', 'telephony.monitor'] }, query: pageQuery,
  response: pageOf(z.object({ id, at: instant, kind: z.string(), subject: z.string(), text: z.string() })),
})

const number = z.object({ number: shown, name, unitId: id.nullable(), flowId: id.nullable(), queueId: id.nullable(), shownNumber: shown.nullable(), enabled: z.boolean() })
const newNumber = number.extend({ unitId: id.nullable().default(null), flowId: id.nullable().default(null), queueId: id.nullable().default(null), shownNumber: shown.nullable().default(null) })
export const numberView = number.extend({ id, leadsTo: z.string().nullable(), mayChange: z.boolean(), version, updatedAt: instant, changedByName: z.string() })
export const listNumbers = describeRoute({ id: 'listServiceNumbers', method: 'GET', path: '/api/telephony/numbers', summary: '服务号码', audience: 'staff', access: { anyOf: ['telephony.lines', 'telephony.flows', 'telephony.calls'] }, response: z.object({ items: z.array(numberView) }) })
export const addNumber = describeRoute({ id: 'addServiceNumber', method: 'POST', path: '/api/telephony/numbers', summary: '新增服务号码', audience: 'staff', access: manage, body: newNumber, response: numberView })
export const changeNumber = describeRoute({ id: 'changeServiceNumber', method: 'PATCH', path: '/api/telephony/numbers/:id', summary: '修改服务号码', audience: 'staff', access: manage, params: one, body: number.omit({ number: true }).partial().extend({ version }), response: numberView })
export const removeNumber = describeRoute({ id: 'removeServiceNumber', method: 'DELETE', path: '/api/telephony/numbers/:id', summary: '删除服务号码', audience: 'staff', access: manage, params: one, response: empty })

const extension = z.object({ extension: z.string().trim().regex(/^\d{2,8}$/, '分机号为 2 至 8 位数字'), unitId: id.nullable(), kind: z.enum(['browser', 'phone']), userId: id.nullable(), enabled: z.boolean() })
const newExtension = extension.extend({ unitId: id.nullable().default(null), userId: id.nullable().default(null) })
export const extensionView = extension.extend({ id, userName: z.string().nullable(), registered: z.boolean().nullable(), mayChange: z.boolean(), version, updatedAt: instant, changedByName: z.string(), /** Shown once, when a desk phone is set up. */ password: z.string().nullable(), realm: z.string() })
export const listExtensions = describeRoute({ id: 'listExtensions', method: 'GET', path: '/api/telephony/extensions', summary: '分机', audience: 'staff', access: manage, response: z.object({ items: z.array(extensionView) }) })
export const addExtension = describeRoute({ id: 'addExtension', method: 'POST', path: '/api/telephony/extensions', summary: '新增分机', audience: 'staff', access: manage, secret: true, body: newExtension, response: extensionView })
export const changeExtension = describeRoute({ id: 'changeExtension', method: 'PATCH', path: '/api/telephony/extensions/:id', summary: '修改分机', audience: 'staff', access: manage, secret: true, params: one, body: extension.omit({ extension: true }).partial().extend({ version, newPassword: z.boolean().default(false) }), response: extensionView })
export const removeExtension = describeRoute({ id: 'removeExtension', method: 'DELETE', path: '/api/telephony/extensions/:id', summary: '删除分机', audience: 'staff', access: manage, params: one, response: empty })

const barredRow = z.object({ id, digits: z.string(), segment: z.boolean(), extensions: z.array(z.string()), reason: z.string(), createdAt: instant, createdByName: z.string() })
export const listBarred = describeRoute({ id: 'listBarredNumbers', method: 'GET', path: '/api/telephony/barred', summary: '禁拨号码', audience: 'staff', access: { permission: 'telephony.lists' }, response: z.object({ items: z.array(barredRow) }) })
export const addBarred = describeRoute({ id: 'addBarredNumber', method: 'POST', path: '/api/telephony/barred', summary: '新增禁拨号码', audience: 'staff', access: { permission: 'telephony.lists' }, body: z.object({ digits: z.string().trim().regex(/^\d{3,20}$/, '请填写 3 至 20 位数字'), segment: z.boolean(), extensions: z.array(z.string().regex(/^\d{2,8}$/)).max(2000).default([]), reason: z.string().trim().min(1, '请填写原因').max(200) }), response: barredRow })
export const removeBarred = describeRoute({ id: 'removeBarredNumber', method: 'DELETE', path: '/api/telephony/barred/:id', summary: '解除禁拨', audience: 'staff', access: { permission: 'telephony.lists' }, params: one, response: empty })
