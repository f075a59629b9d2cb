// The kernel's table of files as this part uses it.
import type { Generated } from 'kysely'
import type { Instant } from '../../../kernel/time/index.ts'

export interface FileTables {
  kernel_file: {
    tenant_id: string
    id: string
    place: string
    object_type: string | null
    object_id: string | null
    name: string
    type: string
    size: number
    checksum: string
    storage_key: string
    uploaded_by: string | null
    uploaded_by_name: string
    audience: Generated<'staff' | 'public'>
    created_at: Instant
    deleted_at: Instant | null
    deleted_by: string | null
    deleted_by_name: string | null
    purged_at: Instant | null
  }
}
