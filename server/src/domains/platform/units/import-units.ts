// Bulk import of units: rows may come in any order of the tree; every bad row is told by number, the others are loaded.
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError } from '../../../kernel/errors.ts'
import { asAppError } from '../../../kernel/http/problem.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { targetTenant } from '../reach.ts'
import { createUnit } from './change-units.ts'
import * as contract from './contract.ts'
import { unitKindTexts } from './unit-kinds.zh-CN.ts'
import { unitsByCodes } from './unit.queries.ts'
import { unitKinds } from './unit-tree.ts'

const MANAGE = 'platform.manageUnits'
type Row = Input<typeof contract.importUnits>['rows'][number]
type Answer = Output<typeof contract.importUnits>
type Problem = Omit<Answer['errors'][number], 'row'>

export async function importUnits(ctx: Ctx, input: Input<typeof contract.importUnits>): Promise<Answer> {
  authorize(ctx, MANAGE)
  const tenantId = targetTenant(ctx, MANAGE, input.tenantId)
  const known = await unitsByCodes(ctx, tenantId, input.rows.map((row) => row.parentCode.trim()))
  const ids = new Map([...known].map(([code, unit]) => [code, unit.id]))
  const errors: Answer['errors'] = []
  let waiting = input.rows.map((row, index) => ({ row, number: index + 1 }))
  let imported = 0
  // Each round loads the rows whose upper unit is there by now; a round that loads nothing ends it.
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length
    const left: typeof waiting = []
    for (const item of waiting) {
      const parentId = ids.get(item.row.parentCode.trim())
      if (parentId === undefined) {
        left.push(item)
        continue
      }
      const loaded = await loadRow(ctx, item.row, parentId)
      if ('id' in loaded) {
        ids.set(item.row.code.trim(), loaded.id)
        imported += 1
      } else errors.push({ row: item.number, ...loaded })
    }
    waiting = left
  }
  for (const { row, number } of waiting) errors.push({ row: number, field: 'parentCode', message: `上级机构“${row.parentCode}”不存在或未能导入` })
  return { imported, errors: errors.toSorted((a, b) => a.row - b.row) }
}

async function loadRow(ctx: Ctx, row: Row, parentId: string): Promise<{ id: string } | Problem> {
  const kind = unitKinds.find((code) => code !== 'virtual' && (code === row.kind.trim() || unitKindTexts[code] === row.kind.trim()))
  if (!kind) return { field: 'kind', message: `机构类型“${row.kind}”不存在` }
  const body = contract.createUnit.body.safeParse({
    code: row.code, parentId, name: row.name, kind, areaCode: row.areaCode.trim(), vertical: /^(是|true|1)$/i.test(row.vertical.trim()), leaderName: row.leaderName.trim() || null,
    contactName: row.contactName.trim() || null, phone: row.phone.trim() || null,
  })
  if (!body.success) return problemOf(asAppError(body.error))
  try {
    return await runNested(ctx, () => createUnit(ctx, body.data))
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return problemOf(error)
  }
}

function problemOf(error: AppError | null): Problem {
  const field = error?.refusal.fields?.[0]
  return { field: field?.path ?? 'code', message: field?.message ?? error?.title ?? '内容有误' }
}
