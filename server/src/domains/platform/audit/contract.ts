import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const kind = z.enum(['login', 'access', 'operation', 'keyData'])
const filter = {
  tenantId: id.optional(), from: instant.optional(), to: instant.optional(), kind: kind.optional(), actorId: id.optional(), actor: z.string().trim().max(40).optional(),
  module: z.string().trim().max(40).optional(), act: z.string().trim().max(80).optional(), objectType: z.string().trim().max(40).optional(), objectId: z.string().trim().max(80).optional(),
  ip: z.string().trim().max(45).optional(), result: z.enum(['ok', 'refused']).optional(), requestId: z.string().trim().max(60).optional(),
}
const auditRow = z.object({
  id, at: instant, tenantId: id, kind, actorId: id.nullable(), actorName: z.string(), role: z.string().nullable(), ip: z.string().nullable(), terminal: z.string().nullable(), module: z.string(), act: z.string(),
  /** Chinese name of the act, from the description of its route. */
  actName: z.string(), objectType: z.string().nullable(), objectId: z.string().nullable(), changes: z.record(z.string(), z.unknown()).nullable(), text: z.string().nullable(), result: z.string(), requestId: z.string().nullable(),
})
const read = { audience: 'staff', access: { permission: 'platform.readAudit' } } as const

export const searchAudit = describeRoute({ ...read, id: 'searchAudit', method: 'GET', path: '/api/admin/audit', summary: '查询审计记录', query: pageQuery.extend(filter), response: pageOf(auditRow) })
export const exportAudit = describeRoute({
  id: 'exportAudit', method: 'GET', path: '/api/admin/audit/export', summary: '导出审计记录', audience: 'staff', access: { permission: 'platform.exportAudit' }, raw: 'download', query: z.object(filter), response: z.unknown(), limit: 10,
})
export const listSealedStores = describeRoute({
  ...read, id: 'listSealedStores', method: 'GET', path: '/api/admin/audit/stores', summary: '防篡改存储',
  response: z.object({ items: z.array(z.object({ store: z.string(), links: z.int(), lastSeal: instant.nullable() })) }),
})
export const verifyAudit = describeRoute({
  ...read, id: 'verifyAudit', method: 'GET', path: '/api/admin/audit/verify', summary: '核验完整性', limit: 60,
  query: z.object({ store: z.string().max(40).default('audit'), fromSeq: z.coerce.number().int().min(1).default(1) }),
  response: z.object({
    store: z.string(), links: z.int(), rows: z.int(), nextSeq: z.int().nullable(),
    findings: z.array(z.object({
      seq: z.int(), at: instant, kind: z.enum(['missing', 'changed', 'added', 'chain']), id: id.nullable(),
      /** The place in words. */
      text: z.string(),
    })),
  }),
})
