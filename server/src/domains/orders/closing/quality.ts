// Standing declarations and shelvings that are incomplete, deviate from the list or stand twice: found, counted, mended in batch, undone (ASM-12).
import { sql, type RawBuilder, type Selectable } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { DAY, parseIso, plus, toIso, type Instant } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { each } from '../checks/batch-approval.ts'
import { orderFail } from '../orders.errors.ts'
import { assertVisible } from '../orders.policy.ts'
import { db, lockOrder } from '../orders.queries.ts'
import { and, inSight, listOf, orderColumns, type OrderColumns } from '../requests/list-frame.ts'
import type { OrdersTables } from '../tables.gen.ts'
import { record } from '../timeline.ts'
import { kindNames } from './claim.ts'
import { closingFail } from './closing.errors.ts'
import { exclusionItems, shelvingDays, type ExclusionItem } from './closing.settings.ts'
import type { Kind } from './hint-rules.ts'
import { likeliest } from './likeliest.ts'
import { faults, sources } from './quality-contract.ts'
import type * as contract from './quality-contract.ts'
import { faultNames, faultTexts, fieldNames, sourceNames } from './quality.zh-CN.ts'

type Fault = (typeof faults)[number]
type Source = (typeof sources)[number]
type Values = { reasonClass: string; reason: string; expiresAt: string | null }
type Changes = Partial<Record<keyof Values, { old: string | null; new: string }>>
type Standing = { id: string; source: Source; unit_name: string; kind: Kind; reason_class: string; reason: string; expires_at: Instant | null; faults: Fault[] }

/** Approved ones count in results of a year at most. */
const LOOKED_BACK = 366
const SHORT = 5
const MONTHS = 12

/** Where a record's values stand; the order is known from each. */
const tables = {
  draft: { name: 'order_exclusion_draft', expires: 'expires_at', standing: sql`state in ('draft', 'passed', 'sentBack')` },
  pending: { name: 'order_request', expires: 'new_due_at', standing: sql`kind = 'exclusion' and state = 'pending'` },
  approved: { name: 'order_exclusion', expires: 'expires_at', standing: sql`state = 'approved'` },
} as const

const recordsOf = (ctx: Ctx): RawBuilder<unknown> => sql`(
  select tenant_id, id, 'draft' as source, order_id, unit_id, unit_name, kind, reason_class, reason, expires_at, prepared_at as at from order_exclusion_draft where tenant_id = ${ctx.tenantId} and ${tables.draft.standing}
  union all select tenant_id, id, 'pending', order_id, unit_id, unit_name, case data ->> 'exclusion' when 'shelve' then 'shelve' else 'exclude' end, coalesce(reason_class, ''), reason, new_due_at, created_at from order_request where tenant_id = ${ctx.tenantId} and ${tables.pending.standing}
  union all select tenant_id, id, 'approved', order_id, unit_id, unit_name, kind, reason_class, reason, expires_at, approved_at from order_exclusion where tenant_id = ${ctx.tenantId} and ${tables.approved.standing} and approved_at > ${ts(plus(ctx.clock.now(), -LOOKED_BACK * DAY))})`

/** Each fault as a condition on a record `r`. */
function testsOf(ctx: Ctx, items: readonly ExclusionItem[]): Record<Fault, RawBuilder<boolean>> {
  const named = (kind?: Kind): string[] => items.filter((i) => kind === undefined || (i.kind !== 'both' && i.kind !== kind)).map((i) => i.name)
  return {
    class: sql`r.reason_class <> all(${named()}::text[])`,
    kind: sql`r.reason_class = any(case r.kind when 'shelve' then ${named('shelve')}::text[] else ${named('exclude')}::text[] end)`,
    reason: sql`(char_length(btrim(r.reason)) < ${SHORT} or btrim(r.reason) = r.reason_class)`,
    expiry: sql`(r.kind = 'shelve' and (r.source <> 'draft' and r.expires_at is null or r.expires_at <= ${ts(ctx.clock.now())}))`,
    repeated: sql`r.times > 1`,
  }
}

