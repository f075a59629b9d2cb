// Runs a condition tree under the reader's scope: one page, a bounded count, or everything for an export.
import { sql, type RawBuilder } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize } from '../../../kernel/access.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input } from '../../../kernel/http/route.ts'
import { formFields, type FormField } from '../../forms/index.ts'
import { appealTypes } from '../../matters/index.ts'
import { setting } from '../../platform/index.ts'
import { enabledProfiles } from '../case-profiles/profile-store.ts'
import { enterpriseGrades } from '../enterprise/enterprise.settings.ts'
import { orderStates } from '../order.ts'
import { linesOf } from '../lines/line-store.ts'
import { knownMarks } from '../key-cases/mark-order.ts'
import { taskForces } from '../queues/queue.ts'
import { allOf, asCount, boundedCount, branchesFor, type Branch } from '../reading/list-branches.ts'
import { listPage, rowsOf } from '../reading/list-page.ts'
import { registrationSources } from '../settings.ts'
import { listRows } from '../reading/list-rows.ts'
import { flagNames } from '../reading/reading.zh-CN.ts'
import { compile } from './compile-conditions.ts'
import { leavesOf, parseConditions, required, type Node } from './conditions.ts'
import { querySorts, type QuerySort } from './query-contract.ts'
import type * as contract from './query-contract.ts'
import { stateNames } from '../texts.zh-CN.ts'
import { choicesOf, groupOf, operatorNames, sortNames } from './query.zh-CN.ts'
import { fieldOf, formField, queryFields, type Operator, type QueryField } from './query-fields.ts'

export async function queryOrders(ctx: Ctx, input: Input<typeof contract.queryOrdersRoute>) {
  authorize(ctx, 'orders.read')
  const tree = treeOf(input.where)
  const rule = leavesOf(tree).find((l) => fieldOf(l.field)?.rulesOnly)
  if (rule) throw kernelErrors('invalid', { fields: [{ path: 'where', message: `“${fieldOf(rule.field)?.label}”只能用于规则，请改用“标题、内容、地点中的词”` }] })
  const branches = await queryBranches(ctx, tree, input.below)
  const [page, counted] = await Promise.all([pageOf(ctx, branches, sortOf(input.sort), input), sql<{ n: number }>`select ${boundedCount(branches)} as n`.execute(ctx.db())])
  return { items: await listRows(ctx, page.rows), next: page.next, count: asCount(counted.rows[0]?.n ?? 0) }
}

/** How many rows the query page would list for this tree, bounded as there. */
export async function countOrders(ctx: Ctx, tree: Node): Promise<number> {
  const { rows } = await sql<{ n: number }>`select ${boundedCount(await queryBranches(ctx, tree))} as n`.execute(ctx.db())
  return asCount(rows[0]?.n ?? 0).value
}

export function treeOf(where: string): Node {
  try {
    return parseConditions(JSON.parse(where))
  } catch (error) {
    if (error instanceof SyntaxError) throw kernelErrors('invalid', { fields: [{ path: 'where', message: '条件格式不正确' }] })
    throw error
  }
}

/** Every row within the reader's scope that the tree lets through, of the own centre unless those below were chosen (decision 0166), as branches that never hold the same row twice. */
export async function queryBranches(ctx: Ctx, tree: Node, below = false): Promise<Branch[]> {
  const top = required(tree)
  const named = top.find((l) => l.field === 'state' && l.op === 'in')?.value
  const states = Array.isArray(named) ? orderStates.filter((s) => named.includes(s)) : []
  const open = top.some((l) => l.field === 'overdue' && l.value === true)
  return branchesFor(ctx, { conditions: [await compile(ctx, tree)], states, selective: top.some((l) => fieldOf(l.field)?.selective && l.op !== 'hasNot'), open, ...(below ? {} : { tenants: [ctx.tenantId] }) })
}

export type Sorted = { field: QuerySort; down: boolean }
export function sortOf(sort: string): Sorted {
  const field = querySorts.find((s) => s === sort.replace(/^-/, ''))
  if (!field) throw kernelErrors('invalid', { fields: [{ path: 'sort', message: '不能按此排序' }] })
  return { field, down: sort.startsWith('-') }
}

const columns: Record<QuerySort, string> = { priority: 'o.priority', registeredAt: 'o.registered_at', closedAt: 'o.closed_at', nextDueAt: 'o.next_due_at', urgeCount: 'o.urge_count', returnCount: 'o.return_count', number: 'o.number' }

/** Rows that can be paged to by counting; beyond that a person narrows the conditions, and an export takes all. */
const DEEPEST = 10_000

async function pageOf(ctx: Ctx, branches: Branch[], sorted: Sorted, page: { limit: number; cursor?: string | undefined }) {
  if (sorted.field === 'registeredAt') return listPage(ctx, branches, sorted.down ? 'registeredAt' : 'registeredAtAsc', page)
  const offset = page.cursor === undefined ? 0 : Number(/^o:(\d{1,5})$/.exec(page.cursor)?.[1] ?? Number.NaN)
  if (!Number.isInteger(offset) || offset > DEEPEST) throw kernelErrors('invalid', { fields: [{ path: 'cursor', message: '翻页标记无效，请重新查询' }] })
  const ids = await sortedIds(ctx, branches, sorted, page.limit + 1, offset)
  const more = ids.length > page.limit && offset + page.limit <= DEEPEST
  return { rows: await rowsOf(ctx, ids.slice(0, page.limit)), next: more ? `o:${offset + page.limit}` : null }
}

