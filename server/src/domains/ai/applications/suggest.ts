// Proposals for what is on the screen: stored with confidence and evidence, late ones left out, nothing decided (AI-01).
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId, runNested } from '../../../kernel/runtime.ts'
import { applicationsOf, db, isProven, liveModel, type AppliedApplication, type ModelRow } from '../ai.queries.ts'
import type * as contract from '../contract.ts'
import { classify, type Candidate } from '../engines/classifier.ts'
import { elementsIn } from '../engines/elements.ts'
import { areasOfTenant } from '../engines/tenant-areas.ts'
import { summarise, titleFrom } from '../engines/summary.ts'
import type { Field } from '../engines/features.ts'
import { loadModel } from '../models/loaded.ts'
import { candidateNames } from '../ports.ts'

type Question = Pick<Input<typeof contract.suggest>, 'title' | 'content' | 'address' | 'appealType' | 'matterId' | 'categoryId' | 'areaCode'>
type Named = Candidate & { name: string }
type Suggestion = Output<typeof contract.suggest>['suggestions'][number]

/** What an order looks like to the models; the same for teaching and for asking. Units are told by facts besides the words. */
export function subjectOf(application: string, order: { title: string; content: string; address?: string | null; appealType?: string | null; matterId?: string | null; categoryId?: string | null; areaCode?: string | null }): Field[] {
  const fields: Field[] = [{ name: 'title', text: order.title }, { name: 'text', text: `${order.title} ${order.content}` }]
  if (application !== 'dispatch') return fields
  const fact = (name: string, ...values: (string | null | undefined)[]): Field[] => (values.every((v) => v) ? [{ name, text: values.join('|'), whole: true }] : [])
  const district = order.areaCode?.slice(0, 6)
  return [...fields, ...fact('matter', order.matterId), ...fact('category', order.categoryId), ...fact('area', order.areaCode), ...fact('district', district), ...fact('matter×district', order.matterId, district), ...fact('matter×area', order.matterId, order.areaCode), ...fact('type', order.appealType)]
}

async function namesOf(ctx: Ctx, application: string, values: readonly string[]): Promise<Map<string, string>> {
  for (const source of candidateNames.all()) {
    const names = await source(ctx, application, values)
    if (names) return names
  }
  return new Map(values.map((value) => [value, value]))
}

/** Candidates of an application by its live model, with their names; those that may not be chosen today are left out. Null where no model is live. @throws where the model cannot be read in time */
export async function candidatesFor(ctx: Ctx, application: AppliedApplication, question: Question): Promise<{ candidates: Named[]; model: ModelRow } | null> {
  const model = await liveModel(ctx, application.code)
  if (!model) return null
  const found = classify(await loadModel(model, application.limitMs), subjectOf(application.code, question), application.candidates + 5)
  const names = await namesOf(ctx, application.code, found.map((c) => c.value))
  return { model, candidates: found.flatMap((c) => { const name = names.get(c.value); return name === undefined ? [] : [{ ...c, name }] }).slice(0, application.candidates) }
}

const LEAST = 6
/** Proposed while a form is filled in; the others have pages of their own. */
const ofTheForm = new Set(['category', 'matter', 'appeal-type', 'dispatch'])

/** One answer for the whole form. An application that is off, untrained, broken or late is missing from it and named; the form goes on. */
export async function suggest(ctx: Ctx, input: Input<typeof contract.suggest>): Promise<Output<typeof contract.suggest>> {
  authorize(ctx, 'ai.use')
  const began = performance.now()
  const applications = (await applicationsOf(ctx)).filter((one) => one.mode !== 'off' && one.ready)
  const on = (code: string): boolean => applications.some((one) => one.code === code)
  const text = `${input.title}。${input.content}`
  const answer: Output<typeof contract.suggest> = { suggestions: [], elements: [], title: null, summary: null, tookMs: 0, unavailable: [] }
  if (input.content.replace(/[^\p{L}\p{N}]/gu, '').length + input.title.length < LEAST) return answer
  for (const application of applications.filter((one) => ofTheForm.has(one.code))) {
    const start = performance.now()
    try {
      const kept = await runNested(ctx, async () => {
        const found = await candidatesFor(ctx, application, input)
        return found === null || found.candidates.length === 0 ? null : keepSuggestion(ctx, { ...input, application, ...found, engine: `linear-${found.model.number}`, tookMs: Math.round(performance.now() - start) })
      })
      if (kept) answer.suggestions.push(kept)
      else answer.unavailable.push(application.code)
    } catch (error) {
      ctx.log.error({ err: error, application: application.code }, 'a suggestion failed')
      answer.unavailable.push(application.code)
    }
  }
  if (on('element')) answer.elements = elementsIn(text, await areasOfTenant(ctx))
  if (on('draft') && input.content.length >= 20) {
    answer.title = titleFrom(input.content)
    answer.summary = input.content.length >= 120 ? summarise(input.content) : null
  }
  answer.tookMs = Math.round(performance.now() - began)
  return answer
}

