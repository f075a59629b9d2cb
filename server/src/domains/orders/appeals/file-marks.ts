// Contents of files as checksums: the same evidence under another name is the same.
import type { Ctx } from '../../../kernel/ctx.ts'

export async function fileMarks(ctx: Ctx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await ctx.acrossTenants<{ kernel_file: { tenant_id: string; id: string; checksum: string } }>('files are the kernel’s').selectFrom('kernel_file').select('checksum').where('tenant_id', '=', ctx.tenantId).where('id', 'in', ids).execute()
  return new Set(rows.map((r) => r.checksum))
}
