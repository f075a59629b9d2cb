import { z } from 'zod'
import { actState, id, instant, listOf, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { standardKinds, standardStates } from './content.ts'
import { standardActs } from './standard-state.ts'

export const read = { permission: 'matters.read' } as const
export const edit = { permission: 'matters.edit' } as const
export const review = { permission: 'matters.review' } as const
const decides = { anyOf: ['matters.review', 'matters.approve'] }

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
/** From which day an approved change holds; without it at once. */
const effectiveOn = z.iso.date().optional()
export const submitFlag = { submit: z.boolean().default(false), effectiveOn }
export const editHead = { revision: z.number().int(), submit: z.boolean().default(false), reason: z.string().max(1000).optional(), effectiveOn }
export const stateFilter = { state: listOf(z.enum(standardStates)).optional() }
export const objectKinds = [...standardKinds, 'limitRule'] as const

const objectId = z.string().min(1).max(50)

export const actOnObject = describeRoute({
  id: 'actOnStandard', method: 'POST', path: '/api/matters/objects/:kind/:id/acts', summary: '提交、撤回、撤销、删除、下架、上架、作废', audience: 'staff', access: { anyOf: ['matters.edit', 'matters.enterprises'] },
  params: z.object({ kind: z.enum(standardKinds), id: objectId }),
  body: z.object({ act: z.enum(standardActs), reason: z.string().max(1000).optional(), effectiveOn }),
  response: changed,
})

export const changeStates = ['pending', 'scheduled', 'approved', 'returned', 'recalled'] as const
export const changeItem = z.object({
  id,
  objectKind: z.enum(objectKinds),
  objectId: z.string(),
  kindName: z.string(),
  title: z.string(),
  kind: z.enum(['create', 'modify', 'offline', 'online', 'void', 'delete']),
  operation: z.string(),
  state: z.enum(changeStates),
  /** From which day it holds when approved; null: at once. */
  effectiveOn: z.string().nullable(),
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
    state: listOf(z.enum(changeStates)).optional(),
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
  response: changeItem.extend({
    difference,
    /** Steps of a review in several steps; empty for the simple one. */
    steps: z.array(z.object({ name: z.string(), actor: z.string(), state: z.string(), decidedBy: z.string().nullable(), decidedAt: instant.nullable(), opinion: z.string().nullable() })),
    /** What a reviewer should compare before approving: objects that may mean the same. */
    similar: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })),
  }),
})

const decision = { outcome: z.enum(['approve', 'return']), opinion: z.string().max(1000).optional() }

export const decide = describeRoute({
  id: 'decideMatterChange', method: 'POST', path: '/api/matters/changes/:id/decide', summary: '审核变更', audience: 'staff', access: decides,
  params: z.object({ id }),
  body: z.object(decision),
  response: z.object({ state: z.enum(['pending', 'scheduled', 'approved', 'returned']), version: z.number().int().nullable() }),
})

export const decideBatch = describeRoute({
  id: 'decideMatterChanges', method: 'POST', path: '/api/matters/changes/decide', summary: '批量审核变更', audience: 'staff', access: decides,
  body: z.object({ ids: z.array(id).min(1).max(200), ...decision }),
  response: z.object({ results: z.array(z.object({ id, ok: z.boolean(), message: z.string().nullable() })) }),
})

export const compareVersions = describeRoute({
  id: 'compareMatterVersions', method: 'GET', path: '/api/matters/objects/:kind/:id/versions/:version/difference', summary: '两个版本对比', audience: 'staff', access: read,
  params: z.object({ kind: z.enum(objectKinds), id: objectId, version: z.coerce.number().int().min(1) }), query: z.object({ with: z.coerce.number().int().min(1) }),
  response: z.object({ difference }),
})

export const standardAsOf = describeRoute({
  id: 'standardAsOf', method: 'GET', path: '/api/matters/standard', summary: '某日的标准，或两日之间的差异', audience: 'staff', access: read,
  query: z.object({ asOf: z.iso.date(), since: z.iso.date().optional(), kind: z.enum(standardKinds).optional(), query: z.string().trim().max(100).optional() }),
  response: z.object({
    total: z.number().int(),
    items: z.array(z.object({ kind: z.enum(standardKinds), kindName: z.string(), id: z.string(), title: z.string(), version: z.number().int(), state: z.enum(standardStates), at: instant, byName: z.string(), /** Against `since`; null where only one day is asked. */ change: z.enum(['added', 'changed', 'retired']).nullable() })),
  }),
})

const usage = z.object({ label: z.string(), count: z.number().int(), open: z.number().int(), samples: z.array(z.object({ title: z.string(), link: z.string() })) })

export const objectUsage = describeRoute({
  id: 'standardUsage', method: 'GET', path: '/api/matters/objects/:kind/:id/usage', summary: '作废或删除前的引用检查', audience: 'staff', access: read,
  params: z.object({ kind: z.enum(standardKinds), id: objectId }), response: z.object({ hits: z.array(usage), deletable: z.boolean() }),
})

export const hardDelete = describeRoute({
  id: 'deleteStandard', method: 'POST', path: '/api/matters/objects/:kind/:id/delete', summary: '彻底删除', audience: 'staff', access: { permission: 'matters.hardDelete' },
  params: z.object({ kind: z.enum(standardKinds), id: objectId }), body: z.object({ confirm: z.string().min(1).max(200).describe('Code or name of the object, typed again'), reason: z.string().trim().min(1).max(1000) }), response: z.object({ reportId: id }),
})

export const listVersions = describeRoute({
  id: 'listMatterVersions', method: 'GET', path: '/api/matters/objects/:kind/:id/versions', summary: '历史版本', audience: 'staff', access: read,
  params: z.object({ kind: z.enum(objectKinds), id: objectId }),
  response: z.object({ items: z.array(z.object({ version: z.number().int(), state: z.string(), byName: z.string(), opinion: z.string().nullable(), at: instant, snapshot: z.record(z.string(), z.unknown()) })) }),
})