/** Records with their faults as `x`, orders as `o`. */
function judged(ctx: Ctx, items: readonly ExclusionItem[]): RawBuilder<unknown> {
  const tests = testsOf(ctx, items)
  return sql`(select r.*, array_remove(array[${sql.join(faults.map((f) => sql`case when ${tests[f]} then ${f} end`))}]::text[], null) as faults from (select s.*, count(*) over (partition by s.order_id)::int as times from ${recordsOf(ctx)} as s) as r) as x
    join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`
}

export async function listFaultyDeclarations(ctx: Ctx, input: Input<typeof contract.listFaultyDeclarationsRoute>) {
  authorize(ctx, 'orders.approveExclusion')
  const items = await setting(ctx, exclusionItems)
  const where = [input.fault ? sql`${input.fault} = any(x.faults)` : sql`cardinality(x.faults) > 0`]
  if (input.source) where.push(sql`x.source = ${input.source}`)
  if (input.unitId) where.push(sql`x.unit_id = ${input.unitId}`)
  const page = await listOf<Standing & OrderColumns & { at: Instant }>(ctx, { columns: sql`x.*, ${orderColumns}`, from: judged(ctx, items), where, at: 'x.at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, source: r.source, sourceName: sourceNames[r.source], orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, unitName: r.unit_name, kind: r.kind, reasonClass: r.reason_class, reason: r.reason, expiresAt: r.expires_at, at: r.at,
      faults: r.faults.map((fault) => ({ fault, text: faultTexts[fault] })), suggested: r.faults.some((f) => f === 'class' || f === 'kind') ? likeliest(r.reason_class, items.filter((i) => i.kind === 'both' || i.kind === r.kind).map((i) => i.name)) : null,
    })),
    next: page.next, count: page.count,
  }
}

const share = (part: number, all: number): number | null => (all === 0 ? null : part / all)

export async function declarationQuality(ctx: Ctx) {
  authorize(ctx, 'orders.approveExclusion')
  const [items, { timeZone }] = [await setting(ctx, exclusionItems), await tenantById(ctx, ctx.tenantId)]
  const { rows: [sums = {}] } = await sql<Record<string, number>>`select count(*)::int as standing, count(*) filter (where cardinality(x.faults) = 0)::int as sound, ${sql.join(faults.map((f) => sql`count(*) filter (where ${f} = any(x.faults))::int as ${sql.ref(f)}`))} from ${judged(ctx, items)} where ${inSight(ctx)}`.execute(ctx.db())
  const { rows: months } = await sql<{ month: string; decided: number; approved: number }>`select to_char(q.decided_at at time zone ${timeZone}, 'YYYY-MM') as month, count(*)::int as decided, count(*) filter (where q.state = 'approved')::int as approved
    from order_request q join order_order o on o.tenant_id = q.tenant_id and o.id = q.order_id where ${and([sql`q.tenant_id = ${ctx.tenantId} and q.kind = 'exclusion' and q.state in ('approved', 'refused') and q.decided_at > ${ts(plus(ctx.clock.now(), -LOOKED_BACK * DAY))}`, inSight(ctx)])} group by 1 order by 1 desc limit ${MONTHS}`.execute(ctx.db())
  const [standing, sound] = [sums['standing'] ?? 0, sums['sound'] ?? 0]
  return { standing, sound, share: share(sound, standing), faults: faults.map((fault) => ({ fault, name: faultNames[fault], records: sums[fault] ?? 0 })), items: items.map(({ name, kind }) => ({ name, kind })), months: months.toReversed().map((m) => ({ ...m, share: share(m.approved, m.decided) })) }
}

type Held = Standing & { order_id: string; number: string; title: string }

async function named(ctx: Ctx, ids: string[]): Promise<Map<string, Held>> {
  const { rows } = await sql<Held>`select x.*, ${orderColumns} from ${judged(ctx, await setting(ctx, exclusionItems))} where ${and([sql`x.id = any(${ids}::uuid[])`, inSight(ctx)])}`.execute(ctx.db())
  return new Map(rows.map((r) => [r.id, r]))
}

