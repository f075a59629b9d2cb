// The check of a text by scene, what it found kept for whoever looks after it, and what people said of its decisions.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, plus } from '../../../kernel/time/index.ts'
import { afterCursor, boundCount, nextPage, setting, wordsIn } from '../../platform/index.ts'
import { applicationOf, db } from '../ai.queries.ts'
import { maskText } from '../gateway/mask.ts'
import { preparedAnswer, safetyOf } from '../settings.ts'
import type { AiTables } from '../tables.gen.ts'
import type * as contract from './safety-contract.ts'
import { decisionOf, masked, safetyHits, type SafetyHit } from './safety-rules.ts'
import { decisionNames, prepared, safetyClasses, sceneNames, type Decision, type SafetyClass, type Scene } from './safety-words.zh-CN.ts'

export type Checked = { decision: Decision; /** With what is to be hidden made unreadable. */ text: string; hits: SafetyHit[]; /** What to say instead where the question is political, null otherwise. */ say: string | null }
export type Check = { scene: Scene; text: string; objectType?: string; objectId?: string; /** False where only staff read it who see the data anyway. */ privacy?: boolean }

const MOST_KEPT = 20
const kinds = { input: ['filter'], answer: ['filter', 'block'], reply: ['block'] } as const

/** Sentences that a person judged harmless pass. */
async function withoutPardoned(ctx: Ctx, scene: Scene, hits: SafetyHit[]): Promise<SafetyHit[]> {
  const sentences = [...new Set(hits.map((hit) => hit.sentence).filter(Boolean))]
  if (sentences.length === 0) return hits
  const { rows } = await sql<{ sentence: string; class: string }>`select distinct sentence, class from ai_safety_hit where tenant_id = ${ctx.tenantId} and verdict = 'wrong' and scene = ${scene} and md5(sentence) in (${sql.join(sentences.map((one) => sql`md5(${one})`))})`.execute(ctx.db())
  const pardoned = new Set(rows.map((row) => `${row.class} ${row.sentence}`))
  return hits.filter((hit) => !pardoned.has(`${hit.class} ${hit.sentence}`))
}

async function judge(ctx: Ctx, of: Check): Promise<Checked> {
  const application = await applicationOf(ctx, 'safety')
  const strictness = application.mode === 'off' ? 'off' : await setting(ctx, safetyOf[of.scene])
  const hits = await withoutPardoned(ctx, of.scene, safetyHits(of.text, { scene: of.scene, strictness, words: await wordsIn(ctx, of.text, kinds[of.scene]), privacy: of.privacy ?? true }))
  const decision = decisionOf(hits)
  const say = decision === 'block' && hits.some((hit) => hit.decision === 'block' && prepared.has(hit.class)) ? await setting(ctx, preparedAnswer) : null
  return { decision, text: masked(of.text, hits), hits, say }
}

const around = (text: string, hit: SafetyHit): string => maskText(masked(text.slice(Math.max(0, hit.from - 40), hit.to + 60), [])).text.slice(0, 300)

/**
 * Checks a text and keeps what it found, one line a class, even where the command is refused for it. Never throws for what stands in the text:
 * the caller blocks, masks or lets a person look.
 */
export async function checkSafety(ctx: Ctx, of: Check): Promise<Checked> {
  const checked = await judge(ctx, of)
  const worst = [...Map.groupBy(checked.hits, (hit) => hit.class).values()].slice(0, MOST_KEPT)
  const lines = worst.flatMap((hits) => {
    const [first] = hits.toSorted((a, b) => Number(b.decision === 'block') - Number(a.decision === 'block'))
    return first ? [{ tenant_id: ctx.tenantId, id: newId(), at: ts(ctx.clock.now()), scene: of.scene, class: first.class, decision: first.decision, words: first.class === 'privacy' ? [...new Set(hits.map((hit) => hit.why))] : [...new Set(hits.map((hit) => hit.word))].slice(0, 10), excerpt: around(of.text, first), sentence: first.sentence.slice(0, 2000), why: first.why, object_type: of.objectType ?? null, object_id: of.objectId ?? null, by_name: ctx.actor.name }] : []
  })
  if (lines.length > 0) await ctx.apart<AiTables>('a refused text is listed although its command fails').insertInto('ai_safety_hit').values(lines).execute()
  return checked
}

