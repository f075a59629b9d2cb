// One run over a source: asks at the site's pace outside any transaction, then writes page by page. What cannot be had is noted and changes nothing.
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { AppError } from '../../../kernel/errors.ts'
import { defineJob } from '../../../kernel/jobs/job.ts'
import { newId, runNested } from '../../../kernel/runtime.ts'
import { setting } from '../../platform/index.ts'
import { content } from '../content.ts'
import { createDraft, openTicket } from '../items/edit-item.ts'
import { contentOf, db, itemRow, saveItem, saveTicket, trail, versionRow } from '../items/item.queries.ts'
import { crawlRate } from '../settings.ts'
import type { KnowledgeTables } from '../tables.gen.ts'
import type { RunLine } from './crawl-contract.ts'
import { fetchPage, fetchRobots, type Fetched } from './fetch-page.ts'
import { linksOf, readPage } from './pages.ts'

type Source = Selectable<KnowledgeTables['knowledge_crawl_source']>
type Page = ReturnType<typeof readPage>
/** Pages asked in one run: new ones first, then those that were not looked at for longest. */
const MOST = 120

const hashOf = (page: Page): string => createHash('sha256').update(`${page.title}\n${page.text}`).digest('hex')

export const crawl = defineJob<{ tenantId: string; sourceId: string; runId: string }>({
  name: 'knowledge.crawl', schema: z.object({ tenantId: z.uuid(), sourceId: z.uuid(), runId: z.uuid() }), maxAttempts: 1,
  async run(begin, { tenantId, sourceId, runId }) {
    const inside = <T>(fn: (ctx: Ctx) => Promise<T>): Promise<T> => begin((system) => fn(inTenant(system, tenantId)))
    const start = await inside(async (ctx) => ({
      source: await db(ctx).selectFrom('knowledge_crawl_source').selectAll().where('tenant_id', '=', tenantId).where('id', '=', sourceId).executeTakeFirst(),
      known: await db(ctx).selectFrom('knowledge_crawl_page').select(['url', 'hash', 'state']).where('tenant_id', '=', tenantId).where('source_id', '=', sourceId).orderBy('seen_at').limit(5000).execute(), rate: await setting(ctx, crawlRate),
    }))
    const { source } = start
    if (!source) return
    const lines: RunLine[] = []
    const end = (fault: string | null) => inside(async (ctx) => {
      const n = (done: string): number => lines.filter((line) => line.done === done).length
      await db(ctx).updateTable('knowledge_crawl_run').set({ ended_at: ts(ctx.clock.now()), fault, asked: lines.length, added: n('新增草稿'), changed: n('有变化'), gone: n('已撤下'), lines: json(lines.filter((line) => line.done !== '没有变化').slice(0, 300)) }).where('tenant_id', '=', tenantId).where('id', '=', runId).execute()
      await db(ctx).updateTable('knowledge_crawl_source').set({ running_since: null }).where('tenant_id', '=', tenantId).where('id', '=', sourceId).execute()
      ctx.signal('knowledge.tickets')
    })
    const robots = await fetchRobots(source.list_url)
    if ('fault' in robots) return end(robots.fault)
    if (!robots.allows(new URL(source.list_url).pathname)) return end('网站的 robots.txt 不允许采集这个列表')
    const pause = Math.max(1000 / start.rate, robots.delaySeconds * 1000)
    await wait(pause)
    const list = await fetchPage(source.list_url)
    if (!list.ok) return end(list.why)
    const links = linksOf(list.html, source.list_url, source.link_rule)
    if (links.length === 0) return end('列表里没有符合规则的链接')
    const known = new Map(start.known.map((page) => [page.url, page]))
    const fresh = links.filter((link) => !known.has(link.url))
    const old = start.known.filter((page) => page.state !== 'gone').map((page) => ({ url: page.url, title: links.find((link) => link.url === page.url)?.title ?? '' }))
    for (const link of [...fresh, ...old].slice(0, MOST)) {
      if (!robots.allows(new URL(link.url).pathname)) { lines.push({ ...link, done: '未采', why: 'robots.txt 不允许' }); continue }
      await wait(pause)
      const answer = await fetchPage(link.url)
      lines.push(await inside((ctx) => keep(ctx, source, link, answer)))
    }
    return end(null)
  },
})

type Link = { url: string; title: string }

