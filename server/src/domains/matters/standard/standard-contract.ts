import { z } from 'zod'
import { actState, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { standardKinds, standardStates } from './content.ts'
import { standardActs } from './standard-state.ts'

export const read = { permission: 'matters.read' } as const
export const edit = { permission: 'matters.edit' } as const
export const review = { permission: 'matters.review' } as const

/** What every standard object carries besides its content. */
export const standardMeta = z.object({
  id: z.string(),
  state: z.enum(standardStates),
  stateName: z.string(),
  /** Published version; 0 before the first approval. */
  version: z.number().int(),
  /** Send it back with a PATCH. */
  revision: z.number().int(),
  origin: z.enum(['own', 'upper']),
  pendingChangeId: z.string().nullable(),
  creatingUnitName: z.string().nullable(),
  createdByName: z.string(),
  createdAt: instant,
  updatedAt: instant,
  acts: z.array(actState),
})

export const changed = z.object({ id: z.string(), changeId: z.string().nullable() })
export const submitFlag = { submit: z.boolean().default(false) }
export const editHead = { revision: z.number().int(), submit: z.boolean().default(false), reason: z.string().max(1000).optional() }
export const stateFilter = { state: listOf(z.enum(standardStates)).optional() }
export const objectKinds = [...standardKinds, 'limitRule'] as const

const objectId = z.string().min(1).max(50)

export const actOnObject = describeRoute({
  id: 'actOnStandard', method: 'POST', path: '/api/matters/objects/:kind/:id/acts', summary: '提交、撤回、撤销、删除、下架、上架、作废', audience: 'staff', access: edit,
  params: z.object({ kind: z.enum(standardKinds), id: objectId }),
  body: z.object({ act: z.enum(standardActs), reason: z.string().max(1000).optional() }),
  response: changed,
})

export const changeItem = z.object({
  id,
  objectKind: z.enum(objectKinds),
  objectId: z.string(),
  kindName: z.string(),
  title: z.string(),
  kind: z.enum(['create', 'modify', 'offline', 'online', 'void', 'delete']),
  operation: z.string(),
  state: z.enum(['pending', 'approved', 'returned', 'recalled']),
  reason: z.string().nullable(),
  version: z.number().int().nullable(),
  submittedByName: z.string(),
  submittedAt: instant,
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
  opinion: z.string().nullable(),
  mayDecide: z.boolean(),
})

export const listChanges = describeRoute({
  id: 'listMatterChanges', method: 'GET', path: '/api/matters/changes', summary: '更新日志与待审核变更', audience: 'staff', access: read,
  query: pageQuery.extend({
    state: listOf(z.enum(['pending', 'approved', 'returned', 'recalled'])).optional(),
    kind: listOf(z.enum(['create', 'modify', 'offline', 'online', 'void', 'delete'])).optional(),
    objectKind: listOf(z.enum(objectKinds)).optional(),
    objectId: objectId.optional(),
    query: z.string().max(100).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  }),
  response: pageOf(changeItem),
})

/** Fields in the order they are shown; `changed` ones are highlighted. */
const difference = z.array(z.object({ field: z.string(), label: z.string(), before: z.unknown(), after: z.unknown(), changed: z.boolean() }))

export const getChange = describeRoute({
  id: 'getMatterChange', method: 'GET', path: '/api/matters/changes/:id', summary: '变更内容对比', audience: 'staff', access: read,
  params: z.object({ id }),
  response: changeItem.extend({ difference }),
})

const decision = { outcome: z.enum(['approve', 'return']), opinion: z.string().max(1000).optional() }

export const decide = describeRoute({
  id: 'decideMatterChange', method: 'POST', path: '/api/matters/changes/:id/decide', summary: '审核变更', audience: 'staff', access: review,
  params: z.object({ id }),
  body: z.object(decision),
  response: z.object({ state: z.enum(['approved', 'returned']), version: z.number().int().nullable() }),
})

export const decideBatch = describeRoute({
  id: 'decideMatterChanges', method: 'POST', path: '/api/matters/changes/decide', summary: '批量审核变更', audience: 'staff', access: review,
  body: z.object({ ids: z.array(id).min(1).max(200), ...decision }),
  response: z.object({ results: z.array(z.object({ id, ok: z.boolean(), message: z.string().nullable() })) }),
})

export const listVersions = describeRoute({
  id: 'listMatterVersions', method: 'GET', path: '/api/matters/objects/:kind/:id/versions', summary: '历史版本', audience: 'staff', access: read,
  params: z.object({ kind: z.enum(objectKinds), id: objectId }),
  response: z.object({ items: z.array(z.object({ version: z.number().int(), state: z.string(), byName: z.string(), opinion: z.string().nullable(), at: instant, snapshot: z.record(z.string(), z.unknown()) })) }),
})
