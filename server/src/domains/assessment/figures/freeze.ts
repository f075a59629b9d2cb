// What a period's rules read besides its orders: approved figures, and published totals of other models; written into the snapshot, so that
// a stored run is computed anew from the same.
import { sql } from 'kysely'
import type { Ctx } from '../../../kernel/ctx.ts'
import { db, modelById, type Figures, type Period } from '../assessment.queries.ts'
import { objectsOf } from '../compute-run.ts'
import { inputsOf, type Definition, type FigureInput } from '../rules.ts'

type Approved = { objectId: string; code: string; value: string | null; reason: string; sheetId: string }

/** Of several approved sheets the one decided last. */
export async function approvedFigures(ctx: Ctx, periodId: string): Promise<Approved[]> {
  const { rows } = await sql<Approved>`select distinct on (f.object_id, f.code) f.object_id as "objectId", f.code, f.value, f.reason, s.id as "sheetId"
    from assessment_figure f join assessment_figure_sheet s on s.tenant_id = f.tenant_id and s.id = f.sheet_id
    where f.tenant_id = ${ctx.tenantId} and s.period_id = ${periodId} and s.state = 'approved' order by f.object_id, f.code, s.decided_at desc, s.id desc`.execute(db(ctx))
  return rows
}

/** A value for every object and input; one that is missing stays empty and says why, never zero. */
export async function figuresFor(ctx: Ctx, period: Pick<Period, 'id' | 'model_id' | 'kind' | 'from_day' | 'to_day'>, definition: Definition): Promise<Figures> {
  const inputs = inputsOf(definition)
  if (inputs.length === 0) return {}
  const objects = await objectsOf(ctx, (await modelById(ctx, period.model_id)).level_id, period)
  const entered = new Map((await approvedFigures(ctx, period.id)).map((f) => [`${f.objectId} ${f.code}`, f]))
  const scores = new Map<string, Awaited<ReturnType<typeof scoresOf>>>()
  for (const input of inputs) if (input.source === 'score') scores.set(input.code, await scoresOf(ctx, period, input))
  return Object.fromEntries(objects.map((object) => [object.id, Object.fromEntries(inputs.map((input) => {
    if (input.source === 'score') {
      const { periodId, totals } = scores.get(input.code) ?? { periodId: undefined, totals: new Map<string, string>() }
      const total = totals.get(keyOf({ kind: object.kind, ref_id: object.refId, area_code: object.areaCode, name: object.name }))
      return [input.code, { value: total ?? null, reason: total !== undefined ? '' : periodId ? '该模型本期没有这个对象的成绩' : '该模型本期成绩尚未发布', ...(periodId ? { periodId } : {}) }]
    }
    const found = entered.get(`${object.id} ${input.code}`)
    return [input.code, found ? { value: found.value, reason: found.reason, sheetId: found.sheetId } : { value: null, reason: '尚未录入' }]
  }))]))
}

/** The same unit, area or person under another level. */
const keyOf = (o: { kind: string; ref_id: string | null; area_code: string | null; name: string }): string => `${o.kind} ${o.ref_id ?? o.area_code ?? o.name}`

async function scoresOf(ctx: Ctx, period: Pick<Period, 'kind' | 'from_day'>, input: FigureInput): Promise<{ periodId: string | undefined; totals: Map<string, string> }> {
  const { rows } = await sql<{ periodId: string; kind: string; ref_id: string | null; area_code: string | null; name: string; total: string | null }>`select p.id as "periodId", o.kind, o.ref_id, o.area_code, o.name, s.total
    from assessment_model m join assessment_period p on p.tenant_id = m.tenant_id and p.model_id = m.id and p.kind = ${period.kind} and p.from_day = ${period.from_day} and p.published_run_id is not null
    join assessment_score s on s.tenant_id = p.tenant_id and s.run_id = p.published_run_id join assessment_object o on o.tenant_id = s.tenant_id and o.id = s.object_id
    where m.tenant_id = ${ctx.tenantId} and m.code = ${input.model}`.execute(db(ctx))
  return { periodId: rows[0]?.periodId, totals: new Map(rows.flatMap((r) => (r.total === null ? [] : [[keyOf(r), r.total] as const]))) }
}
