// Accuracy of proofreading on its test set: the examples that ship, and those a centre adds from its own work (ORD-09, at least 85 %).
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { areaExists, areaNames, tenantById } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import { ownFindings, type OwnRule } from './own-rules.ts'
import { areasOf } from './proofread-appeal.ts'
import { exampleAreas, shippedExamples, type Example } from './proofread-examples.zh-CN.ts'
import { activeRules } from './proofread-rules.ts'
import { shippedRuleNames } from './proofread-texts.zh-CN.ts'
import { proofreadFail } from './proofread.errors.ts'
import { proofread, shippedRules, type Area } from './proofread.ts'
import type * as contract from './rule-contract.ts'

type Measure = Output<typeof contract.measureProofreadRoute>
const MANAGE = 'orders.manageRegistrationRules'

/** Runs rules over examples. Pure. */
export function measured(sets: { examples: readonly Example[]; areas: readonly Area[] }[], own: readonly OwnRule[]): Measure {
  const names = new Map<string, string>([...shippedRules.map((code): [string, string] => [code, shippedRuleNames[code].name]), ...own.map((r): [string, string] => [`own:${r.id}`, r.name])])
  const rules = new Map<string, Measure['rules'][number]>()
  const rule = (code: string) => {
    const known = rules.get(code) ?? { code, name: names.get(code) ?? code, expected: 0, right: 0, missed: 0, wrong: 0 }
    rules.set(code, known)
    return known
  }
  const faults: Measure['faults'] = []
  let examples = 0
  for (const set of sets) {
    for (const { fields, expected } of set.examples) {
      examples += 1
      const areaName = set.areas.find((a) => a.code === fields.areaCode)?.name ?? null
      const all = { ...fields, areaName, matterName: '', matterCategory: fields.matterCategory ?? null, categoryId: fields.categoryId ?? null, missing: fields.missing ?? [] }
      const found = [...new Set([...proofread(all, set.areas), ...ownFindings(fields, own)].map((f) => f.rule))]
      for (const code of expected) {
        rule(code).expected += 1
        rule(code)[found.includes(code) ? 'right' : 'missed'] += 1
      }
      for (const code of found) if (!expected.includes(code)) rule(code).wrong += 1
      if (found.length !== expected.length || found.some((code) => !expected.includes(code))) faults.push({ title: fields.title, content: fields.content, expected: expected.map((c) => names.get(c) ?? c), found: found.map((c) => names.get(c) ?? c) })
    }
  }
  const right = examples - faults.length
  return { examples, right, accuracy: examples === 0 ? 0 : Math.round((right / examples) * 1000) / 10, rules: [...rules.values()], faults: faults.slice(0, 50) }
}

const rows = (ctx: Ctx) => db(ctx).selectFrom('order_proofread_example').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('added_at', 'desc').limit(500)
type Kept = { title: string; content: string; areaCode: string | null; phone: string }
const keptOf = (value: unknown): Kept => value as Kept // written by addProofreadExample only, in this shape

async function views(ctx: Ctx): Promise<Output<typeof contract.addProofreadExampleRoute>[]> {
  const list = await rows(ctx).execute()
  const names = await areaNames(ctx, list.flatMap((r) => keptOf(r.fields).areaCode ?? []))
  return list.map((r) => ({ id: r.id, ...keptOf(r.fields), areaName: names.get(keptOf(r.fields).areaCode ?? '') ?? null, expected: r.expected, addedByName: r.added_by_name, addedAt: r.added_at }))
}

export async function listProofreadExamples(ctx: Ctx): Promise<Output<typeof contract.listProofreadExamplesRoute>> {
  authorize(ctx, MANAGE)
  return { shipped: shippedExamples.length, items: await views(ctx) }
}

export async function addProofreadExample(ctx: Ctx, input: Input<typeof contract.addProofreadExampleRoute>): Promise<Output<typeof contract.addProofreadExampleRoute>> {
  authorize(ctx, MANAGE)
  const known = new Set<string>([...shippedRules, ...(await activeRules(ctx)).own.map((r) => `own:${r.id}`)])
  const strange = input.expected.find((code) => !known.has(code))
  if (strange) throw kernelErrors('invalid', { fields: [{ path: 'expected', message: '没有这条规则，或规则未启用' }] })
  if (input.areaCode && !(await areaExists(ctx, input.areaCode))) throw kernelErrors('invalid', { fields: [{ path: 'areaCode', message: '区划不存在' }] })
  const id = newId()
  await db(ctx).insertInto('order_proofread_example').values({ tenant_id: ctx.tenantId, id, fields: json({ title: input.title, content: input.content, areaCode: input.areaCode ?? null, phone: input.phone }), expected: [...new Set(input.expected)], added_at: ts(ctx.clock.now()), added_by_name: ctx.actor.name }).execute()
  const made = (await views(ctx)).find((e) => e.id === id)
  if (!made) throw proofreadFail('proofRuleNotFound')
  return made
}

export async function removeProofreadExample(ctx: Ctx, input: { id: string }): Promise<Record<string, never>> {
  authorize(ctx, MANAGE)
  const gone = await db(ctx).deleteFrom('order_proofread_example').where('tenant_id', '=', ctx.tenantId).where('id', '=', input.id).returning('id').executeTakeFirst()
  if (!gone) throw proofreadFail('proofRuleNotFound')
  return {}
}

export async function measureProofreading(ctx: Ctx): Promise<Measure> {
  authorize(ctx, MANAGE)
  const [{ own }, tenant, list] = [await activeRules(ctx), await tenantById(ctx, ctx.tenantId), await views(ctx)]
  const mine = list.map((e): Example => ({ fields: { title: e.title, content: e.content, address: '', areaCode: e.areaCode, phone: e.phone }, expected: e.expected }))
  return measured([{ examples: shippedExamples, areas: exampleAreas }, { examples: mine, areas: mine.length > 0 ? await areasOf(ctx, tenant.areaCode) : [] }], own)
}
