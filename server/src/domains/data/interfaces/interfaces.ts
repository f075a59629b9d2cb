// Published figures: the form is fixed, the scope is the caller's own, every call is written down.
import { authorize, userId } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { userById } from '../../platform/index.ts'
import { figures } from '../answer.ts'
import { catalogueOf, closure, db } from '../catalogue.ts'
import { dataFail } from '../data.errors.ts'
import { chosen } from '../figures.ts'
import { filterKeys } from '../filters.ts'
import { interfaceWords } from '../texts.zh-CN.ts'
import * as contract from './interface-contract.ts'

type View = Output<typeof contract.keepInterfaceRoute>
/** The most groups a question gives at once. */
const MOST_GROUPS = 2000

const select = (ctx: Ctx) => db(ctx).selectFrom('data_interface').selectAll().where('tenant_id', '=', ctx.tenantId)
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

const named = async (ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> => new Map(await Promise.all([...new Set(ids)].map(async (id) => [id, (await userById(ctx, id)).name] as const)))

async function views(ctx: Ctx, rows: Row[]): Promise<View[]> {
  const people = await named(ctx, rows.flatMap((r) => r.caller_ids))
  return rows.map((r) => ({ code: r.code, name: r.name, description: r.description, form: contract.form.parse(r.form), state: r.state === 'open' ? 'open' : 'stopped', perMinute: r.per_minute, callerIds: r.caller_ids, callers: r.caller_ids.map((id) => ({ id, name: people.get(id) ?? '' })), version: r.version, changedAt: r.changed_at, changedByName: r.changed_by_name, address: `/api/data/published/${r.code}` }))
}

export async function listInterfaces(ctx: Ctx): Promise<Output<typeof contract.interfacesRoute>> {
  authorize(ctx, 'data.manage')
  return { items: await views(ctx, await select(ctx).orderBy('code').limit(500).execute()) }
}

/** @throws data.unknownIndicator, data.stopped, data.unknownDimension, kernel.conflict when somebody changed it meanwhile */
export async function keepInterface(ctx: Ctx, input: Input<typeof contract.keepInterfaceRoute>): Promise<View> {
  authorize(ctx, 'data.manage')
  closure(await catalogueOf(ctx), input.form.indicators, '9999-12-31')
  for (const key of [...input.form.dimensions, ...input.form.where.map((f) => f.dimension).filter((key) => !filterKeys.includes(key))]) chosen(key)
  await named(ctx, input.callerIds).catch(() => { throw kernelErrors('invalid', { fields: [{ path: 'callerIds', message: interfaceWords.unknownCaller }] }) })
  const held = await select(ctx).where('code', '=', input.code).forUpdate().executeTakeFirst()
  if ((held?.version ?? 0) !== input.version) throw kernelErrors('conflict', { current: { version: held?.version ?? 0, changedBy: held?.changed_by_name ?? '', changedAt: held?.changed_at ?? null } })
  const next = { name: input.name, description: input.description, form: json(input.form as never), state: input.state, per_minute: input.perMinute, caller_ids: input.callerIds, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name }
  if (held) await db(ctx).updateTable('data_interface').set({ ...next, version: held.version + 1 }).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).execute()
  else await db(ctx).insertInto('data_interface').values({ tenant_id: ctx.tenantId, code: input.code, ...next }).execute()
  ctx.audit({ module: 'data', act: 'keepFigureInterface', objectType: 'key:permission', objectId: input.code, changes: { callers: { old: held?.caller_ids ?? [], new: input.callerIds }, form: { old: held?.form ?? null, new: input.form }, state: { old: held?.state ?? null, new: input.state } } })
  const row = await select(ctx).where('code', '=', input.code).executeTakeFirstOrThrow()
  return (await views(ctx, [row]))[0] as View // one row gives one view
}