// Most orders have no closing time, no clock, no urge: those with a value are read along their index first, the rest along the key.
const parted: Partial<Record<QuerySort, { value: RawBuilder<unknown>; none: RawBuilder<unknown> }>> = {
  closedAt: { value: sql`o.closed_at is not null`, none: sql`o.closed_at is null` },
  nextDueAt: { value: sql`o.next_due_at is not null`, none: sql`o.next_due_at is null` },
  urgeCount: { value: sql`o.urge_count > 0`, none: sql`o.urge_count = 0` },
  returnCount: { value: sql`o.return_count > 0`, none: sql`o.return_count = 0` },
}

/** Ids in the order of any column, orders without a value last when it runs down. */
export async function sortedIds(ctx: Ctx, branches: Branch[], sorted: Sorted, limit: number, offset: number): Promise<string[]> {
  const parts = parted[sorted.field]
  const stretches = parts ? (sorted.down || sorted.field === 'nextDueAt' || sorted.field === 'closedAt' ? [parts.value, parts.none] : [parts.none, parts.value]) : [sql`true`]
  const ids: string[] = []
  for (const stretch of stretches) if (ids.length < limit + offset) ids.push(...(await stretchIds(ctx, branches, sorted, stretch, limit + offset - ids.length)))
  return ids.slice(offset)
}

async function stretchIds(ctx: Ctx, branches: Branch[], { field, down }: Sorted, only: RawBuilder<unknown>, limit: number): Promise<string[]> {
  const way = down ? sql`desc` : sql`asc`
  const parts = branches.map((b) => sql`(select ${sql.ref(columns[field])} as k, o.id as id from ${b.from} where ${b.where} and ${only} order by k ${way}, id ${way} limit ${limit})`)
  const { rows } = await sql<{ id: string }>`select id from (${sql.join(parts, sql` union all `)}) as merged order by k ${way}, id ${way} limit ${limit}`.execute(ctx.db())
  return rows.map((r) => r.id)
}

/** What conditions would have met among the orders of the last days, under the tester's own scope: for rules before they are enabled. */
export async function tryOnPast(ctx: Ctx, condition: Record<string, unknown>, days: number) {
  const branches = await queryBranches(ctx, { all: [{ field: 'registeredAt', op: 'lastDays', value: days }, parseConditions(condition)] })
  const [page, counted] = await Promise.all([listPage(ctx, branches, 'registeredAt', { limit: 20 }), sql<{ n: number }>`select ${boundedCount(branches)} as n`.execute(ctx.db())])
  return { count: asCount(counted.rows[0]?.n ?? 0), sample: page.rows.map((r) => ({ id: r.id, number: r.number, title: r.title, stateName: stateNames[r.state], registeredAt: r.registered_at })) }
}

/** Whether one order fits a tree, read without scope: for rules that the system applies. */
export async function fits(ctx: Ctx, orderId: string, tree: Node): Promise<boolean> {
  const condition: RawBuilder<unknown> = allOf([sql`o.tenant_id = ${ctx.tenantId}`, sql`o.id = ${orderId}`, await compile(ctx, tree)])
  const { rows } = await sql<{ id: string }>`select o.id from order_order o where ${condition}`.execute(ctx.db())
  return rows.length > 0
}

const yesNo = [{ value: 'true', label: '是' }, { value: 'false', label: '否' }]
const formOps = (f: FormField): readonly Operator[] => (f.type === 'number' || f.type === 'integer' ? ['gte', 'lte', 'empty', 'filled'] : f.choices || f.type === 'boolean' ? ['in', 'empty', 'filled'] : ['is', 'contains', 'empty', 'filled'])

export async function orderQueryFields(ctx: Ctx) {
  authorize(ctx, 'orders.read')
  const [types, forms, profiles, lines, forces, grades, sources, marks] = await Promise.all([appealTypes(ctx), formFields(ctx), enabledProfiles(ctx), linesOf(ctx), taskForces(ctx), setting(ctx, enterpriseGrades), setting(ctx, registrationSources), knownMarks(ctx)])
  const pairs = (list: readonly { code: string; name: string }[]) => list.map(({ code, name }) => ({ value: code, label: name }))
  const choices: Record<string, { value: string; label: string }[]> = {
    ...choicesOf, flags: Object.entries(flagNames).map(([value, label]) => ({ value, label })), appealType: types.map((type) => ({ value: type.id, label: type.name })), profile: pairs(profiles), line: pairs(lines), keyTopic: marks.filter((m) => m.kind === 'topic').map((m) => ({ value: m.id, label: m.name })), specialMark: marks.filter((m) => m.kind === 'special').map((m) => ({ value: m.id, label: m.name })), registrationSource: sources.map((name) => ({ value: name, label: name })), queue: pairs(forces), enterpriseGrade: [...new Set([...grades.map((g) => g.grade), 'B'])].map((grade) => ({ value: grade, label: `${grade} 级` })),
  }
  const view = (f: QueryField, label: string, own: { value: string; label: string }[]) => ({ key: f.key, label, kind: f.kind, group: groupOf[f.kind], ops: f.ops.map((code) => ({ code, label: operatorNames[code] })), choices: own, rulesOnly: f.rulesOnly ?? false })
  return {
    fields: [...[...queryFields.values()].map((f) => view(f, f.label, choices[f.key] ?? [])), ...forms.map((f) => view({ ...formField(f.key), ops: formOps(f) }, f.title, f.choices ?? (f.type === 'boolean' ? yesNo : [])))],
    sorts: querySorts.map((value) => ({ value, label: sortNames[value] })),
  }
}
