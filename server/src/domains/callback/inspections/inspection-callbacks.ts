// How petitioners rate a completed inspection case: the petition body and the unit apart, each record with what it said before.
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { authorize, can, userId } from '../../../kernel/access.ts'
import { json, ts } from '../../../kernel/db/connect.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { newId } from '../../../kernel/runtime.ts'
import { parseIso, toIso, type Instant } from '../../../kernel/time/index.ts'
import { showInspectionCase } from '../../supervision/index.ts'
import { callbackFail } from '../callback.errors.ts'
import { db, readableTenants } from '../callback.queries.ts'
import type * as contract from './inspection-contract.ts'
import { inspectionGrades, inspectionWays } from './inspection-contract.ts'
import { gradeNames, wayNames } from './inspection.zh-CN.ts'

type Records = Output<typeof contract.listInspectionCallbacks>
type Way = (typeof inspectionWays)[number]
type Grade = (typeof inspectionGrades)[number]
type Said = { calledAt: Instant; way: Way; reason: string; bodyGrade: Grade; unitGrade: Grade; note: string }
/** What `changeInspectionCallback` keeps of a record before it changes. */
const written = z.object({ calledAt: z.string(), way: z.enum(inspectionWays), reason: z.string(), bodyGrade: z.enum(inspectionGrades), unitGrade: z.enum(inspectionGrades), note: z.string() })
const named = (said: Pick<Said, 'way' | 'bodyGrade' | 'unitGrade'>) => ({ wayName: wayNames[said.way], bodyGradeName: gradeNames[said.bodyGrade], unitGradeName: gradeNames[said.unitGrade] })

/** Who may read the case may read how it was rated. Errors: 404 of a case one may not know. */
export async function listInspectionCallbacks(ctx: Ctx, input: { id: string }): Promise<Records> {
  const held = await showInspectionCase(ctx, { id: input.id })
  const rows = await db(ctx).selectFrom('callback_inspection').selectAll().where('tenant_id', 'in', [...new Set([...readableTenants(ctx), ...ctx.actor.tenantIds])]).where('case_id', '=', input.id).orderBy('called_at', 'desc').orderBy('id').limit(100).execute()
  const changes = rows.length === 0 ? [] : await db(ctx).selectFrom('callback_inspection_change').selectAll().where('tenant_id', 'in', [...new Set(rows.map((one) => one.tenant_id))]).where('inspection_id', 'in', rows.map((one) => one.id)).orderBy('at', 'desc').execute()
  return {
    refused: !can(ctx, 'supervision.inspect') ? '由督查人员登记' : held.state === 'closed' ? null : '案件办结后才能回访',
    items: rows.map((row) => {
      const said: Said = { calledAt: row.called_at, way: row.way as Way, reason: row.reason, bodyGrade: row.body_grade as Grade, unitGrade: row.unit_grade as Grade, note: row.note }
      return {
        id: row.id, ...said, ...named(said), callerName: row.caller_name, at: row.at, version: row.version,
        changes: changes.filter((one) => one.inspection_id === row.id).map((one) => { const before = written.parse(one.before); return { id: one.id, changedAt: one.at, byName: one.by_name, calledAt: parseIso(before.calledAt), reason: before.reason, note: before.note, ...named(before) } }),
      }
    }),
  }
}

/** Only of a case that is completed, and only what has been said already. */
async function require(ctx: Ctx, caseId: string, calledAt: Instant): Promise<void> {
  authorize(ctx, 'supervision.inspect')
  const held = await showInspectionCase(ctx, { id: caseId })
  if (held.state !== 'closed' || held.closedAt === null) throw callbackFail('inspectionOpen', { rule: 'callback.inspection' })
  if (calledAt < held.closedAt || calledAt > ctx.clock.now()) throw kernelErrors('invalid', { fields: [{ path: 'calledAt', message: '回访时间须在办结之后、现在之前' }] })
}

const columns = (said: Said) => ({ called_at: ts(said.calledAt), way: said.way, reason: said.reason, body_grade: said.bodyGrade, unit_grade: said.unitGrade, note: said.note })

export async function addInspectionCallback(ctx: Ctx, input: Input<typeof contract.addInspectionCallback>): Promise<Records> {
  await require(ctx, input.id, input.calledAt)
  await db(ctx).insertInto('callback_inspection').values({ tenant_id: ctx.tenantId, id: newId(), case_id: input.id, ...columns(input), caller_id: userId(ctx), caller_name: ctx.actor.name, at: ts(ctx.clock.now()) }).execute()
  return listInspectionCallbacks(ctx, input)
}

export async function changeInspectionCallback(ctx: Ctx, input: Input<typeof contract.changeInspectionCallback>): Promise<Records> {
  await require(ctx, input.id, input.calledAt)
  const held = await db(ctx).selectFrom('callback_inspection').selectAll().where('tenant_id', '=', ctx.tenantId).where('case_id', '=', input.id).where('id', '=', input.recordId).forUpdate().executeTakeFirst()
  if (!held) throw callbackFail('inspectionNotFound')
  if (held.version !== input.version) throw kernelErrors('conflict', { current: { version: held.version } })
  const before = { calledAt: toIso(held.called_at), way: held.way, reason: held.reason, bodyGrade: held.body_grade, unitGrade: held.unit_grade, note: held.note }
  await db(ctx).insertInto('callback_inspection_change').values({ tenant_id: ctx.tenantId, id: newId(), inspection_id: held.id, at: ts(ctx.clock.now()), by_name: ctx.actor.name, before: json(before) }).execute()
  await db(ctx).updateTable('callback_inspection').set((eb) => ({ ...columns(input), version: eb('version', '+', 1) })).where('tenant_id', '=', ctx.tenantId).where('id', '=', held.id).execute()
  return listInspectionCallbacks(ctx, input)
}
