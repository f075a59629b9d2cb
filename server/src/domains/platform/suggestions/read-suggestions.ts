// Lists, one suggestion with its history, statistics and the export.
import { sql, type RawBuilder } from 'kysely'
import { authorize, can, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { formatFull } from '../../../kernel/time/index.ts'
import { filesOf, type FileObject } from '../attachments/index.ts'
import type { ExportSource } from '../lists/index.ts'
import { afterCursor, nextPage } from '../lists/keyset.ts'
import { likeText } from '../reach.ts'
import * as contract from './contract.ts'
import { columns, DECIDE, everywhere, findAlike, from, isTop, readable, readSuggestion, REVIEW, type SuggestionRow } from './suggestion.queries.ts'
import { adoptedStates, stateNames } from './suggestion.ts'

type Query = Input<typeof contract.listSuggestions>
type Item = Output<typeof contract.listSuggestions>['items'][number]
const kindNames = { system: '系统', business: '业务' } as const

async function condition(ctx: Ctx, input: Query): Promise<RawBuilder<boolean>> {
  const of = {
    adopted: sql`s.state = any(${adoptedStates}::text[])`,
    mine: sql`s.tenant_id = ${ctx.tenantId} and s.created_by = ${userId(ctx)}`,
    firstReview: sql`s.tenant_id = ${ctx.tenantId} and s.state = 'firstReview' and ${can(ctx, REVIEW)}`,
    secondReview: sql`s.state = 'secondReview' and ${can(ctx, DECIDE)}`,
    all: sql`s.state <> 'draft'`,
  }[input.of]
  return sql<boolean>`${of} and ${await readable(ctx)} and ${input.kind ? sql`s.kind = ${input.kind}` : sql`true`} and ${input.state ? sql`s.state = ${input.state}` : sql`true`} and ${input.query ? sql`s.title ilike ${`%${likeText(input.query)}%`}` : sql`true`}`
}

const view = ({ tenantId: _t, content: _c, effect: _e, unitId: _u, words: _w, createdBy: _b, ...row }: SuggestionRow): Item => row

export async function listSuggestions(ctx: Ctx, input: Query): Promise<Output<typeof contract.listSuggestions>> {
  const where = await condition(ctx, input)
  const { rows } = await sql<SuggestionRow>`select ${columns(ctx)} ${from} where ${where} and ${afterCursor(input.cursor, 's.changed_at', 's.id')} order by s.changed_at desc, s.id desc limit ${input.limit + 1}`.execute(everywhere(ctx))
  const counted = await sql<{ n: number }>`select count(*)::int as n from (select 1 ${from} where ${where} limit 1001) b`.execute(everywhere(ctx))
  const n = counted.rows[0]?.n ?? 0
  const page = nextPage(rows, input.limit, (row) => row.changedAt)
  return { items: page.items.map(view), next: page.next, count: { value: Math.min(n, 1000), capped: n > 1000 }, top: await isTop(ctx) }
}

async function actsOn(ctx: Ctx, row: SuggestionRow): Promise<Output<typeof contract.getSuggestion>['acts']> {
  if (row.mine) return row.state === 'draft' ? ['edit', 'submit'] : []
  if (row.state === 'firstReview') return can(ctx, REVIEW) && row.tenantId === ctx.tenantId ? ['pass', 'refuse'] : []
  if (!can(ctx, DECIDE) || !(await isTop(ctx))) return []
  return row.state === 'secondReview' ? ['adopt', 'refuse'] : row.state === 'planned' || row.state === 'developing' ? ['advance'] : []
}

export async function getSuggestion(ctx: Ctx, input: { id: string }): Promise<Output<typeof contract.getSuggestion>> {
  const row = await readSuggestion(ctx, input.id)
  const history = await sql<{ at: SuggestionRow['changedAt']; state: SuggestionRow['state']; text: string | null; by: string }>`select at, state, text, by_name as by from platform_suggestion_event where tenant_id = ${row.tenantId} and suggestion_id = ${row.id} order by at, id`.execute(everywhere(ctx))
  const files = row.tenantId === ctx.tenantId ? (await filesOf(ctx, 'suggestion', [row.id])).get(row.id) ?? [] : []
  return { ...view(row), content: row.content, effect: row.effect, unitId: row.unitId, files: files.map(({ id, name, size, type }) => ({ id, name, size, type })), history: history.rows, similar: await findAlike(ctx, row.words, row.id), acts: await actsOn(ctx, row) }
}

/** Reviewers count their own tenant, the top counts all. Drafts count nowhere. */
export async function suggestionStatistics(ctx: Ctx, input: Input<typeof contract.suggestionStatistics>): Promise<Output<typeof contract.suggestionStatistics>> {
  if (!can(ctx, REVIEW)) authorize(ctx, DECIDE)
  const top = can(ctx, DECIDE) && (await isTop(ctx))
  const base = sql`${from} where s.state <> 'draft' and ${top ? sql`true` : sql`s.tenant_id = ${ctx.tenantId}`} and coalesce(s.submitted_at >= ${input.from ?? null}::date, true) and coalesce(s.submitted_at < ${input.to ?? null}::date + 1, true) and ${input.kind ? sql`s.kind = ${input.kind}` : sql`true`}`
  const db = everywhere(ctx)
  const states = (await sql<{ key: contract.SuggestionState; count: number }>`select s.state as key, count(*)::int as count ${base} group by 1`.execute(db)).rows
  const kinds = (await sql<{ key: 'system' | 'business'; count: number }>`select s.kind as key, count(*)::int as count ${base} group by 1 order by 2 desc`.execute(db)).rows
  const tenants = (await sql<{ name: string; submitted: number; adopted: number; refused: number }>`select t.name, count(*)::int as submitted, count(*) filter (where s.state = any(${adoptedStates}::text[]))::int as adopted, count(*) filter (where s.state = 'refused')::int as refused ${base} group by t.id, t.name order by 2 desc, 1 limit 100`.execute(db)).rows
  const words = (await sql<{ key: string; count: number }>`select w as key, count(*)::int as count from (select unnest(s.words) as w ${base}) x group by 1 having count(*) > 1 order by 2 desc, 1 limit 20`.execute(db)).rows
  const count = (of: readonly string[]): number => states.filter((one) => of.includes(one.key)).reduce((sum, one) => sum + one.count, 0)
  const adopted = count(adoptedStates)
  return {
    submitted: count(contract.suggestionStates), adopted, decided: adopted + count(['refused']), kinds: kinds.map((one) => ({ ...one, name: kindNames[one.key] })), words: words.map((one) => ({ ...one, name: one.key })), tenants,
    states: contract.suggestionStates.flatMap((key) => states.filter((one) => one.key === key)).map((one) => ({ ...one, name: stateNames[one.key] })),
  }
}

/** Whoever may read the suggestion; files stay with the tenant that has them. */
export async function mayOpenSuggestionFile(ctx: Ctx, file: FileObject): Promise<boolean | null> {
  if (file.objectType !== 'suggestion') return null
  return readSuggestion(ctx, file.objectId).then(() => true, () => false)
}

export const suggestionExport: ExportSource = {
  page: 'suggestions', title: '改进意见', permission: REVIEW,
  columns: [['title', '标题'], ['kind', '类型'], ['urgency', '紧急程度'], ['tenant', '租户'], ['unit', '单位'], ['by', '提交人'], ['state', '状态'], ['reason', '不采纳原因'], ['content', '内容'], ['effect', '预期效果'], ['submittedAt', '提交时间']].map(([key = '', label = '']) => ({ key, label })),
  async count(ctx, filter) {
    authorize(ctx, REVIEW)
    return (await listSuggestions(ctx, contract.listSuggestions.query.parse({ ...filter, limit: 1 }))).count.value
  },
  async *rows(ctx, filter, _columns, { ids }) {
    for (let cursor: string | undefined; ; ) {
      const where = await condition(ctx, contract.listSuggestions.query.parse({ ...filter }))
      const { rows } = await sql<SuggestionRow>`select ${columns(ctx)} ${from} where ${where} and ${ids ? sql`s.id = any(${ids}::uuid[])` : sql`true`} and ${afterCursor(cursor, 's.changed_at', 's.id')} order by s.changed_at desc, s.id desc limit 201`.execute(everywhere(ctx))
      const page = nextPage(rows, 200, (row) => row.changedAt)
      yield page.items.map((row) => ({ title: row.title, kind: kindNames[row.kind], urgency: row.urgency === 'urgent' ? '紧急' : '一般', tenant: row.tenantName, unit: row.unitName, by: row.by, state: stateNames[row.state], reason: row.reason, content: row.content, effect: row.effect, submittedAt: row.submittedAt === null ? '' : formatFull(row.submittedAt) }))
      if (page.next === null) return
      cursor = page.next
    }
  },
}
