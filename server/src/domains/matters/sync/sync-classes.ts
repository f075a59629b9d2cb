// Classes of an upper platform arrive by push or by the daily question, and are applied at once or after confirmation (MAT-13).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage, notify, setting } from '../../platform/index.ts'
import { z } from 'zod'
import { schemes } from '../classes/schemes.ts'
import { schemeNodeKind } from '../classes/scheme-node-kind.ts'
import { mattersErrors } from '../matters.errors.ts'
import { standardPublished } from '../matters.events.ts'
import { schemeSync } from '../matters.settings.ts'
import { keepVersion, logChange } from '../standard/changes.ts'
import { schemeNodeContent } from '../standard/content.ts'
import { kindOf } from '../standard/kinds.ts'
import { forgetPart, touchStandard } from '../standard/standard-cache.ts'
import { insertRow, lockRow, updateRow } from '../standard/standard-row.ts'
import type { MattersTables } from '../tables.gen.ts'
import { differencesOf, upstreamFault, type Difference, type LocalNode } from './differences.ts'
import { difference, upstreamNode } from './sync-contract.ts'
import type * as contract from './sync-contract.ts'
import { askNow } from './sources.ts'
import { runStateNames } from './sync-texts.zh-CN.ts'

/** Asked once a day for each scheme: the upper platform's classes as they stand there; null where nobody knows. */
export const upstreamClasses = definePort<(ctx: Ctx, scheme: string) => Promise<contract.UpstreamNode[] | null>>('matters.upstreamClasses')

type Run = Output<typeof contract.getRun>
const db = (ctx: Ctx) => ctx.db<MattersTables>()

/** Own classes that are offered now, of one scheme. */
async function localNodes(ctx: Ctx, scheme: string): Promise<LocalNode[]> {
  return db(ctx).selectFrom('matter_scheme_node').select(['id', 'code', 'name', 'parent_id as parentId', 'external_code as externalCode']).where('tenant_id', '=', ctx.tenantId).where('scheme', '=', scheme).where('state', '=', 'effective').orderBy('level').orderBy('code').execute()
}

const shown = (d: Difference, local: readonly LocalNode[], upstream: readonly contract.UpstreamNode[]): z.output<typeof difference> => {
  const parentName = (id: string | null): string | null => local.find((l) => l.id === id)?.name ?? null
  const above = (code: string | null): string | null => upstream.find((n) => n.code === code)?.name ?? null
  if (d.kind === 'new') return { kind: 'new', code: d.node.code, name: d.node.name, before: null, after: above(d.node.parentCode) }
  if (d.kind === 'deleted') return { kind: 'deleted', code: d.local.code, name: d.local.name, before: parentName(d.local.parentId), after: null }
  return d.kind === 'renamed' ? { kind: 'renamed', code: d.node.code, name: d.node.name, before: d.local.name, after: d.node.name } : { kind: 'moved', code: d.node.code, name: d.node.name, before: parentName(d.local.parentId), after: above(d.node.parentCode) }
}

export async function pushClasses(ctx: Ctx, input: Input<typeof contract.pushClasses>): Promise<Run> {
  authorize(ctx, 'matters.edit')
  return getRun(ctx, { id: await receive(ctx, input.scheme, input.nodes, 'pushed') })
}

/** The source's classes now, by hand. */
export async function fetchScheme(ctx: Ctx, input: { scheme: string }): Promise<Run> {
  authorize(ctx, 'matters.edit')
  return getRun(ctx, { id: await receive(ctx, input.scheme, await askNow(ctx, input.scheme), 'fetched') })
}

