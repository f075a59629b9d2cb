// The agent desk as routes: what the bar needs, the ticket of its own socket, dialling with a hidden number, the pop-up, the sheet at sign-out.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { pathStep } from './desk-shapes.ts'

const desk = { permission: 'telephony.desk' } as const
const one = z.object({ id })

export const deskOptions = describeRoute({
  id: 'deskOptions', method: 'GET', path: '/api/telephony/desk', summary: '话务坐席设置', audience: 'staff', access: desk,
  response: z.object({
    extension: z.string().nullable(), extensionKind: z.enum(['browser', 'phone']).nullable(), queues: z.array(z.object({ id, name: z.string() })), breakLengths: z.array(z.number()), busyReasons: z.array(z.string()), muteCountdown: z.number(), holdPrompt: z.number(), wrapUpSeconds: z.number(),
    colours: z.object({ yellow: z.number(), red: z.number() }), functions: z.object({ dial: z.boolean(), transferOut: z.boolean() }), classes: z.array(z.object({ code: z.string(), name: z.string() })), emergencyNumbers: z.array(z.object({ number: z.string(), name: z.string() })), surveyFlows: z.array(z.object({ id, name: z.string() })),
    exchange: z.enum(['up', 'down']), ringBack: z.number().int(), signedInSince: instant.nullable(), agentId: id,
  }),
})
export const softphoneTicket = describeRoute({ id: 'softphoneTicket', method: 'POST', path: '/api/telephony/ticket', summary: '软电话接入凭证', audience: 'staff', access: desk, secret: true, audit: false, body: z.object({}), response: z.object({ ticket: z.string(), url: z.string(), until: instant }) })

/** Exactly one of: a number as typed, an order (its requester, never shown), a call that is owed. */
export const dial = describeRoute({
  id: 'dial', method: 'POST', path: '/api/telephony/dial', summary: '外呼拨打', audience: 'staff', access: { permission: 'telephony.dial' }, body: z.object({ number: z.string().trim().max(30).optional(), orderId: id.optional(), assignmentId: id.optional(), ringBackOf: id.optional() }), response: z.object({ callId: z.string(), shown: z.string() }),
})
/** Acts on an own call for desks without a socket of their own (desk phones). */
export const actOnCall = describeRoute({
  id: 'actOnCall', method: 'POST', path: '/api/telephony/calls/:id/acts', summary: '通话操作', audience: 'staff', access: desk, params: one,
  body: z.object({ kind: z.enum(['answer', 'reject', 'hangUp', 'hold', 'resume', 'mute', 'unmute', 'transfer', 'consult', 'consultComplete', 'consultCancel', 'consultJoin', 'retrieve', 'invite', 'park']), to: z.union([z.object({ queue: id }), z.object({ agent: id }), z.object({ extension: z.string().max(8) }), z.object({ number: z.string().max(30) })]).optional(), reason: z.string().trim().max(200).optional() }),
  response: z.object({ data: z.record(z.string(), z.unknown()) }),
})

const person = z.object({ id, name: z.string(), labels: z.array(z.string()), orderCount: z.number().int() })
export const callPop = describeRoute({
  id: 'callPop', method: 'GET', path: '/api/telephony/calls/:id/pop', summary: '来电弹屏', audience: 'staff', access: desk, writes: true, audit: false, params: one,
  response: z.object({
    callId: id, phone: z.string().nullable(), /** For the form alone; the person at the desk registers it. */ number: z.string().nullable(), carrier: z.string().nullable(), area: z.string().nullable(), startedAt: instant, waitMs: z.number().int().nullable(), queueName: z.string().nullable(), class: z.string().nullable(), className: z.string().nullable(), classReason: z.string().nullable(),
    listKind: z.string().nullable(), listName: z.string().nullable(), listPrompt: z.string().nullable(), language: z.string().nullable(), path: z.array(pathStep), collected: z.array(z.object({ key: z.string(), value: z.string() })), people: z.array(person), openOrders: z.number().int(), orders: z.array(z.object({ id, number: z.string(), title: z.string(), stateName: z.string(), open: z.boolean() })), totalOrders: z.number().int(), totalCapped: z.boolean(),
    calls: z.array(z.object({ id, startedAt: instant, agentName: z.string().nullable(), endCauseName: z.string().nullable(), talkMs: z.number().int().nullable() })), lastAgentName: z.string().nullable(), draftId: id.nullable(), firstTime: z.boolean(), /** The merged hotline whose form opens. */ line: z.string().nullable(), handover: z.object({ fromName: z.string(), reason: z.string().nullable(), package: z.array(z.object({ key: z.string(), value: z.string() })) }).nullable(),
  }),
})
/** The form that is opened for a call; the first one stays. */
export const bindDraft = describeRoute({ id: 'bindCallDraft', method: 'POST', path: '/api/telephony/calls/:id/draft', summary: '来电登记表单', audience: 'staff', access: desk, audit: false, params: one, body: z.object({ draftId: id }), response: z.object({ draftId: id }) })