/** Each on its own: what does not fit is told and left as it was. */
export async function repairDeclarations(ctx: Ctx, input: Input<typeof contract.repairDeclarationsRoute>) {
  authorize(ctx, 'orders.approveExclusion')
  const known = await named(ctx, input.ids)
  const items = await setting(ctx, exclusionItems)
  const latest = plus(ctx.clock.now(), (await setting(ctx, shelvingDays)) * DAY)
  return each(ctx, input.ids, known, async (id) => {
    const found = known.get(id)
    if (!found) throw orderFail('notFound')
    const item = input.reasonClass === undefined ? undefined : items.find((i) => i.name === input.reasonClass)
    if (input.reasonClass !== undefined && !item) throw closingFail('exclusionClass', { rule: 'exclusion.items', fields: [{ path: 'reasonClass', message: '请从规定的情形中选择' }] })
    if (item && item.kind !== 'both' && item.kind !== found.kind) throw closingFail('exclusionClass', { rule: 'exclusion.items', fields: [{ path: 'reasonClass', message: `“${item.name}”只能申报${kindNames[item.kind]}` }] })
    if (input.expiresAt !== undefined && (found.kind !== 'shelve' || input.expiresAt <= ctx.clock.now() || input.expiresAt > latest)) throw closingFail('repairExpiry', { rule: 'shelving.days', fields: [{ path: 'expiresAt', message: found.kind === 'shelve' ? '须晚于现在，且不超过挂账最长时间' : '剔除没有到期时间' }] })
    const order = await lockOrder(ctx, found.order_id)
    await assertVisible(ctx, order)
    const now = await lockValues(ctx, found.source, id)
    if (!now) throw orderFail('requestEnded', { rule: 'orders.requestEnded' })
    const wanted: Partial<Record<keyof Values, string>> = { ...(input.reasonClass === undefined ? {} : { reasonClass: input.reasonClass }), ...(input.reason === undefined ? {} : { reason: input.reason }), ...(input.expiresAt === undefined ? {} : { expiresAt: toIso(input.expiresAt) }) }
    const changes: Changes = Object.fromEntries((Object.keys(wanted) as (keyof Values)[]).flatMap((field) => (now[field] === wanted[field] ? [] : [[field, { old: now[field], new: wanted[field] }]])))
    if (Object.keys(changes).length === 0) throw closingFail('repairNothing', { rule: 'orders.declaration.repair' })
    await write(ctx, found.source, id, wanted)
    await db(ctx).insertInto('order_declaration_repair').values({ tenant_id: ctx.tenantId, id: newId(), order_id: order.id, source: found.source, record_id: id, unit_name: found.unit_name, changes: json(changes), why: input.why, at: ts(ctx.clock.now()), by_name: ctx.actor.name }).execute()
    await record(ctx, order, { act: 'repairDeclaration', text: input.why, changes: shown(changes), visibility: 'staff' })
  })
}

const shown = (changes: Changes) => Object.fromEntries(Object.entries(changes).map(([field, change]) => [fieldNames[field as keyof Values], { ...change, label: fieldNames[field as keyof Values] }])) // keys are those of Values

/** Values as they stand now, locked; null once the record is decided, submitted or ended. */
async function lockValues(ctx: Ctx, source: Source, id: string): Promise<Values | null> {
  const { name, expires, standing } = tables[source]
  const { rows: [row] } = await sql<{ reason_class: string | null; reason: string; expires: Instant | null }>`select reason_class, reason, ${sql.ref(expires)} as expires from ${sql.table(name)} where tenant_id = ${ctx.tenantId} and id = ${id} and ${standing} for update`.execute(ctx.db())
  return row ? { reasonClass: row.reason_class ?? '', reason: row.reason, expiresAt: row.expires === null ? null : toIso(row.expires) } : null
}