async function receive(ctx: Ctx, scheme: string, nodes: contract.UpstreamNode[], source: 'pushed' | 'fetched'): Promise<string> {
  if (!(await schemes(ctx)).some((one) => one.code === scheme)) throw kernelErrors('invalid', { fields: [{ path: 'scheme', message: '分类体系不存在' }] })
  const fault = upstreamFault(nodes)
  if (fault) throw kernelErrors('invalid', { fields: [{ path: 'nodes', message: fault }] })
  await touchStandard(ctx)
  const local = await localNodes(ctx, scheme)
  const found = differencesOf(nodes, local)
  const id = newId()
  // What waits is out of date as soon as a newer list has arrived.
  await db(ctx).updateTable('matter_sync_run').set({ state: 'discarded', decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('scheme', '=', scheme).where('state', '=', 'pending').execute()
  await db(ctx).insertInto('matter_sync_run').values({ tenant_id: ctx.tenantId, id, scheme, source, nodes: json(nodes), differences: json(found.map((d) => shown(d, local, nodes))), state: 'pending', by_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
  if (found.length === 0 || (await setting(ctx, schemeSync)) === 'auto') await apply(ctx, id, scheme, found)
  else await notify(ctx, { type: 'matters.sync', to: { permission: 'matters.edit' }, level: 'P3', title: `上级分类有 ${found.length} 处变化，待确认`, link: `/matters/sync?run=${id}`, objectType: 'matterSync', objectId: id })
  return id
}

export async function decideRun(ctx: Ctx, input: Input<typeof contract.decideRun>): Promise<Run> {
  authorize(ctx, 'matters.edit')
  await touchStandard(ctx)
  const run = await db(ctx).selectFrom('matter_sync_run').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!run) throw kernelErrors('notFound')
  if (run.state !== 'pending') throw mattersErrors('syncDecided', { params: { state: runStateNames[run.state] ?? '' } })
  if (input.outcome === 'discard') await end(ctx, run.id, 'discarded')
  else await apply(ctx, run.id, run.scheme, differencesOf(z.array(upstreamNode).parse(run.nodes), await localNodes(ctx, run.scheme)))
  return getRun(ctx, input)
}

const end = async (ctx: Ctx, id: string, state: 'applied' | 'discarded'): Promise<unknown> => db(ctx).updateTable('matter_sync_run').set({ state, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()

/** The upper platform is the master of what it deletes and moves: its classes change without review, each as a version of its own. */
async function apply(ctx: Ctx, runId: string, scheme: string, found: Difference[]): Promise<void> {
  const spec = kindOf('schemeNode')
  const ids = new Map((await localNodes(ctx, scheme)).filter((l) => l.externalCode === l.code).map((l) => [l.code, l.id]))
  const parentOf = (code: string | null): string | null => (code === null ? null : (ids.get(code) ?? null))
  for (const d of found) {
    if (d.kind === 'new') {
      const content = schemeNodeContent.parse({ scheme, code: d.node.code, name: d.node.name, parentId: parentOf(d.node.parentCode), externalCode: d.node.code })
      await schemeNodeKind.check(ctx, content, { id: null, stage: 'save' })
      const id = await insertRow(ctx, spec, { content, state: 'effective', version: 1 })
      ids.set(d.node.code, id)
      await kept(ctx, id, 1, content, 'effective', null, 'create')
      continue
    }
    const row = await lockRow(ctx, spec, d.local.id)
    const version = row.version + 1
    const content = schemeNodeContent.parse({ ...row.content, ...(d.kind === 'renamed' ? { name: d.node.name } : {}), ...(d.kind === 'moved' ? { parentId: parentOf(d.node.parentCode) } : {}) })
    const state = d.kind === 'deleted' ? 'offline' : 'effective'
    await updateRow(ctx, spec, row.id, { state, version, content, pendingChangeId: null })
    if (d.kind === 'moved') await movePaths(ctx, row.id)
    await kept(ctx, row.id, version, content, state, row.content, d.kind === 'deleted' ? 'offline' : 'modify')
  }
  forgetPart(ctx, 'schemeNodes')
  await end(ctx, runId, 'applied')
  ctx.signal('matters.standard')
}

async function kept(ctx: Ctx, objectId: string, version: number, content: Record<string, unknown>, state: 'effective' | 'offline', before: Record<string, unknown> | null, kind: 'create' | 'modify' | 'offline'): Promise<void> {
  const changeId = await logChange(ctx, { objectKind: 'schemeNode', objectId, title: String(content['name']), kind, before, after: content, reason: '上级平台同步' }, version)
  await keepVersion(ctx, { objectKind: 'schemeNode', objectId, version, snapshot: content, state, changeId, opinion: '上级平台同步' })
  ctx.publish(standardPublished({ id: objectId, kind: 'schemeNode', version, state }))
}

/** Everything below a moved class follows it. */
async function movePaths(ctx: Ctx, id: string): Promise<void> {
  const rows = await db(ctx).selectFrom('matter_scheme_node').select(['id', 'parent_id', 'path']).where('tenant_id', '=', ctx.tenantId).where((eb) => eb(eb.val(id), '=', eb.fn.any('path'))).orderBy('level').execute()
  const paths = new Map(rows.filter((r) => r.id === id).map((r) => [r.id, r.path]))
  for (let again = true; again;) {
    again = false
    for (const row of rows) {
      const above = paths.get(row.parent_id ?? '')
      if (row.id === id || !above || paths.has(row.id)) continue
      paths.set(row.id, [...above, row.id])
      again = true
    }
  }
  for (const [rowId, path] of paths) if (rowId !== id) await db(ctx).updateTable('matter_scheme_node').set({ path, level: path.length }).where('tenant_id', '=', ctx.tenantId).where('id', '=', rowId).execute()
}

type Row = { id: string; scheme: string; source: string; state: string; differences: unknown; by_name: string; at: Run['at']; decided_by_name: string | null; decided_at: Run['decidedAt'] }
async function runView(ctx: Ctx, r: Row): Promise<Run> {
  const differences = z.array(difference).parse(r.differences)
  const count = (kind: (typeof contract.differenceKinds)[number]): number => differences.filter((d) => d.kind === kind).length
  return {
    id: r.id, scheme: r.scheme, schemeName: (await schemes(ctx)).find((one) => one.code === r.scheme)?.name ?? r.scheme, source: r.source === 'fetched' ? 'fetched' : 'pushed', state: r.state as Run['state'], stateName: runStateNames[r.state] ?? r.state,
    counts: { new: count('new'), renamed: count('renamed'), moved: count('moved'), deleted: count('deleted') }, byName: r.by_name, at: r.at, decidedByName: r.decided_by_name, decidedAt: r.decided_at, differences,
  }
}
const runs = (ctx: Ctx) => db(ctx).selectFrom('matter_sync_run as r').where('r.tenant_id', '=', ctx.tenantId)

export async function listRuns(ctx: Ctx, input: Input<typeof contract.listRuns>): Promise<Output<typeof contract.listRuns>> {
  authorize(ctx, 'matters.read')
  const query = input.scheme ? runs(ctx).where('r.scheme', '=', input.scheme) : runs(ctx)
  const rows = await query.select(['r.id', 'r.scheme', 'r.source', 'r.state', 'r.differences', 'r.by_name', 'r.at', 'r.decided_by_name', 'r.decided_at']).where(afterCursor(input.cursor, 'r.at', 'r.id')).orderBy('r.at', 'desc').orderBy('r.id', 'desc').limit(input.limit + 1).execute()
  const page = nextPage(rows, input.limit, (r) => r.at)
  const items = []
  for (const row of page.items) {
    const { differences: _differences, ...item } = await runView(ctx, row)
    items.push(item)
  }
  return { items, next: page.next, count: await boundCount(ctx, query) }
}

export async function getRun(ctx: Ctx, input: { id: string }): Promise<Run> {
  authorize(ctx, 'matters.read')
  const row = await runs(ctx).selectAll('r').where('r.id', '=', input.id).executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  return runView(ctx, row)
}

/** Once a day: what the upper platform has now. */
export async function fetchClasses(ctx: Ctx): Promise<void> {
  if (upstreamClasses.all().length === 0) return
  for (const scheme of await schemes(ctx)) {
    const last = await runs(ctx).select('r.at').where('r.scheme', '=', scheme.code).where('r.source', '=', 'fetched').orderBy('r.at', 'desc').executeTakeFirst()
    if (last && last.at > plus(ctx.clock.now(), -DAY)) continue
    for (const ask of upstreamClasses.all()) {
      const nodes = await ask(ctx, scheme.code)
      if (nodes && nodes.length > 0) await receive(ctx, scheme.code, nodes, 'fetched')
    }
  }
}
