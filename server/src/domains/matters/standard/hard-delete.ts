// Deleting for good: a right of its own, a setting, the object's name typed again, three checks, and a report that stays.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { JsonValue } from '../../../kernel/db/json.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import { hardDeleteAllowed } from '../matters.settings.ts'
import type { MattersTables } from '../tables.gen.ts'
import { logChange } from './changes.ts'
import type { StandardKind } from './content.ts'
import { kindOf } from './kinds.ts'
import { touchStandard } from './standard-cache.ts'
import type * as contract from './standard-contract.ts'
import { deleteRow, lockRow } from './standard-row.ts'
import { stateNames } from './standard-state.ts'
import { hitsText, usagesOf, type MatterUsage } from './usage.ts'

/** What still names the object: orders and other domains' objects, running reviews, lists and links of the standard itself. */
async function referencesOf(ctx: Ctx, kind: StandardKind, id: string, pendingChangeId: string | null): Promise<MatterUsage[]> {
  const hits = await usagesOf(ctx, { kind, id })
  if (pendingChangeId) hits.push({ label: '审核中的变更', count: 1, open: 1, samples: [{ title: '待审核', link: `/matters/changes/${pendingChangeId}` }] })
  const db = ctx.acrossTenants<MattersTables>('lists and issues of lower tenants may name the object')
  const tenants = [...new Set([ctx.tenantId, ...ctx.actor.tenantIds])]
  if (kind === 'matter') {
    const count = async (table: 'matter_duty_entry' | 'matter_duty_line' | 'matter_link' | 'matter_issue'): Promise<number> =>
      (await db.selectFrom(table).select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', 'in', tenants).where('matter_id', '=', id).executeTakeFirstOrThrow()).n
    for (const [table, label] of [['matter_duty_entry', '职责清单条目'], ['matter_duty_line', '责任、权力、负面清单'], ['matter_link', '归类'], ['matter_issue', '下发记录']] as const) {
      const n = await count(table)
      if (n > 0) hits.push({ label, count: n, open: n, samples: [] })
    }
  }
  if (kind === 'schemeNode') {
    const { n } = await db.selectFrom('matter_link').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', 'in', tenants).where('node_id', '=', id).executeTakeFirstOrThrow()
    const below = await db.selectFrom('matter_scheme_node').select((e) => e.fn.countAll<number>().as('n')).where('tenant_id', '=', ctx.tenantId).where('parent_id', '=', id).executeTakeFirstOrThrow()
    if (n > 0) hits.push({ label: '归类的事项', count: n, open: n, samples: [] })
    if (below.n > 0) hits.push({ label: '下级分类', count: below.n, open: below.n, samples: [] })
  }
  return hits
}

const deletable = ['draft', 'rejected', 'withdrawn', 'offline', 'void']

export async function objectUsage(ctx: Ctx, input: Input<typeof contract.objectUsage>): Promise<Output<typeof contract.objectUsage>> {
  authorize(ctx, 'matters.read')
  const row = await lockRow(ctx, kindOf(input.kind), input.id)
  const hits = await referencesOf(ctx, input.kind, input.id, row.pendingChangeId)
  return { hits, deletable: hits.length === 0 && deletable.includes(row.state) }
}

/** @throws 403 without the right or the setting, 409 with the conflict report, 422 unless the code (or name) is typed again */
export async function hardDelete(ctx: Ctx, input: Input<typeof contract.hardDelete>): Promise<{ reportId: string }> {
  authorize(ctx, 'matters.hardDelete')
  if (!(await setting(ctx, hardDeleteAllowed))) throw mattersErrors('hardDeleteOff', { rule: hardDeleteAllowed.key })
  const spec = kindOf(input.kind)
  await touchStandard(ctx)
  const row = await lockRow(ctx, spec, input.id)
  if (!deletable.includes(row.state)) throw mattersErrors('wrongState', { rule: 'state', params: { state: stateNames[row.state], act: '彻底删除' } })
  const title = await spec.title(ctx, row.content)
  const typed = [row.content['code'], row.content['creditCode'], title].filter((one) => typeof one === 'string')
  if (!typed.includes(input.confirm.trim())) throw mattersErrors('confirmMismatch', { fields: [{ path: 'confirm', message: '与编码不一致' }] })
  const hits = await referencesOf(ctx, input.kind, row.id, row.pendingChangeId)
  if (hits.length > 0) throw mattersErrors('inUse', { params: { hits: hitsText(hits) }, current: { hits } })
  await spec.checkRetire(ctx, row.id, 'delete')
  await deleteRow(ctx, spec, row.id)
  await logChange(ctx, { objectKind: input.kind, objectId: row.id, title, kind: 'delete', before: row.content, after: null, reason: input.reason }, null)
  const reportId = newId()
  await ctx.db<MattersTables>().insertInto('matter_delete_report').values({
    tenant_id: ctx.tenantId, id: reportId, object_kind: input.kind, object_id: row.id, title, snapshot: json(row.content as JsonValue), hits: json([]),
    deleted_by: ctx.actor.id, deleted_by_name: ctx.actor.name, deleted_at: ts(ctx.clock.now()),
  }).execute()
  ctx.signal('matters.standard', row.id)
  return { reportId }
}
