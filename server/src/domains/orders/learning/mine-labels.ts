// Themes of many orders that no label fits, proposed as labels (AI-35); a person names them, or rejects them for good.
import { sql } from 'kysely'
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { DAY, plus, type Instant } from '../../../kernel/time/index.ts'
import { applicationOf, gatherClusters, type AiTables } from '../../ai/index.ts'
import { createLabel, heldWords, labelWords, setting } from '../../platform/index.ts'
import { putLabels } from '../labels/order-labels.ts'
import type * as contract from './signal-contract.ts'
import { undecided, withSamples } from './signals.queries.ts'

export const mineLeast = defineSetting({ key: 'ai.labelMining.least', label: '标签挖掘：一个主题最少的工单数', schema: z.number().int().min(5).max(1000), fallback: 20, scope: 'tenant' })

const DAYS = 30
const MOST = 3000
/** Of the keywords of an earlier proposal: then it is the same theme. */
const SAME = 0.5
/** Of the orders of a theme that say a word of a label: then that label fits. */
const NAMED = 0.5

/** Numbers tell an order from others and say nothing of its theme. */
const plain = (text: string): string => text.replaceAll(/\d+/g, ' ')

type Row = { id: string; title: string; content: string; registered_at: Instant }
const alike = (a: readonly string[], b: readonly string[]): boolean => a.filter((word) => b.includes(word)).length >= SAME * Math.min(a.length, b.length)

/** Never a theme that was proposed before, whatever became of it, nor one that a label's own words name. */
export async function proposeLabel(ctx: Ctx, of: { name: string; keywords: readonly string[]; orderIds: readonly string[] }): Promise<boolean> {
  const earlier = await ctx.db<AiTables>().selectFrom('ai_label_proposal').select('keywords').where('tenant_id', '=', ctx.tenantId).orderBy('proposed_at', 'desc').limit(2000).execute()
  if (earlier.some((row) => alike(row.keywords, of.keywords))) return false
  await ctx.db<AiTables>().insertInto('ai_label_proposal').values({ tenant_id: ctx.tenantId, id: newId(), name: of.name, definition: `提到“${of.keywords.join('、')}”的诉求`, keywords: [...of.keywords], order_ids: of.orderIds.slice(0, 500), orders: of.orderIds.length, state: 'proposed', proposed_at: ts(ctx.clock.now()) }).execute()
  return true
}

/** Orders of the last weeks that bear no label, gathered by what they tell. */
export async function mineLabels(ctx: Ctx): Promise<number> {
  if ((await applicationOf(ctx, 'label-mining')).mode === 'off') return 0
  const least = await setting(ctx, mineLeast)
  const { rows } = await sql<Row>`select o.id, o.title, o.content, o.registered_at from order_order o where o.tenant_id = ${ctx.tenantId} and o.registered_at >= ${ts(plus(ctx.clock.now(), -DAYS * DAY))} and not o.confidential
    and not exists (select 1 from order_label l where l.tenant_id = o.tenant_id and l.order_id = o.id) order by o.registered_at desc limit ${MOST}`.execute(ctx.db())
  if (rows.length < least) return 0
  const known = [...new Set((await labelWords(ctx)).flatMap((label) => [label.name, ...label.words]).filter((word) => word.length >= 2))]
  const texts = new Map(rows.map((row) => [row.id, `${row.title}${row.content}`]))
  const clusters = await gatherClusters(rows.map((row) => ({ id: row.id, title: plain(row.title), text: plain(row.content), area: null, at: row.registered_at })), { least, withinMs: DAYS * DAY, words: { hot: await heldWords(ctx, 'hot'), stop: new Set(await heldWords(ctx, 'stop')) } })
  let found = 0
  for (const { keywords, members } of clusters) {
    const telling = keywords.filter((word) => word.length >= 2)
    const named = known.some((word) => members.filter((one) => texts.get(one.id)?.includes(word)).length >= NAMED * members.length)
    if (telling.length > 0 && !named && (await proposeLabel(ctx, { name: telling.slice(0, 2).join('').slice(0, 20), keywords: telling, orderIds: members.map((one) => one.id) }))) found++
  }
  return found
}

export async function mineLabelsNow(ctx: Ctx): Promise<{ found: number }> {
  authorize(ctx, 'ai.manage')
  return { found: await mineLabels(ctx) }
}

export async function listLabelProposals(ctx: Ctx, input: Input<typeof contract.listLabelProposalsRoute>): Promise<Output<typeof contract.listLabelProposalsRoute>> {
  authorize(ctx, 'ai.read')
  const rows = await ctx.db<AiTables>().selectFrom('ai_label_proposal').selectAll().where('tenant_id', '=', ctx.tenantId).where('state', '=', input.state).orderBy('proposed_at', 'desc').orderBy('orders', 'desc').limit(100).execute()
  return { items: (await withSamples(ctx, rows)).map((row) => ({ id: row.id, name: row.name, definition: row.definition, keywords: row.keywords, orders: row.orders, samples: row.samples, state: row.state as 'proposed', proposedAt: row.proposed_at, decidedByName: row.decided_by_name })) }
}

/** Confirmed: a label of the library with these words, put on the orders it came from unless the person does not want that. */
export async function decideLabelProposal(ctx: Ctx, input: Input<typeof contract.decideLabelProposalRoute>): Promise<Output<typeof contract.decideLabelProposalRoute>> {
  authorize(ctx, 'platform.manageLabels')
  const row = undecided(await ctx.db<AiTables>().selectFrom('ai_label_proposal').selectAll().where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst(), 'proposed')
  let [labelId, labelled]: [string | null, number] = [null, 0]
  if (input.outcome === 'confirm') {
    if (!input.classCode) throw kernelErrors('invalid', { fields: [{ path: 'classCode', message: '请选择类别' }] })
    const made = await createLabel(ctx, { classCode: input.classCode, code: `m-${row.id.slice(-8)}`, name: input.name ?? row.name, definition: input.definition ?? row.definition, synonyms: input.keywords ?? row.keywords, reason: '由标签挖掘提出' })
    labelId = made.id
    if (input.putOn) for (const orderId of row.order_ids) labelled += (await putLabels(ctx, orderId, [{ labelId: made.id, source: 'person', ruleId: null }])).length
  }
  const state = input.outcome === 'confirm' ? 'confirmed' : 'rejected'
  await ctx.db<AiTables>().updateTable('ai_label_proposal').set({ state, label_id: labelId, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', row.id).execute()
  return { state, labelled }
}