const classOf = (code: string): SafetyClass => (code in safetyClasses ? (code as SafetyClass) : 'other')

export async function listSafetyHits(ctx: Ctx, input: Input<typeof contract.listSafetyHits>): Promise<Output<typeof contract.listSafetyHits>> {
  authorize(ctx, 'ai.read')
  let query = db(ctx).selectFrom('ai_safety_hit').where('tenant_id', '=', ctx.tenantId)
  if (input.scene) query = query.where('scene', '=', input.scene)
  if (input.class) query = query.where('class', '=', input.class)
  if (input.decision) query = query.where('decision', '=', input.decision)
  if (input.unjudged) query = query.where('verdict', 'is', null)
  const [count, rows] = [await boundCount(ctx, query), await query.selectAll().where(afterCursor(input.cursor, 'at', 'id')).orderBy('at', 'desc').orderBy('id', 'desc').limit(input.limit + 1).execute()]
  const page = nextPage(rows, input.limit, (row) => row.at)
  return {
    count, next: page.next,
    items: page.items.map((row) => ({ id: row.id, at: row.at, scene: row.scene as Scene, sceneName: sceneNames[row.scene as Scene], class: classOf(row.class), className: safetyClasses[classOf(row.class)], decision: row.decision as Decision, decisionName: decisionNames[row.decision as Decision], words: row.words, excerpt: row.excerpt, why: row.why, orderNumber: row.object_type === 'order' ? row.object_id : null, verdict: row.verdict === 'right' || row.verdict === 'wrong' ? row.verdict : null, verdictByName: row.verdict_by_name, byName: row.by_name })),
  }
}

/** Right or wrong, counted as the share of right ones; the sentence of a wrong decision passes from now on. Personal data are never pardoned. */
export async function judgeSafetyHit(ctx: Ctx, input: Input<typeof contract.judgeSafetyHit>): Promise<Output<typeof contract.judgeSafetyHit>> {
  authorize(ctx, 'ai.manage')
  const done = await db(ctx).updateTable('ai_safety_hit').set({ verdict: input.verdict, verdict_at: ts(ctx.clock.now()), verdict_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning(['class', 'scene']).executeTakeFirst()
  if (!done) throw kernelErrors('notFound')
  ctx.audit({ module: 'ai', act: 'judgeSafetyHit', objectType: 'safetyHit', objectId: input.id, changes: { verdict: { old: null, new: input.verdict } } })
  return { verdict: input.verdict }
}

/** Of the last 90 days, by class. */
export async function safetyFigures(ctx: Ctx): Promise<Output<typeof contract.safetyFigures>> {
  authorize(ctx, 'ai.read')
  const { rows } = await sql<{ class: string; n: number; blocked: number; right: number; wrong: number }>`select class, count(*)::int as n, count(*) filter (where decision = 'block')::int as blocked, count(*) filter (where verdict = 'right')::int as right, count(*) filter (where verdict = 'wrong')::int as wrong
    from ai_safety_hit where tenant_id = ${ctx.tenantId} and at >= ${ts(plus(ctx.clock.now(), -90 * DAY))} group by class order by n desc`.execute(ctx.db())
  return { items: rows.map(({ class: code, ...row }) => ({ ...row, class: classOf(code), className: safetyClasses[classOf(code)] })) }
}

/** What would become of a text; nothing is kept. */
export async function trySafety(ctx: Ctx, input: Input<typeof contract.trySafety>): Promise<Output<typeof contract.trySafety>> {
  authorize(ctx, 'ai.read')
  const checked = await judge(ctx, input)
  return { decision: checked.decision, decisionName: decisionNames[checked.decision], text: checked.text, say: checked.say, hits: checked.hits.map((hit) => ({ class: hit.class, className: safetyClasses[hit.class], word: hit.word, why: hit.why, decisionName: decisionNames[hit.decision] })) }
}