export async function listInterfaceCalls(ctx: Ctx, input: Input<typeof contract.interfaceCallsRoute>): Promise<Output<typeof contract.interfaceCallsRoute>> {
  authorize(ctx, 'data.manage')
  let query = db(ctx).selectFrom('data_interface_call').select(['id', 'caller_name as callerName', 'at', 'params', 'rows', 'version']).where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code)
  if (input.cursor) query = query.where('id', '<', input.cursor)
  const rows = await query.orderBy('id', 'desc').limit(input.limit + 1).execute()
  const page = rows.slice(0, input.limit)
  return { items: page.map((r) => ({ ...r, params: r.params as Record<string, unknown> })), next: rows.length > input.limit ? (page.at(-1)?.id ?? null) : null }
}

/** Only for who was given it. @throws 403 for all others, whether it exists or not */
async function given(ctx: Ctx, code: string): Promise<{ row: Row; form: ReturnType<typeof contract.form.parse> }> {
  authorize(ctx, 'data.read')
  const row = await select(ctx).where('code', '=', code).executeTakeFirst()
  if (!row || row.state !== 'open' || !row.caller_ids.includes(userId(ctx))) throw dataFail('notGranted')
  return { row, form: contract.form.parse(row.form) }
}

export async function describeInterface(ctx: Ctx, input: { code: string }): Promise<Output<typeof contract.describeInterfaceRoute>> {
  const { row, form } = await given(ctx, input.code)
  const found = closure(await catalogueOf(ctx), form.indicators, '9999-12-31').filter((i) => form.indicators.includes(i.code))
  return {
    code: row.code, name: row.name, description: row.description, version: row.version, perMinute: row.per_minute, indicators: found.map((i) => ({ code: i.code, name: i.name, unit: i.definition.unit, statement: i.definition.statement, version: i.version })),
    dimensions: form.dimensions.map((key) => ({ key, label: chosen(key).label })), query: interfaceWords.query,
  }
}

/** The figures a board shows its reader, under the caller's own scope. @throws data.notGranted, kernel.tooMany */
export async function callInterface(ctx: Ctx, input: Input<typeof contract.callInterfaceRoute>): Promise<Output<typeof contract.callInterfaceRoute>> {
  const { row, form } = await given(ctx, input.code)
  const calls = () => db(ctx).selectFrom('data_interface_call').where('tenant_id', '=', ctx.tenantId).where('code', '=', row.code)
  const { n } = await calls().select((e) => e.fn.countAll<string>().as('n')).where('caller_id', '=', userId(ctx)).where('at', '>', ts((ctx.clock.now() - MINUTE) as never)).executeTakeFirstOrThrow()
  if (Number(n) >= row.per_minute) throw kernelErrors('tooMany')
  const answer = await figures(ctx, { from: input.from, to: input.to, ...form, below: false, known: false, limit: MOST_GROUPS })
  const start = (input.page - 1) * input.pageSize
  const rows = answer.rows.slice(start, start + input.pageSize)
  await db(ctx).insertInto('data_interface_call').values({ tenant_id: ctx.tenantId, id: newId(), code: row.code, version: row.version, caller_id: userId(ctx), caller_name: ctx.actor.name, at: ts(ctx.clock.now()), params: json({ from: input.from, to: input.to, page: input.page, pageSize: input.pageSize }), rows: rows.length }).execute()
  return {
    code: row.code, name: row.name, version: row.version, from: answer.from, to: answer.to, asOf: answer.asOf, columns: answer.columns.filter((c) => c.asked).map((c) => ({ code: c.code, name: c.name, unit: c.unit, statement: c.statement, version: c.version })), page: input.page, pageSize: input.pageSize, count: answer.rows.length,
    rows: rows.map((r) => ({ keys: r.keys, values: pick(r.values, form.indicators) })), total: pick(answer.total, form.indicators),
  }
}

/** What was published, without the parts it is computed from. */
const pick = (values: Record<string, string | null>, codes: readonly string[]): Record<string, string | null> => Object.fromEntries(codes.map((code) => [code, values[code] ?? null]))
