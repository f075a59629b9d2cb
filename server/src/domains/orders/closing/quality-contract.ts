// Quality of declarations as routes: what is faulty, mending in batch, undoing (ASM-12).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { batchAnswer } from '../checks/check-contract.ts'
import { required } from '../requests/ask-contract.ts'
import { kinds } from './window-contract.ts'

export const faults = ['class', 'kind', 'reason', 'expiry', 'repeated'] as const
export const sources = ['draft', 'pending', 'approved'] as const
const centre = { audience: 'staff', access: { permission: 'orders.approveExclusion' } } as const
const row = z.object({
  id, source: z.enum(sources), sourceName: z.string(), orderId: id, number: z.string(), title: z.string(), urgency: z.string(), unitName: z.string(), kind: kinds, reasonClass: z.string(), reason: z.string(), expiresAt: instant.nullable(), at: instant,
  faults: z.array(z.object({ fault: z.enum(faults), text: z.string() })), suggested: z.string().nullable().describe('Item of the list that the wrong one most likely means'),
})
export const listFaultyDeclarationsRoute = describeRoute({ ...centre, id: 'listFaultyDeclarations', method: 'GET', path: '/api/declaration-quality/records', summary: '有问题的申报与挂账', query: pageQuery.extend({ fault: z.enum(faults).optional(), source: z.enum(sources).optional(), unitId: id.optional() }), response: pageOf(row) })
export const declarationQualityRoute = describeRoute({
  ...centre, id: 'declarationQuality', method: 'GET', path: '/api/declaration-quality', summary: '申报数据质量',
  response: z.object({
    standing: z.int(), sound: z.int(), share: z.number().nullable().describe('Sound of all standing ones'), faults: z.array(z.object({ fault: z.enum(faults), name: z.string(), records: z.int() })), items: z.array(z.object({ name: z.string(), kind: z.enum(['exclude', 'shelve', 'both']) })),
    months: z.array(z.object({ month: z.string(), decided: z.int(), approved: z.int(), share: z.number().nullable() })).describe('Declarations decided a month and how many were approved, oldest first'),
  }),
})
const values = { reasonClass: z.string().trim().min(1).max(60).optional(), reason: z.string().trim().min(1).max(1000).optional(), expiresAt: instant.optional() }
export const repairDeclarationsRoute = describeRoute({ ...centre, id: 'repairDeclarations', method: 'POST', path: '/api/declaration-quality/repairs', summary: '批量修正申报数据', body: z.object({ ids: z.array(id).min(1).max(200), ...values, why: required(200) }), response: batchAnswer })
const repair = z.object({ id, orderId: id, number: z.string(), title: z.string(), urgency: z.string(), sourceName: z.string(), unitName: z.string(), changes: z.array(z.object({ field: z.string(), old: z.string().nullable(), new: z.string() })), why: z.string(), at: instant, byName: z.string(), undoneAt: instant.nullable(), undoneByName: z.string().nullable() })
export const listDeclarationRepairsRoute = describeRoute({ ...centre, id: 'listDeclarationRepairs', method: 'GET', path: '/api/declaration-quality/repairs', summary: '申报数据修正记录', query: pageQuery.extend({ undone: flag.optional() }), response: pageOf(repair) })
export const undoDeclarationRepairsRoute = describeRoute({ ...centre, id: 'undoDeclarationRepairs', method: 'POST', path: '/api/declaration-quality/repairs/undo', summary: '撤销申报数据修正', body: z.object({ ids: z.array(id).min(1).max(200) }), response: batchAnswer })
