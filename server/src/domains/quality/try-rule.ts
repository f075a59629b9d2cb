// A rule tried on what has been: hits with sentence and time, what they would have cost; nothing is written.
import { sql } from 'kysely'
import type { Ctx } from '../../kernel/ctx.ts'
import { authorize } from '../../kernel/access.ts'
import type { Input, Output } from '../../kernel/http/route.ts'
import type { Instant } from '../../kernel/time/index.ts'
import { withLexicons } from './lexicons.ts'
import { objectsOf, subjectsOf } from './objects.ts'
import type * as contract from './report-contract.ts'
import { inspect, type Condition, type Subject } from './rule.ts'
import type { ObjectKind } from './sheet.ts'

const MOST = 2000
const SHOWN = 50

/** A pasted text as the object it is tried as: lines of a talk, or an order; what looks at all fields reads it once. */
function pasted(text: string, kind: ObjectKind, condition: Condition['kind']): Subject {
  const none = { talkMs: null, lateClocks: [], returns: 0 }
  if (kind === 'order') return { ...none, sentences: [], fields: { title: '', content: text, ...(condition === 'lexicon' || condition === 'sensitive' ? {} : { reply: text }) } }
  const sentences = text.split('\n').flatMap((line, index) => {
    const said = line.replace(/^\s*(?:座席|客服|诉求人|市民|客户)[:：]/, '').trim()
    return said === '' ? [] : [{ id: String(index), speaker: /^\s*(?:诉求人|市民|客户)[:：]/.test(line) ? ('citizen' as const) : ('agent' as const), startMs: index * 5000, endMs: index * 5000 + 4000, text: said }]
  })
  return { ...none, sentences, fields: {} }
}

export async function tryRule(ctx: Ctx, input: Input<typeof contract.tryRuleRoute>): Promise<Output<typeof contract.tryRuleRoute>> {
  authorize(ctx, 'quality.manage')
  const rules = await withLexicons(ctx, [{ id: '', version: 0, name: '', group: '', definition: input.definition }])
  if (input.text) {
    const subject = pasted(input.text, input.kind, input.definition.condition.kind)
    const found = inspect(subject, rules)
    return { examined: 1, objects: found.length > 0 ? 1 : 0, hits: found.length, points: found.reduce((sum, one) => sum + one.rule.definition.points, 0), unchecked: 0, capped: false, sample: found.slice(0, SHOWN).map((one) => ({ objectId: null, label: '粘贴的文字', at: null, atMs: null, quote: one.quote || input.text?.slice(0, 100) || '', note: one.note })) }
  }
  const objects = objectsOf(input.kind, { days: input.days }, { tenantId: ctx.tenantId, now: ctx.clock.now() })
  const { rows } = await sql<{ id: string; label: string; at: Instant }>`select x.id, x.label, x.at from ${objects} order by x.at desc limit ${MOST}`.execute(ctx.db())
  const sample: Output<typeof contract.tryRuleRoute>['sample'] = []
  let [hits, hit, unchecked, points] = [0, 0, 0, 0]
  for (let from = 0; from < rows.length; from += 400) {
    const part = rows.slice(from, from + 400)
    const subjects = await subjectsOf(ctx, input.kind, part.map((one) => one.id))
    for (const one of part) {
      const subject = subjects.get(one.id)
      if (!subject || (input.kind !== 'order' && subject.sentences.length === 0)) { unchecked += 1; continue }
      const found = inspect(subject, rules)
      if (found.length > 0) hit += 1
      hits += found.length
      points += found.length * input.definition.points
      for (const f of found) if (sample.length < SHOWN) sample.push({ objectId: one.id, label: one.label, at: one.at, atMs: f.atMs, quote: f.quote, note: f.note })
    }
  }
  return { examined: rows.length - unchecked, objects: hit, hits, points, unchecked, capped: rows.length === MOST, sample }
}
