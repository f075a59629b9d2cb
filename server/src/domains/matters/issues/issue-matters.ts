// Issuing matters downward and what the lower tenant makes of them.
import { sql } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { formatDuration, type Duration } from '../../../kernel/time/index.ts'
import { afterCursor, nextPage, notify, setting, tenantsBelow, tenantById } from '../../platform/index.ts'
import { mattersErrors } from '../matters.errors.ts'
import { localShorterOnly } from '../matters.settings.ts'
import { mattersByIds, findMatter } from '../matter/matter-by-id.ts'
import { createStandard } from '../standard/change-standard.ts'
import { duration } from '../standard/content.ts'
import { today } from '../standard/open-review.ts'
import { touchStandard } from '../standard/standard-cache.ts'
import type { MattersTables } from '../tables.gen.ts'
import { localContent } from './issue-contract.ts'
import type * as contract from './issue-contract.ts'
import { issueActsOf, issueStateNames, issueTransitions, type IssueState } from './issue.ts'

type Item = Output<typeof contract.listIssues>['items'][number]
const across = (ctx: Ctx) => ctx.acrossTenants<MattersTables>('an issue belongs to the tenant that issued and is worked on by the one it was issued to')

/** Each matter to each tenant below; what a tenant already has, and what is not in force, is named and left out. */
export async function issueMatters(ctx: Ctx, input: Input<typeof contract.issueMatters>): Promise<Output<typeof contract.issueMatters>> {
  authorize(ctx, 'matters.issue')
  const below = new Map((await tenantsBelow(ctx)).filter((tenant) => tenant.id !== ctx.tenantId).map((tenant) => [tenant.id, tenant.name]))
  const unknown = input.tenantIds.filter((id) => !below.has(id))
  if (unknown.length > 0) throw kernelErrors('invalid', { fields: [{ path: 'tenantIds', message: '只能下发给下级' }] })
  if (input.dueOn && input.dueOn < (await today(ctx))) throw kernelErrors('invalid', { fields: [{ path: 'dueOn', message: '不能早于今天' }] })
  const matters = await mattersByIds(ctx, input.matterIds)
  const batchId = newId()
  const skipped: Output<typeof contract.issueMatters>['skipped'] = []
  let issued = 0
  for (const tenantId of input.tenantIds) {
    let here = 0
    for (const matterId of input.matterIds) {
      const matter = matters.get(matterId)
      const tenantName = below.get(tenantId) ?? ''
      if (!matter || matter.tenantId !== ctx.tenantId || matter.status !== 'effective') {
        skipped.push({ matterName: matter?.name ?? matterId, tenantName, reason: '不是本级已生效的事项' })
        continue
      }
      const made = await ctx.db<MattersTables>().insertInto('matter_issue').values({
        tenant_id: ctx.tenantId, id: newId(), batch_id: batchId, target_tenant_id: tenantId, matter_id: matterId, matter_version: matter.version, state: 'issued', due_on: input.dueOn ?? null, issued_by_name: ctx.actor.name, issued_at: ts(ctx.clock.now()),
      }).onConflict((oc) => oc.columns(['target_tenant_id', 'matter_id']).where('state', 'not in', ['refused', 'recalled']).doNothing()).returning('id').executeTakeFirst()
      if (made) here += 1
      else skipped.push({ matterName: matter.name, tenantName, reason: '已下发' })
    }
    issued += here
    if (here > 0) await notify(inTenant(ctx, tenantId), { type: 'matters.issued', to: { permission: 'matters.edit' }, title: `上级下发 ${here} 项事项，请核验`, link: '/matters/issues', objectType: 'matterIssue', objectId: batchId, level: 'P3' })
  }
  return { batchId, issued, skipped }
}

export async function issueTargets(ctx: Ctx): Promise<Output<typeof contract.issueTargets>> {
  authorize(ctx, 'matters.issue')
  return { items: (await tenantsBelow(ctx)).filter((tenant) => tenant.id !== ctx.tenantId).map(({ id, name }) => ({ id, name })) }
}