type Kept = { objectType: string; objectId: string; application: AppliedApplication; candidates: Named[]; model: ModelRow | null; engine: string; tookMs: number }

/** One row per object and application: asked again while typing, it is replaced; once decided, it stays. For the domain that shows proposals of its own, too. */
export async function keepSuggestion(ctx: Ctx, one: Kept): Promise<Suggestion> {
  const values = { candidates: json(one.candidates as never), model_id: one.model?.id ?? null, engine: one.engine, took_ms: one.tookMs, at: ts(ctx.clock.now()), for_user_id: ctx.actor.id }
  const row = await db(ctx).insertInto('ai_suggestion').values({ tenant_id: ctx.tenantId, id: newId(), application: one.application.code, object_type: one.objectType, object_id: one.objectId, ...values })
    .onConflict((c) => c.columns(['tenant_id', 'object_type', 'object_id', 'application']).doUpdateSet(values).where('ai_suggestion.outcome', 'is', null).where('ai_suggestion.for_user_id', 'is not distinct from', ctx.actor.id)).returning(['id', 'outcome']).executeTakeFirst()
  const kept = row ?? (await db(ctx).selectFrom('ai_suggestion').select(['id', 'outcome']).where('tenant_id', '=', ctx.tenantId).where('object_type', '=', one.objectType).where('object_id', '=', one.objectId).where('application', '=', one.application.code).executeTakeFirstOrThrow())
  const { mode } = one.application
  return { id: kept.id, application: one.application.code, mode: mode === 'suggest' || (one.model && isProven(one.application, one.model)) ? mode : 'suggest', threshold: one.application.threshold, candidates: one.candidates.map(({ value, name, confidence, evidence }) => ({ value, name, confidence, evidence })), outcome: kept.outcome }
}

const outcomeOf = (candidates: readonly { value: string }[], chosen: string | null): string =>
  chosen === null ? 'ignored' : candidates[0]?.value === chosen ? 'acceptedFirst' : candidates.some((c) => c.value === chosen) ? 'acceptedOther' : 'ownValue'

/** What a person made of a proposal. A later word replaces an earlier one until the object is saved; others' proposals are not found. */
export async function decideSuggestion(ctx: Ctx, input: Input<typeof contract.decideSuggestion>): Promise<{ outcome: string }> {
  authorize(ctx, 'ai.use')
  const row = await db(ctx).selectFrom('ai_suggestion').select(['id', 'candidates', 'for_user_id']).where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!row || row.for_user_id !== ctx.actor.id) throw kernelErrors('notFound')
  const outcome = outcomeOf(row.candidates as { value: string }[], input.chosen)
  await settle(ctx, row.id, outcome, input.chosen)
  return { outcome }
}

const settle = (ctx: Ctx, id: string, outcome: string, chosen: string | null) =>
  db(ctx).updateTable('ai_suggestion').set({ outcome, chosen, decided_at: ts(ctx.clock.now()), decided_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()

/** For the domain that saves the object: what finally stands there decides, whether or not a key was pressed. */
export async function settleSuggestions(ctx: Ctx, object: { type: 'draft' | 'order'; id: string }, chosen: Readonly<Record<string, string | null | undefined>>): Promise<void> {
  const rows = await db(ctx).selectFrom('ai_suggestion').select(['id', 'application', 'candidates']).where('tenant_id', '=', ctx.tenantId).where('object_type', '=', object.type).where('object_id', '=', object.id).where((e) => e.or([e('outcome', 'is', null), e('outcome', '<>', 'auto')])).forUpdate().execute()
  for (const row of rows) {
    if (!(row.application in chosen)) continue
    const value = chosen[row.application] ?? null
    await settle(ctx, row.id, outcomeOf(row.candidates as { value: string }[], value), value)
  }
}

/** A proposal and its outcome at once, where the choice is made in one step (a dispatch). The last choice stands. */
export async function keepDecision(ctx: Ctx, one: { application: string; object: { type: 'draft' | 'order'; id: string }; candidates: Named[]; chosen: string; by: 'person' | 'model' }): Promise<void> {
  const model = await liveModel(ctx, one.application)
  const now = ts(ctx.clock.now())
  const values = { candidates: json(one.candidates as never), model_id: model?.id ?? null, engine: `linear-${model?.number ?? 0}`, took_ms: 0, at: now, outcome: one.by === 'model' ? 'auto' : outcomeOf(one.candidates, one.chosen), chosen: one.chosen, decided_at: now, decided_by_name: ctx.actor.name }
  await db(ctx).insertInto('ai_suggestion').values({ tenant_id: ctx.tenantId, id: newId(), application: one.application, object_type: one.object.type, object_id: one.object.id, ...values }).onConflict((c) => c.columns(['tenant_id', 'object_type', 'object_id', 'application']).doUpdateSet(values)).execute()
}
