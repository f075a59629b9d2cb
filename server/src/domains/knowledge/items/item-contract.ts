import { z } from 'zod'
import { actState, flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { audiences, content } from '../content.ts'
import { itemStates, ticketKinds, ticketStates } from './item.ts'

const text = (max: number) => z.string().trim().max(max)
const one = z.object({ id })
const reads = { audience: 'staff', access: { permission: 'knowledge.read' } } as const
const edits = { audience: 'staff', access: { permission: 'knowledge.edit' } } as const
const keeps = { audience: 'staff' as const, access: { anyOf: ['knowledge.edit', 'knowledge.review', 'knowledge.publish'] } }
const publishes = { audience: 'staff', access: { permission: 'knowledge.publish' } } as const

export const file = z.object({ id, name: z.string(), type: z.string(), size: z.number().int() })
const named = z.object({ id: z.string(), name: z.string() })
const brief = z.object({ id, code: z.string(), title: z.string(), stateName: z.string(), usable: z.boolean() })
const statement = z.strictObject({ basis: text(1000).default(''), processing: text(1000).default(''), openPoints: text(1000).default('') })
const body = z.strictObject({ content, statement: statement.default({ basis: '', processing: '', openPoints: '' }), addFileIds: z.array(id).max(20).default([]) })
const made = z.object({ itemId: id, ticketId: id, code: z.string() })

export const line = z.object({
  id, code: z.string(), title: z.string(), typeCode: z.string(), typeName: z.string(), directoryPath: z.array(z.string()), ownerUnitName: z.string(), audience: z.enum(audiences), audienceName: z.string(), state: z.enum(itemStates), stateName: z.string(), version: z.number().int().nullable(),
  validFrom: z.string().nullable(), validTo: z.string().nullable(), publishedAt: instant.nullable(), changedAt: instant, reads: z.number().int(), cites: z.number().int(), useful: z.number().int(), useless: z.number().int(), confirmedAt: instant.nullable(), ticketState: z.string().nullable(),
})
export const listItems = describeRoute({
  ...keeps, id: 'listKnowledgeItems', method: 'GET', path: '/api/knowledge/items', summary: '知识条目',
  query: pageQuery.extend({ q: text(100).optional(), state: listOf(z.enum(itemStates)).optional(), typeCode: z.string().max(40).optional(), directoryId: id.optional(), ownerUnitId: id.optional(), audience: z.enum(audiences).optional(), expiresBefore: localDate.optional(), own: flag.optional() }), response: pageOf(line),
})

const step = z.object({ round: z.number().int(), name: z.string(), state: z.string(), actor: z.string(), decidedBy: z.string().nullable(), decidedAt: instant.nullable(), opinion: z.string().nullable() })
const difference = z.object({ field: z.string(), label: z.string(), before: z.string(), after: z.string() })
const textLine = z.object({ mark: z.enum(['same', 'added', 'removed']), text: z.string() })
const shownField = z.object({ key: z.string(), label: z.string(), kind: z.string(), value: z.string() })
const passages = z.object({ fields: z.array(shownField), files: z.array(file) })

export const getItem = describeRoute({
  ...reads, id: 'getKnowledgeItem', method: 'GET', path: '/api/knowledge/items/:id', summary: '知识详情', params: one, query: z.object({ version: z.coerce.number().int().min(1).optional() }), writes: true, audit: false,
  response: line.extend({
    /** Missing where the reader may not see it any more: the notice says why and names the successor. */
    content: content.nullable(), number: z.number().int().nullable(), ...passages.shape, citation: z.string().nullable(), usable: z.boolean(), why: z.string().nullable(), downReason: z.string().nullable(), downAt: instant.nullable(), downByName: z.string().nullable(),
    areaName: z.string().nullable(), audienceUnits: z.array(named), matters: z.array(named), labels: z.array(z.object({ id, name: z.string(), colour: z.string() })), related: z.array(brief), successor: brief.nullable(), publisherName: z.string().nullable(), authorName: z.string().nullable(), favourite: z.string().nullable(), myRating: z.boolean().nullable(),
    ticketId: id.nullable(), lockedUntil: z.string().nullable(), keeps: z.boolean(), acts: z.array(actState),
  }),
})
export const listVersions = describeRoute({ ...reads, id: 'listKnowledgeVersions', method: 'GET', path: '/api/knowledge/items/:id/versions', summary: '版本与轨迹', params: one, response: z.object({
  versions: z.array(z.object({ number: z.number().int(), title: z.string(), authorName: z.string(), publisherName: z.string(), publishedAt: instant, cites: z.number().int() })),
  trail: z.array(z.object({ id, act: z.string(), actName: z.string(), byName: z.string(), unitName: z.string().nullable(), at: instant, text: z.string().nullable(), version: z.number().int().nullable() })),
}) })
export const compareVersions = describeRoute({ ...reads, id: 'compareKnowledgeVersions', method: 'GET', path: '/api/knowledge/items/:id/compare', summary: '版本比较', params: one, query: z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) }), response: z.object({ fields: z.array(difference), lines: z.array(textLine) }) })

