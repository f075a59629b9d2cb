// Registering and changing merged hotlines; every change of the mode begins a new stretch, what was before keeps its own.
import { sql } from 'kysely'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addDays, startOfDay } from '../../../kernel/time/index.ts'
import { tenantById, unitsByIds } from '../../platform/index.ts'
import { db } from '../orders.queries.ts'
import type * as contract from './line-contract.ts'
import { lineModes, type LineMode } from './line-contract.ts'
import { lineFail } from './line.errors.ts'
import { callsOfNumber, lineChanged, linesOf, type Line } from './line-store.ts'
import { lineModeNames, ownCentre } from './lines.zh-CN.ts'

type Row = Output<typeof contract.addLineRoute>
type Fields = Omit<Input<typeof contract.addLineRoute>, 'code'>

const stretches = (ctx: Ctx) => db(ctx).selectFrom('order_line_mode').selectAll().where('tenant_id', '=', ctx.tenantId).orderBy('since_at')
const modeOf = (mode: string): LineMode => lineModes.find((one) => one === mode) ?? 'parallel'

async function views(ctx: Ctx, lines: Line[]): Promise<Row[]> {
  const [units, modes] = await Promise.all([unitsByIds(ctx, lines.flatMap((l) => l.unit_id ?? [])), stretches(ctx).execute()])
  return lines.map((l) => ({
    code: l.code, name: l.name, number: l.number, unitId: l.unit_id, unitName: units.get(l.unit_id ?? '')?.name ?? null, mode: l.mode, modeName: lineModeNames[l.mode], ownForm: l.own_form, skillGroup: l.skill_group, connector: l.connector, startedOn: l.started_on, enabled: l.enabled,
    modes: modes.filter((m) => m.line_code === l.code).map((m) => ({ mode: modeOf(m.mode), modeName: lineModeNames[modeOf(m.mode)], since: m.since_at, until: m.until_at, byName: m.by_name })).toReversed(), version: l.version, changedAt: l.changed_at, changedByName: l.changed_by_name,
  }))
}

export async function listLines(ctx: Ctx) {
  authorize(ctx, 'orders.manageLines')
  return { items: await views(ctx, await linesOf(ctx)) }
}

async function check(ctx: Ctx, code: string, fields: Fields): Promise<void> {
  if (fields.unitId && (await unitsByIds(ctx, [fields.unitId])).get(fields.unitId)?.tenantId !== ctx.tenantId) throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '只能选择本中心的单位' }] })
  if (fields.mode === 'subCentre' && !fields.unitId) throw kernelErrors('invalid', { fields: [{ path: 'unitId', message: '分中心须有负责单位' }] })
  const taken = fields.number === null ? undefined : (await linesOf(ctx)).find((l) => l.code !== code && l.number === fields.number)
  if (taken) throw lineFail('lineTaken', { params: { name: taken.name }, fields: [{ path: 'number', message: '号码已属于另一条线路' }] })
}

const columns = (ctx: Ctx, f: Fields) => ({
  name: f.name, number: f.number, unit_id: f.unitId, mode: f.mode, own_form: f.ownForm, skill_group: f.skillGroup, connector: f.connector, started_on: f.startedOn, enabled: f.enabled, changed_at: ts(ctx.clock.now()), changed_by_name: ctx.actor.name,
})

async function told(ctx: Ctx, code: string, act: string, changes: Record<string, { old: unknown; new: unknown }>): Promise<Row> {
  ctx.audit({ module: 'orders', act, objectType: 'key:parameter', objectId: code, changes })
  ctx.publish(lineChanged({ tenantId: ctx.tenantId, code }))
  const [row] = await views(ctx, (await linesOf(ctx)).filter((l) => l.code === code))
  if (!row) throw lineFail('lineNotFound')
  return row
}

const begin = (ctx: Ctx, code: string, mode: LineMode) => db(ctx).insertInto('order_line_mode').values({ tenant_id: ctx.tenantId, line_code: code, since_at: ts(ctx.clock.now()), mode, by_name: ctx.actor.name }).execute()

