// What the orders of a period speak of most, within the reader's scope. Titles are compared, not contents: those are not told to analysis.
import { sql, type RawBuilder } from 'kysely'
import { authorize, can } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { DAY, localDate, type Instant } from '../../../kernel/time/index.ts'
import { gatherClusters } from '../../ai/index.ts'
import { dimensionOf, factOf, scopeOf } from '../../data/index.ts'
import { heldWords, setting } from '../../platform/index.ts'
import { topicWords, trendNames } from '../texts.zh-CN.ts'
import type * as contract from './topic-contract.ts'
import { leastOfTopic } from './topic-settings.ts'
import { courseOf, type Told } from './topics.ts'

type Answer = Output<typeof contract.topicsRoute>
type Row = { id: string; title: string; matter_name: string | null; area_code: string | null; involved_count: number | null; registered_at: Instant }
/** Gathering 5000 titles takes about a second; more are not read by anybody. */
const MOST_ORDERS = 5000
const MOST_TOPICS = 30
const MOST_MEMBERS = 200
const COUNTY = 6
const NEAREST = 5

export async function findTopics(ctx: Ctx, input: Input<typeof contract.topicsRoute>): Promise<Answer> {
  authorize(ctx, 'data.read')
  return gather(ctx, input, sql`true`)
}

/** Topics that may be told to others than their finder: what is confidential gives neither title nor member. */
export const openTopics = (ctx: Ctx, period: Pick<Input<typeof contract.topicsRoute>, 'from' | 'to'>): Promise<Answer> => gather(ctx, { ...period, where: [] }, sql`not o.confidential`)

async function gather(ctx: Ctx, input: Input<typeof contract.topicsRoute>, only: RawBuilder<unknown>): Promise<Answer> {
  const { range, timeZone, rows } = await scopeOf(ctx, { ...input, below: false })
  const fact = factOf('order')
  if (!fact) throw new Error('the fact of orders is always there')
  const { rows: found } = await sql<Row>`select o.id, o.title, o.matter_name, o.area_code, o.involved_count, o.registered_at ${rows(fact)} and o.registered_at >= ${ts(range.from)} and o.registered_at < ${ts(range.before)} and o.state not in ('draft', 'merged') and ${only} order by o.registered_at desc limit ${MOST_ORDERS + 1}`.execute(ctx.acrossTenants('rows are held to tenants by the scope'))
  const read = found.slice(0, MOST_ORDERS)
  const codes = [...new Set(read.flatMap((row) => (row.area_code === null ? [] : [row.area_code.slice(0, COUNTY)])))]
  const counties = (await dimensionOf('county')?.names(ctx, codes)) ?? new Map<string, string>()
  const told = new Map(read.map((row): [string, Told] => [row.id, { id: row.id, title: row.title, day: localDate(row.registered_at, timeZone), area: row.area_code === null ? null : (counties.get(row.area_code.slice(0, COUNTY)) ?? null), matter: row.matter_name, people: row.involved_count ?? 1 }]))
  const least = await setting(ctx, leastOfTopic)
  // A topic may be spoken of all over and over weeks: neither place nor time parts it.
  const clusters = await gatherClusters(read.map((row) => ({ id: row.id, title: row.title, text: row.matter_name ?? '', area: null, at: row.registered_at })), { least, withinMs: range.before - range.from + DAY, words: { hot: await heldWords(ctx, 'hot'), stop: new Set(await heldWords(ctx, 'stop')) } })
  const last = range.before > ctx.clock.now() ? localDate(ctx.clock.now(), timeZone) : input.to
  const items = clusters.slice(0, MOST_TOPICS).map(({ members, keywords }): Answer['items'][number] => {
    const own = members.flatMap(({ id }) => told.get(id) ?? [])
    const course = courseOf(own, keywords, last)
    const { orders, mentions, people, heat, trend, days, areas } = course
    return { name: nameOf(own) ?? keywords.join(' '), keywords, orders, mentions, people, heat, trend, trendName: trendNames[trend], words: topicWords({ ...course, from: days[0]?.day ?? last, to: last }), days, areas, orderIds: own.slice(0, MOST_MEMBERS).map((one) => one.id) }
  })
  return { asOf: ctx.clock.now(), read: read.length, whole: found.length <= MOST_ORDERS, least, mayManage: can(ctx, 'analytics.events'), items: items.toSorted((a, b) => b.heat - a.heat) }
}

/** The shortest of the titles nearest to what all have in common: the others say more than the topic. */
const nameOf = (own: readonly Told[]): string | undefined => own.slice(0, NEAREST).map((one) => one.title).toSorted((a, b) => a.length - b.length)[0]