export async function listIssues(ctx: Ctx, input: Input<typeof contract.listIssues>): Promise<Output<typeof contract.listIssues>> {
  authorize(ctx, 'matters.read')
  const side = input.direction === 'sent' ? ('tenant_id' as const) : ('target_tenant_id' as const)
  let query = across(ctx).selectFrom('matter_issue').where(side, '=', ctx.tenantId)
  if (input.state?.length) query = query.where('state', 'in', input.state)
  if (input.tenantId) query = query.where(input.direction === 'sent' ? 'target_tenant_id' : 'tenant_id', '=', input.tenantId)
  if (input.matterId) query = query.where('matter_id', '=', input.matterId)
  const { n } = await query.select((e) => e.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  const rows = await query.selectAll().where(afterCursor(input.cursor, 'issued_at', 'id')).orderBy('issued_at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (row) => row.issued_at)
  const matters = await mattersByIds(ctx, page.items.map((row) => row.matter_id))
  const now = await today(ctx)
  const items: Item[] = []
  for (const row of page.items) {
    const matter = matters.get(row.matter_id)
    const state = stateOf(row.state)
    const current = matter?.version ?? row.matter_version
    items.push({
      id: row.id, batchId: row.batch_id, direction: input.direction, tenantId: input.direction === 'sent' ? row.target_tenant_id : row.tenant_id, tenantName: (await tenantById(ctx, input.direction === 'sent' ? row.target_tenant_id : row.tenant_id)).name,
      matterId: row.matter_id, matterCode: matter?.code ?? '', matterName: matter?.name ?? '', confirmedVersion: row.content_version ?? row.matter_version, matterVersion: row.matter_version, currentVersion: current, outdated: current > (row.content_version ?? row.matter_version), overdue: row.due_on !== null && row.due_on < now && ['issued', 'accepted', 'assigned'].includes(state),
      state, stateName: issueStateNames[state], reason: row.reason, dueOn: row.due_on, content: localContent.parse(row.content), issuedByName: row.issued_by_name, issuedAt: row.issued_at, decidedByName: row.decided_by_name, decidedAt: row.decided_at, confirmedByName: row.confirmed_by_name, confirmedAt: row.confirmed_at,
      acts: issueActsOf(state, input.direction === 'sent' ? 'sender' : 'receiver', can(ctx, input.direction === 'sent' ? 'matters.issue' : 'matters.edit')),
    })
  }
  return { items, next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 } }
}

export async function issueProgress(ctx: Ctx): Promise<Output<typeof contract.issueProgress>> {
  authorize(ctx, 'matters.read')
  const rows = (await sql<{ tenantId: string; state: string; n: number; overdue: number }>`select target_tenant_id as "tenantId", state, count(*)::int as n, count(*) filter (where due_on < ${await today(ctx)}::date and state in ('issued', 'accepted', 'assigned'))::int as overdue
    from matter_issue where tenant_id = ${ctx.tenantId} group by 1, 2`.execute(ctx.db())).rows
  const names = new Map((await tenantsBelow(ctx)).map((tenant) => [tenant.id, tenant.name]))
  const ids = [...new Set(rows.map((row) => row.tenantId))]
  return { items: ids.map((id) => ({ tenantId: id, tenantName: names.get(id) ?? '', counts: Object.fromEntries(rows.filter((row) => row.tenantId === id).map((row) => [row.state, row.n])), overdue: rows.filter((row) => row.tenantId === id).reduce((sum, row) => sum + row.overdue, 0) })) }
}

/** @throws 404 for an issue between others, 409 for a wrong state, 422 for a missing reason, units or a longer limit */
export async function actOnIssue(ctx: Ctx, input: Input<typeof contract.actOnIssue>): Promise<Output<typeof contract.actOnIssue>> {
  const rule = issueTransitions[input.act]
  authorize(ctx, rule.by === 'sender' ? 'matters.issue' : 'matters.edit')
  const row = await across(ctx).selectFrom('matter_issue').selectAll().where('id', '=', input.id).where(rule.by === 'sender' ? 'tenant_id' : 'target_tenant_id', '=', ctx.tenantId).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  const state = stateOf(row.state)
  if (!rule.from.includes(state)) throw mattersErrors('issueState', { rule: 'state', params: { state: issueStateNames[state], act: rule.label } })
  if ((input.act === 'refuse' || input.act === 'recall') && !input.reason) throw mattersErrors('reasonRequired', { fields: [{ path: 'reason', message: '必填' }] })
  const changeIds = input.act === 'assign' ? await assign(ctx, row.matter_id, input.units ?? []) : []
  const content = input.act === 'complete' ? await completed(ctx, row.matter_id, input.content ?? {}) : null
  const now = ts(ctx.clock.now())
  await across(ctx).updateTable('matter_issue').set({
    state: rule.to, ...(input.reason ? { reason: input.reason } : {}),
    ...(content ? { content: json(content.content), content_version: content.version, confirmed_by_name: ctx.actor.name, confirmed_at: now } : { decided_by_name: ctx.actor.name, decided_at: now }),
  }).where('tenant_id', '=', row.tenant_id).where('id', '=', row.id).execute()
  await touchStandard(ctx)
  if (input.act === 'refuse') {
    const matter = await findMatter(ctx, row.matter_id)
    const own = await tenantById(ctx, ctx.tenantId)
    await notify(inTenant(ctx, row.tenant_id), { type: 'matters.issueRefused', to: { permission: 'matters.issue' }, title: `${own.name}退回下发的事项“${matter?.name ?? ''}”`, text: input.reason ?? '', link: '/matters/issues?direction=sent', objectType: 'matterIssue', objectId: row.id, level: 'P3' })
  }
  return { state: rule.to, changeIds }
}

/** The handling right comes with the duty entry, and that goes through the review of the lower tenant. */
async function assign(ctx: Ctx, matterId: string, units: NonNullable<Input<typeof contract.actOnIssue>['units']>): Promise<string[]> {
  if (!units.some((unit) => unit.role === 'lead')) throw kernelErrors('invalid', { fields: [{ path: 'units', message: '请指定主办单位' }] })
  const changeIds: string[] = []
  for (const { boundary, ...unit } of units) {
    const { changeId } = await createStandard(ctx, 'dutyEntry', { content: { matterId, ...unit, boundary: boundary ?? null }, submit: true })
    if (changeId) changeIds.push(changeId)
  }
  return changeIds
}

const days: Record<Duration['unit'], number> = { naturalMinutes: 1 / 1440, naturalHours: 1 / 24, naturalDays: 1, workingHours: 1 / 8, workingDays: 1 }

async function completed(ctx: Ctx, matterId: string, content: NonNullable<Input<typeof contract.actOnIssue>['content']>) {
  const matter = await findMatter(ctx, matterId)
  if (!matter) throw kernelErrors('notFound')
  const row = await ctx.acrossTenants<MattersTables>('the limit of an inherited matter').selectFrom('matter_matter').select('duration').where('tenant_id', '=', matter.tenantId).where('id', '=', matterId).executeTakeFirstOrThrow()
  const standard = row.duration === null ? null : duration.parse(row.duration)
  if (content.duration && standard && (await setting(ctx, localShorterOnly)) && content.duration.amount * days[content.duration.unit] > standard.amount * days[standard.unit]) {
    throw mattersErrors('longerLimit', { rule: localShorterOnly.key, params: { limit: formatDuration(standard) }, fields: [{ path: 'content.duration', message: '不能长于标准时限' }] })
  }
  return { content, version: matter.version }
}

const stateOf = (state: string): IssueState => Object.keys(issueStateNames).find((known): known is IssueState => known === state) ?? 'issued'