export async function addLine(ctx: Ctx, input: Input<typeof contract.addLineRoute>): Promise<Row> {
  authorize(ctx, 'orders.manageLines')
  await check(ctx, input.code, input)
  const added = await db(ctx).insertInto('order_line').values({ tenant_id: ctx.tenantId, code: input.code, ...columns(ctx, input) }).onConflict((c) => c.doNothing()).returning('code').executeTakeFirst()
  if (!added) throw lineFail('lineTaken', { params: { name: input.code }, fields: [{ path: 'code', message: '代码已被使用' }] })
  await begin(ctx, input.code, input.mode)
  return told(ctx, input.code, 'addHotline', { line: { old: null, new: { name: input.name, number: input.number, mode: input.mode } } })
}

export async function changeLine(ctx: Ctx, input: Input<typeof contract.changeLineRoute>): Promise<Row> {
  authorize(ctx, 'orders.manageLines')
  const row = await db(ctx).selectFrom('order_line').selectAll().where('tenant_id', '=', ctx.tenantId).where('code', '=', input.code).forUpdate().executeTakeFirst()
  if (!row) throw lineFail('lineNotFound')
  if (row.version !== input.version) throw lineFail('lineChanged', { params: { by: row.changed_by_name }, current: { version: row.version } })
  await check(ctx, input.code, input)
  await db(ctx).updateTable('order_line').set((eb) => ({ ...columns(ctx, input), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('code', '=', row.code).execute()
  if (row.mode !== input.mode) {
    await db(ctx).updateTable('order_line_mode').set({ until_at: ts(ctx.clock.now()) }).where('tenant_id', '=', ctx.tenantId).where('line_code', '=', row.code).where('until_at', 'is', null).execute()
    await begin(ctx, row.code, input.mode)
  }
  return told(ctx, row.code, 'changeHotline', { line: { old: { name: row.name, number: row.number, mode: row.mode, enabled: row.enabled }, new: { name: input.name, number: input.number, mode: input.mode, enabled: input.enabled } } })
}

/** Orders and calls of each line under each mode it had: those of a fully merged line are the centre's, those of a sub-centre its unit's. */
export async function lineVolumes(ctx: Ctx, input: Input<typeof contract.lineVolumesRoute>): Promise<Output<typeof contract.lineVolumesRoute>> {
  authorize(ctx, 'orders.manageLines')
  const { timeZone } = await tenantById(ctx, ctx.tenantId)
  const from = startOfDay(input.from, timeZone)
  const to = startOfDay(addDays(input.to, 1), timeZone)
  const [lines, modes] = await Promise.all([linesOf(ctx), stretches(ctx).execute()])
  const units = await unitsByIds(ctx, lines.flatMap((l) => l.unit_id ?? []))
  const { rows } = await sql<{ line: string; mode: string; n: number }>`select line, coalesce(line_mode, 'parallel') as mode, count(*)::int as n from order_order
    where tenant_id = ${ctx.tenantId} and line is not null and registered_at >= ${ts(from)} and registered_at < ${ts(to)} and state not in ('draft', 'withdrawn', 'merged') group by 1, 2`.execute(ctx.db())
  const items = []
  for (const line of lines) {
    for (const mode of lineModes) {
      const held = modes.filter((m) => m.line_code === line.code && m.mode === mode)
      const orders = rows.find((r) => r.line === line.code && r.mode === mode)?.n ?? 0
      let calls: number | null = null
      for (const m of held) {
        const stretch = { from: m.since_at > from ? m.since_at : from, to: m.until_at !== null && m.until_at < to ? m.until_at : to }
        const n = line.number === null || stretch.to <= stretch.from ? null : await callsOfNumber.one()(ctx, { number: line.number, ...stretch })
        if (n !== null) calls = (calls ?? 0) + n
      }
      if (held.length === 0 && orders === 0) continue
      const own = mode === 'full' ? ownCentre : mode === 'subCentre' ? (units.get(line.unit_id ?? '')?.name ?? line.name) : line.name
      items.push({ code: line.code, name: line.name, mode, modeName: lineModeNames[mode], countedBy: own, orders, calls })
    }
  }
  return { items }
}