export const addItem = describeRoute({ ...edits, id: 'addKnowledgeItem', method: 'POST', path: '/api/knowledge/items', summary: '新增知识', body, response: made })
export const modifyItem = describeRoute({ ...edits, id: 'modifyKnowledgeItem', method: 'POST', path: '/api/knowledge/items/:id/modify', summary: '修改知识', params: one, body: z.strictObject({ fromVersion: z.number().int().min(1).optional() }), response: made })
const reason = z.strictObject({ reason: text(500).min(1, '请填写原因') })
const state = z.object({ state: z.string() })
export const askShelf = describeRoute({ ...edits, id: 'askKnowledgeShelf', method: 'POST', path: '/api/knowledge/items/:id/shelf', summary: '申请下架或恢复', params: one, body: reason.extend({ act: z.enum(['suspend', 'restore']) }), response: state })
export const emergencySuspend = describeRoute({ ...publishes, id: 'suspendKnowledgeNow', method: 'POST', path: '/api/knowledge/items/:id/suspend-now', summary: '紧急下架', params: one, body: reason, response: state })
export const discardItem = describeRoute({ ...edits, id: 'discardKnowledge', method: 'POST', path: '/api/knowledge/items/:id/discard', summary: '废止知识', params: one, body: reason, response: state })
export const confirmItem = describeRoute({ ...edits, id: 'confirmKnowledge', method: 'POST', path: '/api/knowledge/items/:id/confirm', summary: '确认知识有效', params: one, body: z.strictObject({}), response: state })
export const bulkItems = describeRoute({
  ...edits, id: 'bulkKnowledge', method: 'POST', path: '/api/knowledge/items/bulk', summary: '批量维护知识',
  body: z.strictObject({ ids: z.array(id).min(1).max(200), act: z.enum(['confirm', 'suspend', 'restore', 'discard', 'move', 'owner', 'validity', 'label']), reason: text(500).default(''), directoryId: id.optional(), ownerUnitId: id.optional(), validTo: localDate.nullable().optional(), labelIds: z.array(id).max(20).optional() }),
  response: z.object({ results: z.array(z.object({ id, title: z.string(), ok: z.boolean(), message: z.string().nullable() })) }),
})

export const listBin = describeRoute({
  ...edits, id: 'listKnowledgeBin', method: 'GET', path: '/api/knowledge/bin', summary: '知识回收站', query: pageQuery.extend({ class: z.enum(['down', 'discarded']).optional(), typeCode: z.string().max(40).optional(), directoryId: id.optional(), q: text(100).optional() }),
  response: pageOf(z.object({ id, code: z.string(), title: z.string(), typeName: z.string(), directoryPath: z.array(z.string()), ownerUnitName: z.string(), state: z.enum(itemStates), stateName: z.string(), reason: z.string().nullable(), downAt: instant, downByName: z.string().nullable(), stays: z.boolean(), removedAt: instant.nullable() })),
})
/** A row of the sheet by the headings of the template. */
export const importItems = describeRoute({
  ...edits, id: 'importKnowledge', method: 'POST', path: '/api/knowledge/import', summary: '批量导入知识', limit: 30, body: z.strictObject({ name: text(200).regex(/\.(xlsx|csv)$/i, '只能导入 xlsx 和 csv 文件'), rows: z.array(z.record(z.string().max(60), z.string().max(20_000))).min(1, '文件里没有内容').max(5000), check: z.boolean().default(false) }),
  response: z.object({ added: z.number().int(), failed: z.array(z.object({ row: z.number().int(), title: z.string(), message: z.string() })) }),
})
export const importColumns = describeRoute({ ...edits, id: 'listKnowledgeImportColumns', method: 'GET', path: '/api/knowledge/import/columns', summary: '知识导入模板的栏目', query: z.object({ typeCode: z.string().max(40) }), response: z.object({ columns: z.array(z.object({ label: z.string(), required: z.boolean(), example: z.string() })) }) })

