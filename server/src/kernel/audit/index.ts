// The audit store: rows are written by runtime.ts with each command; here they are sealed, verified and searched.
import { sql } from 'kysely'
import { auditHash } from '../runtime.ts'
import { toIso, type Instant } from '../time/index.ts'
import type { SealedStore } from './seal.ts'

export { sealStore, verifyStore, type Finding, type SealedStore } from './seal.ts'

type AuditRow = { id: string; at: Instant } & Record<string, unknown>

export const auditStore: SealedStore = {
  name: 'audit',
  table: 'kernel_audit',
  async rehash(db, ids) {
    if (ids.length === 0) return new Map()
    const { rows } = await sql<AuditRow>`select id, at, tenant_id, kind, actor_id, actor_name, role, ip, terminal, module, act, object_type, object_id, changes, text, result, request_id
      from kernel_audit where id = any(${ids}::uuid[])`.execute(db)
    return new Map(rows.map((row) => [row.id, auditHash({ ...row, at: toIso(row.at) })]))
  },
}
