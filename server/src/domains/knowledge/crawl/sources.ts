// Sources are kept by who keeps the knowledge; a run is asked for by hand or by the clock.
import type { Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { HOUR, plus } from '../../../kernel/time/index.ts'
import { unitsByIds } from '../../platform/index.ts'
import { directoryPaths } from '../directory/directories.ts'
import { db } from '../items/item.queries.ts'
import { knowledgeFail } from '../knowledge.errors.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import { typeByCode } from '../types/types.ts'
import type * as contract from './crawl-contract.ts'
import { fetchPage, fetchRobots } from './fetch-page.ts'
import { linksOf, readPage } from './pages.ts'
import { crawl } from './run-crawl.ts'

type RunRow = Selectable<KnowledgeTables['knowledge_crawl_run']>
type Run = Output<typeof contract.listRuns>['items'][number]

/** A run that did not end within this time was cut off. */
export const CUT_OFF = 2 * HOUR
const runOf = (row: RunRow): Run => ({ id: row.id, begunAt: row.begun_at, endedAt: row.ended_at, asked: row.asked, added: row.added, changed: row.changed, gone: row.gone, fault: row.fault, lines: row.lines as Run['lines'] })

export async function listSources(ctx: Ctx): Promise<Output<typeof contract.listSources>> {
  authorize(ctx, 'knowledge.manage')
  const rows = await db(ctx).selectFrom('knowledge_crawl_source as s').selectAll('s').select((eb) => eb.selectFrom('knowledge_crawl_page as p').select((e) => e.fn.countAll<number>().as('n')).whereRef('p.tenant_id', '=', 's.tenant_id').whereRef('p.source_id', '=', 's.id').where('p.state', '=', 'kept').as('pages')).where('s.tenant_id', '=', ctx.tenantId).orderBy('s.name').limit(200).execute()
  const last = rows.length === 0 ? [] : await db(ctx).selectFrom('knowledge_crawl_run').distinctOn('source_id').selectAll().where('tenant_id', '=', ctx.tenantId).where('source_id', 'in', rows.map((row) => row.id)).orderBy('source_id').orderBy('begun_at', 'desc').execute()
  const [runs, paths] = [new Map(last.map((row) => [row.source_id, row])), await directoryPaths(ctx)]
  return {
    items: rows.map((row) => {
      const run = runs.get(row.id)
      return {
        id: row.id, name: row.name, listUrl: row.list_url, linkRule: row.link_rule, bodyFrom: row.body_from, bodyTo: row.body_to, keywords: row.keywords, everyHours: row.every_hours, typeCode: row.type_code, directoryId: row.directory_id, directoryName: paths.get(row.directory_id)?.path.join(' / ') ?? '', ownerUnitId: row.owner_unit_id, enabled: row.enabled,
        nextAt: row.next_at, running: row.running_since !== null && row.running_since > plus(ctx.clock.now(), -CUT_OFF), pages: Number(row.pages ?? 0), version: row.version, changedAt: row.changed_at, changedByName: row.changed_by_name, last: run ? runOf(run) : null,
      }
    }),
  }
}

export async function saveSource(ctx: Ctx, input: Input<typeof contract.saveSource>): Promise<{ id: string }> {
  authorize(ctx, 'knowledge.manage')
  const refuse = (path: string, message: string) => kernelErrors('invalid', { fields: [{ path, message }] })
  if (!(await typeByCode(ctx, input.typeCode)).enabled) throw refuse('typeCode', '该类型已停用')
  if (!(await directoryPaths(ctx)).has(input.directoryId)) throw refuse('directoryId', '目录不存在')
  if (!(await unitsByIds(ctx, [input.ownerUnitId])).has(input.ownerUnitId)) throw refuse('ownerUnitId', '责任单位不存在')
  const twin = await db(ctx).selectFrom('knowledge_crawl_source').select('id').where('tenant_id', '=', ctx.tenantId).where('name', '=', input.name).executeTakeFirst()
  if (twin && twin.id !== input.id) throw refuse('name', '已有同名来源')
  const now = ts(ctx.clock.now())
  const values = { name: input.name, list_url: input.listUrl, link_rule: input.linkRule, body_from: input.bodyFrom, body_to: input.bodyTo, keywords: [...new Set(input.keywords)], every_hours: input.everyHours, type_code: input.typeCode, directory_id: input.directoryId, owner_unit_id: input.ownerUnitId, enabled: input.enabled, next_at: now, version: input.version + 1, changed_at: now, changed_by_name: ctx.actor.name }
  if (input.id === undefined) {
    const id = newId()
    await db(ctx).insertInto('knowledge_crawl_source').values({ tenant_id: ctx.tenantId, id, ...values }).execute()
    return { id }
  }
  const saved = await db(ctx).updateTable('knowledge_crawl_source').set(values).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).where('version', '=', input.version).returning('id').executeTakeFirst()
  if (!saved) throw kernelErrors('conflict')
  return { id: input.id }
}