export const ticketLine = z.object({
  id, itemId: id, code: z.string(), title: z.string(), kind: z.enum(ticketKinds), kindName: z.string(), state: z.enum(ticketStates), stateName: z.string(), typeName: z.string(), authorName: z.string(), unitName: z.string(), source: z.string(), submittedAt: instant.nullable(), changedAt: instant, publishAt: instant.nullable(), mayDecide: z.boolean(), step: z.string().nullable(),
})
export const listTickets = describeRoute({
  ...keeps, id: 'listKnowledgeTickets', method: 'GET', path: '/api/knowledge/tickets', summary: '知识工单',
  query: pageQuery.extend({ box: z.enum(['review', 'publish', 'mine', 'all']).default('all'), kind: z.enum(ticketKinds).optional(), state: z.enum(ticketStates).optional(), q: text(100).optional() }), response: pageOf(ticketLine),
})
export const getTicket = describeRoute({
  ...keeps, id: 'getKnowledgeTicket', method: 'GET', path: '/api/knowledge/tickets/:id', summary: '知识工单详情', params: one,
  response: ticketLine.extend({ content, statement, reason: z.string().nullable(), opinion: z.string().nullable(), baseVersion: z.number().int().nullable(), ...passages.shape, newFiles: z.array(file), fieldChanges: z.array(difference), lines: z.array(textLine), steps: z.array(step), chain: z.array(z.object({ name: z.string(), actors: z.array(z.string()) })), gaps: z.array(z.object({ path: z.string(), message: z.string() })), acts: z.array(actState), version: z.number().int() }),
})
const versioned = { version: z.number().int() }
export const saveDraft = describeRoute({ ...edits, id: 'saveKnowledgeDraft', method: 'PUT', path: '/api/knowledge/tickets/:id', summary: '保存知识草稿', params: one, body: body.extend(versioned), response: z.object(versioned), audit: false })
export const submitTicket = describeRoute({ ...edits, id: 'submitKnowledgeTicket', method: 'POST', path: '/api/knowledge/tickets/:id/submit', summary: '提交知识审核', params: one, body: z.strictObject(versioned), response: state })
export const ticketAct = describeRoute({ ...edits, id: 'cancelKnowledgeTicket', method: 'POST', path: '/api/knowledge/tickets/:id/cancel', summary: '放弃知识变更', params: one, body: z.strictObject({}), response: state })
export const recallTicket = describeRoute({ ...edits, id: 'recallKnowledgeTicket', method: 'POST', path: '/api/knowledge/tickets/:id/recall', summary: '撤回知识审核', params: one, body: z.strictObject({}), response: state })
export const unscheduleTicket = describeRoute({ ...publishes, id: 'unscheduleKnowledgeTicket', method: 'POST', path: '/api/knowledge/tickets/:id/unschedule', summary: '取消定时发布', params: one, body: z.strictObject({}), response: state })
export const decideTicket = describeRoute({ audience: 'staff', access: { permission: 'knowledge.review' }, id: 'decideKnowledgeTicket', method: 'POST', path: '/api/knowledge/tickets/:id/decide', summary: '审核知识', params: one, body: z.strictObject({ outcome: z.enum(['approve', 'return']), opinion: text(1000).default(''), ...versioned }), response: state })
export const publishTicket = describeRoute({ ...publishes, id: 'publishKnowledgeTicket', method: 'POST', path: '/api/knowledge/tickets/:id/publish', summary: '发布知识', params: one, body: z.strictObject({ publishAt: instant.nullable().default(null), /** Of material: pictures, sound and video were looked at by a person. */ looked: z.boolean().default(false), ...versioned }), response: z.object({ state: z.string(), number: z.number().int().nullable() }) })
