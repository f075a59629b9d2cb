// Every order is read once in the background: its feeling for lists and figures, its subjects, the words by which it tells.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { allWords } from '../../../kernel/text/index.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { applicationOf, emotionOf, type AiTables } from '../../ai/index.ts'
import type { OrderRow } from '../orders.queries.ts'
import { ownFeelings, readSubjects } from './order-reading.ts'

const BATCH = 200
const BACK = 35 * DAY
const MOST_TERMS = 80
/** Words that only hold others together name nothing. */
const joins = new Set([...'在的了是把被我有不和就也都很要于对从到给向与及或等该其这那一个没已还又再因为由将让', '没有', '已经', '我们', '他们', '昨天', '今天', '上周', '前天', '多次'])

/** Words and pairs of neighbouring words: the name of a new product is in no dictionary and falls apart. Pure. */
export function termsOf(title: string, content: string): string[] {
  const text = `${title}。${content.slice(0, 600)}`.normalize('NFKC').toLowerCase()
  const words = allWords(text).filter((word) => !/^[\d.]+$/.test(word))
  const pairs = words.slice(1).map((word, at) => `${words[at] ?? ''}${word}`).filter((pair, at) => pair.length >= 3 && pair.length <= 10 && !joins.has(words[at] ?? '') && !joins.has(words[at + 1] ?? '') && text.includes(pair))
  return [...new Set([...words.filter((word) => word.length >= 2), ...pairs])].slice(0, MOST_TERMS)
}

/** Orders of the last weeks that were not read yet, oldest first. */
export async function keepReadings(ctx: Ctx): Promise<void> {
  const [emotion, subject] = [await applicationOf(ctx, 'emotion'), await applicationOf(ctx, 'subject')]
  if (emotion.mode === 'off' && subject.mode === 'off') return
  const { rows } = await sql<OrderRow>`select o.* from order_order o where o.tenant_id = ${ctx.tenantId} and o.registered_at >= ${ts(plus(ctx.clock.now(), -BACK))}
    and not exists (select 1 from ai_reading r where r.tenant_id = o.tenant_id and r.order_id = o.id) order by o.registered_at limit ${BATCH}`.execute(ctx.db())
  for (const order of rows) {
    const text = `${order.title}。${order.content}`
    const felt = emotion.mode === 'off' ? { polarity: 'neutral' as const, strength: 0, ironic: false, words: [] } : emotionOf(text, await ownFeelings(ctx, text))
    await ctx.db<AiTables>().insertInto('ai_reading').values({ tenant_id: ctx.tenantId, order_id: order.id, at: ts(order.registered_at), polarity: felt.polarity, strength: felt.strength, ironic: felt.ironic, words: felt.words, terms: order.confidential ? [] : termsOf(order.title, order.content) }).onConflict((c) => c.doNothing()).execute()
    if (subject.mode !== 'off') await readSubjects(ctx, order)
  }
}