export async function runSource(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, 'knowledge.manage')
  const row = await db(ctx).selectFrom('knowledge_crawl_source').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row) throw kernelErrors('notFound')
  if (row.running_since !== null && row.running_since > plus(ctx.clock.now(), -CUT_OFF)) throw knowledgeFail('crawling', { params: { name: row.name } })
  await begin(ctx, row)
  return {}
}

async function begin(ctx: Ctx, row: { id: string; every_hours: number }): Promise<void> {
  const now = ctx.clock.now()
  await db(ctx).updateTable('knowledge_crawl_source').set({ running_since: ts(now), next_at: ts(plus(now, row.every_hours * HOUR)) }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  const runId = newId()
  await db(ctx).insertInto('knowledge_crawl_run').values({ tenant_id: ctx.tenantId, id: runId, source_id: row.id, begun_at: ts(now) }).execute()
  ctx.enqueue(crawl, { tenantId: ctx.tenantId, sourceId: row.id, runId })
}

/** Cron: sources whose time has come, and none that is still on its way. */
export async function crawlDue(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now()
  const due = await db(ctx).selectFrom('knowledge_crawl_source').selectAll().where('tenant_id', '=', ctx.tenantId).where('enabled', '=', true).where('next_at', '<=', ts(now)).where((e) => e.or([e('running_since', 'is', null), e('running_since', '<', ts(plus(now, -CUT_OFF)))])).orderBy('next_at').limit(10).forUpdate().skipLocked().execute()
  for (const row of due) await begin(ctx, row)
}

export async function listRuns(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.listRuns>> {
  authorize(ctx, 'knowledge.manage')
  const rows = await db(ctx).selectFrom('knowledge_crawl_run').selectAll().where('tenant_id', '=', ctx.tenantId).where('source_id', '=', input.id).orderBy('begun_at', 'desc').limit(30).execute()
  return { items: rows.map(runOf) }
}

export async function trySource(ctx: Ctx, input: Input<typeof contract.trySource>): Promise<Output<typeof contract.trySource>> {
  authorize(ctx, 'knowledge.manage')
  const none = { links: [], title: '', text: '' }
  const robots = await fetchRobots(input.listUrl)
  if ('fault' in robots) return { ...none, fault: robots.fault }
  if (!robots.allows(new URL(input.listUrl).pathname)) return { ...none, fault: '网站的 robots.txt 不允许采集这个列表' }
  const list = await fetchPage(input.listUrl)
  if (!list.ok) return { ...none, fault: list.why }
  const links = linksOf(list.html, input.listUrl, input.linkRule)
  const first = links.find((link) => robots.allows(new URL(link.url).pathname))
  if (!first) return { ...none, links: links.slice(0, 20), fault: links.length === 0 ? '列表里没有符合规则的链接，请检查“链接规则”' : '网站的 robots.txt 不允许采集这些页面' }
  const page = await fetchPage(first.url)
  if (!page.ok) return { ...none, links: links.slice(0, 20), fault: page.why }
  const read = readPage(page.html, input)
  return { fault: read.from ? null : '页面里没有“正文开始”标记，取了整页', links: links.slice(0, 20), title: read.title || first.title, text: read.text.slice(0, 600) }
}