async function keep(ctx: Ctx, source: Source, link: Link, answer: Fetched): Promise<RunLine> {
  const line = (done: string, why = '', title = link.title): RunLine => ({ url: link.url, title, done, why })
  const before = await db(ctx).selectFrom('knowledge_crawl_page').selectAll().where('tenant_id', '=', ctx.tenantId).where('source_id', '=', source.id).where('url', '=', link.url).forUpdate().executeTakeFirst()
  const now = ts(ctx.clock.now())
  const note = async (values: { hash: string; state: string; item_id?: string | null }): Promise<void> => {
    await db(ctx).insertInto('knowledge_crawl_page').values({ tenant_id: ctx.tenantId, source_id: source.id, url: link.url, ...values, seen_at: now, changed_at: now }).onConflict((c) => c.columns(['tenant_id', 'source_id', 'url']).doUpdateSet({ ...values, seen_at: now, changed_at: now })).execute()
  }
  if (!answer.ok) {
    if (!answer.gone || !before) return line('未采', answer.why)
    // The check of the stock shows it to who keeps the text: whether it still holds is his to say.
    await note({ hash: before.hash, state: 'gone', item_id: before.item_id })
    return line('已撤下', answer.why)
  }
  const page = readPage(answer.html, { bodyFrom: source.body_from, bodyTo: source.body_to })
  const title = page.title || link.title
  if (page.text.length < 20 || title === '') return line('未采', '没有读到标题或正文', title)
  const hash = hashOf(page)
  if (before?.hash === hash && before.state !== 'gone') {
    await db(ctx).updateTable('knowledge_crawl_page').set({ seen_at: now }).where('tenant_id', '=', ctx.tenantId).where('source_id', '=', source.id).where('url', '=', link.url).execute()
    return line('没有变化', '', title)
  }
  const wanted = source.keywords.length === 0 || source.keywords.some((word) => `${title}\n${page.text}`.includes(word))
  if (!wanted && !before?.item_id) {
    await note({ hash, state: 'skipped' })
    return line('不要', '没有关键词', title)
  }
  try {
    return await runNested(ctx, async () => {
      if (before?.item_id) {
        const why = await offerChange(ctx, before.item_id, page)
        await note({ hash, state: 'kept', item_id: before.item_id })
        return line('有变化', why, title)
      }
      const made = await createDraft(ctx, draftOf(source, link, { ...page, title }), { statement: { basis: link.url, processing: `由“${source.name}”采集`, openPoints: '' }, origin: { source: 'crawl', sourceId: source.id } })
      await note({ hash, state: 'kept', item_id: made.itemId })
      return line('新增草稿', made.code, title)
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return line('未采', error.refusal.fields?.[0]?.message ?? error.title, title)
  }
}

const draftOf = (source: Source, link: Link, page: Page) => content.parse({ typeCode: source.type_code, directoryId: source.directory_id, ownerUnitId: source.owner_unit_id, audience: 'staff', title: page.title, body: page.doc, basis: page.basis, source: `${source.name} ${link.url}`.slice(0, 500) })

/** The site's new text as a change of the item: its keeper sees the difference and decides. Returns what became of it. */
async function offerChange(ctx: Ctx, itemId: string, page: Page): Promise<string> {
  const item = await itemRow(ctx, itemId)
  if (!item || item.state === 'discarded') return '知识已废止，未处理'
  if (item.ticket_id) {
    const ticket = await db(ctx).selectFrom('knowledge_ticket').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', item.ticket_id).forUpdate().executeTakeFirst()
    // A draft of ours that nobody has touched takes the newer text; one that a person works on is left alone.
    if (!ticket || ticket.source !== 'crawl' || ticket.state !== 'draft' || ticket.author_id !== null) return '有变更正在办理，请编辑者核对原网页'
    await saveTicket(ctx, ticket, { content: json({ ...contentOf(ticket), body: page.doc } as never) })
    return '草稿已换成新文字'
  }
  const version = item.version_number === null ? undefined : await versionRow(ctx, item.id, item.version_number)
  if (!version || item.state !== 'published') return '知识不在使用中，未处理'
  const ticket = await openTicket(ctx, { id: newId(), itemId: item.id, kind: 'modify', of: { ...contentOf(version), body: page.doc }, base: item.version_number, reason: '原网页有变化', source: 'crawl' })
  await saveItem(ctx, item.id, { ticket_id: ticket.id })
  await trail(ctx, { itemId: item.id, act: 'crawled' })
  return '已生成修改草稿，请对照'
}