async function write(ctx: Ctx, source: Source, id: string, values: Partial<Record<keyof Values, string | null>>): Promise<void> {
  const { name, expires } = tables[source]
  const set = [...(values.reasonClass === undefined ? [] : [sql`reason_class = ${values.reasonClass}`]), ...(values.reason === undefined ? [] : [sql`reason = ${values.reason}`]), ...(values.expiresAt === undefined ? [] : [sql`${sql.ref(expires)} = ${values.expiresAt === null ? null : ts(parseIso(values.expiresAt))}`])]
  await sql`update ${sql.table(name)} set ${sql.join(set)} where tenant_id = ${ctx.tenantId} and id = ${id}`.execute(ctx.db())
}

type Repair = Selectable<OrdersTables['order_declaration_repair']>

export async function listDeclarationRepairs(ctx: Ctx, input: Input<typeof contract.listDeclarationRepairsRoute>) {
  authorize(ctx, 'orders.approveExclusion')
  const where = [sql`x.tenant_id = ${ctx.tenantId}`, ...(input.undone === undefined ? [] : [input.undone ? sql`x.undone_at is not null` : sql`x.undone_at is null`])]
  const page = await listOf<Repair & OrderColumns>(ctx, { columns: sql`x.*, ${orderColumns}`, from: sql`order_declaration_repair x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id`, where, at: 'x.at', id: 'x.id', down: true }, input)
  return {
    items: page.rows.map((r) => ({
      id: r.id, orderId: r.order_id, number: r.number, title: r.title, urgency: r.urgency, sourceName: sourceNames[r.source as Source], unitName: r.unit_name, changes: Object.entries(r.changes as Changes).map(([field, change]) => ({ field: fieldNames[field as keyof Values], ...change })), why: r.why,
      at: r.at, byName: r.by_name, undoneAt: r.undone_at, undoneByName: r.undone_by_name,
    })),
    next: page.next, count: page.count,
  }
}

/** The old values come back where nobody changed them since. */
export async function undoDeclarationRepairs(ctx: Ctx, input: Input<typeof contract.undoDeclarationRepairsRoute>) {
  authorize(ctx, 'orders.approveExclusion')
  const { rows } = await sql<Repair & OrderColumns>`select x.*, ${orderColumns} from order_declaration_repair x join order_order o on o.tenant_id = x.tenant_id and o.id = x.order_id where ${and([sql`x.tenant_id = ${ctx.tenantId} and x.id = any(${input.ids}::uuid[])`, inSight(ctx)])}`.execute(ctx.db())
  const known = new Map(rows.map((r) => [r.id, r]))
  return each(ctx, input.ids, known, async (id) => {
    const repair = known.get(id)
    if (!repair) throw orderFail('notFound')
    const order = await lockOrder(ctx, repair.order_id)
    await assertVisible(ctx, order)
    const source = repair.source as Source // held by a check constraint
    const now = await lockValues(ctx, source, repair.record_id)
    const changes = repair.changes as Changes
    const fields = Object.keys(changes) as (keyof Values)[]
    const { undone_at: undone } = await db(ctx).selectFrom('order_declaration_repair').select('undone_at').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
    if (undone !== null) throw closingFail('repairUndone', { rule: 'orders.declaration.repair' })
    if (!now || fields.some((field) => now[field] !== changes[field]?.new)) throw closingFail('repairStale', { rule: 'orders.declaration.repair' })
    await write(ctx, source, repair.record_id, Object.fromEntries(fields.map((field) => [field, changes[field]?.old ?? null])))
    await db(ctx).updateTable('order_declaration_repair').set({ undone_at: ts(ctx.clock.now()), undone_by_name: ctx.actor.name }).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).execute()
    await record(ctx, order, { act: 'undoDeclarationRepair', text: repair.why, changes: Object.fromEntries(fields.map((field) => [fieldNames[field], { old: changes[field]?.new ?? null, new: changes[field]?.old ?? null, label: fieldNames[field] }])), visibility: 'staff' })
  })
}
