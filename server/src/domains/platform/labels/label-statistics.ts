// How often labels are used, told by the modules that mark objects with them; and the monthly list of what to tidy.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { definePort } from '../../../kernel/port.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, daysBetween, localDate, type LocalDate } from '../../../kernel/time/index.ts'
import type * as contract from './contract.ts'
import { labelsCountedUnder, type LabelState } from './label.queries.ts'

/** Marks by label id between two local dates (both included), within what the actor may list: the number must equal the list behind `link`. */
export type LabelUse = { counts: Map<string, number>; link: (labelId: string, from: string, to: string) => string }
export const labelUses = definePort<(ctx: Ctx, period: { from: LocalDate; to: LocalDate }) => Promise<LabelUse>>('platform.labelUses')

type Label = { id: string; classCode: string; className: string; name: string; state: LabelState; validTo: string | null; synonyms: string[] }

async function alive(ctx: Ctx, classCode?: string): Promise<Label[]> {
  const { rows } = await sql<Label>`select l.id, l.class_code as "classCode", c.name as "className", l.name, l.state, l.valid_to as "validTo", l.synonyms
    from platform_label l join platform_label_class c on c.tenant_id = l.tenant_id and c.code = l.class_code
    where l.tenant_id = ${ctx.tenantId} and l.state <> 'merged' and (${classCode ?? null}::text is null or l.class_code = ${classCode ?? null})
    order by l.class_code, l.name limit 5000`.execute(ctx.db())
  return rows
}

export async function labelStatistics(ctx: Ctx, input: Input<typeof contract.labelStatistics>): Promise<Output<typeof contract.labelStatistics>> {
  authorize(ctx, 'platform.readLabelStatistics')
  const [from, to] = input.from <= input.to ? [input.from as LocalDate, input.to as LocalDate] : [input.to as LocalDate, input.from as LocalDate]
  const days = daysBetween(from, to) + 1
  const found = await alive(ctx, input.classCode)
  const under = await labelsCountedUnder(ctx, found.map((label) => label.id))
  const uses = labelUses.all()
  const now = await Promise.all(uses.map((ask) => ask(ctx, { from, to })))
  const before = await Promise.all(uses.map((ask) => ask(ctx, { from: addDays(from, -days), to: addDays(from, -1) })))
  const sum = (list: LabelUse[], id: string): number => (under.get(id) ?? []).reduce((all, one) => all + list.reduce((n, use) => n + (use.counts.get(one.id) ?? 0), 0), 0)
  const items = found.map((label) => ({
    id: label.id, classCode: label.classCode, name: label.name, state: label.state, count: sum(now, label.id), previous: sum(before, label.id),
    included: (under.get(label.id) ?? []).filter((one) => one.id !== label.id).map((one) => one.name), link: now[0]?.link(label.id, from, to) ?? null,
  }))
  return { items: items.toSorted((a, b) => b.count - a.count), asOf: ctx.clock.now() }
}

const UNUSED_DAYS = 90

/** What waits for a decision: proposals, names that say nearly the same, labels nobody used for 90 days, labels past their validity. */
export async function reviewLabels(ctx: Ctx): Promise<Output<typeof contract.reviewLabels>> {
  authorize(ctx, 'platform.manageLabels')
  const today = localDate(ctx.clock.now())
  const found = (await alive(ctx)).filter((label) => label.state !== 'retired')
  const uses = await Promise.all(labelUses.all().map((ask) => ask(ctx, { from: addDays(today, -UNUSED_DAYS), to: today })))
  const used = (id: string): boolean => uses.some((use) => (use.counts.get(id) ?? 0) > 0)
  const item = (label: Label, kind: 'proposed' | 'similar' | 'unused' | 'expired', hint: string, other: Label | null = null) =>
    ({ id: label.id, name: label.name, className: label.className, kind, hint, other: other && { id: other.id, name: other.name } })
  const items = found.flatMap((label, at) => {
    const twin = found.find((other, index) => index < at && other.classCode === label.classCode && saysTheSame(label, other))
    return [
      ...(label.state === 'proposed' ? [item(label, 'proposed', '新建议的标签，待确认')] : []),
      ...(twin ? [item(label, 'similar', `与“${twin.name}”名称或同义词相近，可合并`, twin)] : []),
      ...(label.state === 'enabled' && label.validTo !== null && label.validTo < today ? [item(label, 'expired', `有效期至 ${label.validTo}`)] : []),
      ...(label.state === 'enabled' && uses.length > 0 && !used(label.id) ? [item(label, 'unused', `${UNUSED_DAYS} 天内未使用`)] : []),
    ]
  })
  return { items: items.slice(0, 500) }
}

type Named = Pick<Label, 'name' | 'synonyms'>
const known = new WeakMap<Named, string[]>()
function words(label: Named): string[] {
  const held = known.get(label) ?? [label.name, ...label.synonyms].map((word) => word.replace(/[\s·、，()（）]/g, '').toLowerCase())
  known.set(label, held)
  return held
}

/** A name or synonym in common, or one name within the other. Pure. */
export function saysTheSame(a: Named, b: Named): boolean {
  const [left, right] = [words(a), words(b)]
  if (left.some((word) => right.includes(word))) return true
  const [x, y] = [left[0] ?? '', right[0] ?? '']
  return Math.min(x.length, y.length) >= 3 && (x.includes(y) || y.includes(x))
}