export const directory = describeRoute({
  id: 'telephoneDirectory', method: 'GET', path: '/api/telephony/directory', summary: '转接与拨号通讯录', audience: 'staff', access: desk, query: z.object({ q: z.string().trim().max(40).optional() }),
  response: z.object({ items: z.array(z.object({ kind: z.enum(['queue', 'agent', 'number']), id: z.string(), name: z.string(), detail: z.string(), state: z.string().nullable(), stateName: z.string().nullable(), reachable: z.boolean() })) }),
})
export const signOutSheet = describeRoute({
  id: 'signOutSheet', method: 'GET', path: '/api/telephony/sign-out', summary: '签出前检查与班次小结', audience: 'staff', access: desk,
  response: z.object({ drafts: z.array(z.object({ id, title: z.string(), savedAt: instant })), calls: z.number().int(), averageMs: z.number().int().nullable(), registered: z.number().int(), completed: z.number().int(), since: instant.nullable() }),
})
export const ownStates = describeRoute({ id: 'ownStates', method: 'GET', path: '/api/telephony/states', summary: '我的状态记录', audience: 'staff', access: desk, response: z.object({ items: z.array(z.object({ at: instant, state: z.string(), stateName: z.string(), reason: z.string().nullable(), cause: z.string(), actorName: z.string() })) }) })

const noticeRow = z.object({ id, text: z.string(), byName: z.string(), at: instant, untilAt: instant })
export const deskNotices = describeRoute({ id: 'deskNotices', method: 'GET', path: '/api/telephony/notices/mine', summary: '班组公告', audience: 'staff', access: desk, response: z.object({ items: z.array(noticeRow) }) })
export const readDeskNotice = describeRoute({ id: 'readDeskNotice', method: 'POST', path: '/api/telephony/notices/:id/read', summary: '确认班组公告', audience: 'staff', access: desk, audit: false, params: one, body: z.object({}), response: z.object({}) })

const remoteSeats = z.object({
  /** Networks of the centre; without any nobody is remote. */
  networks: z.array(z.string()),
  items: z.array(z.object({ id, userId: id, name: z.string(), from: instant, until: instant, reason: z.string(), byName: z.string(), endedByName: z.string().nullable(), state: z.enum(['coming', 'open', 'over']) })),
})
export const listRemoteSeats = describeRoute({ id: 'listRemoteSeats', method: 'GET', path: '/api/telephony/remote-seats', summary: '远程坐席', audience: 'staff', access: { permission: 'telephony.queues' }, response: remoteSeats })
export const allowRemoteSeats = describeRoute({ id: 'allowRemoteSeats', method: 'POST', path: '/api/telephony/remote-seats', summary: '开通远程坐席', audience: 'staff', access: { permission: 'telephony.queues' }, body: z.object({ userIds: z.array(id).min(1, '请选择座席').max(500), from: instant.optional(), until: instant, reason: z.string().trim().min(1, '请填写原因').max(200) }), response: remoteSeats })
export const endRemoteSeat = describeRoute({ id: 'endRemoteSeat', method: 'POST', path: '/api/telephony/remote-seats/:id/end', summary: '停止远程坐席', audience: 'staff', access: { permission: 'telephony.queues' }, params: z.object({ id }), body: z.object({}), response: remoteSeats })
