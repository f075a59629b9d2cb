// Bulk import: every row is checked on its own and told by number; the good ones are loaded, or nothing, as the tenant has set.
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import { inTenant, type Ctx } from '../../../kernel/ctx.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { runNested } from '../../../kernel/runtime.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { isLocalDate } from '../../../kernel/time/index.ts'
import { reachesUnit, targetTenant } from '../reach.ts'
import { addGrant } from '../roles/grants.ts'
import { effectiveRights } from '../roles/role-rights.ts'
import { setting } from '../settings/setting-chain.ts'
import { unitsByCodes } from '../units/unit.queries.ts'
import type { Unit } from '../units/unit-tree.ts'
import * as contract from './contract.ts'
import { checkOpening, insertUser } from './create-user.ts'

const MANAGE = 'platform.manageUsers'

export const importSetting = defineSetting({
  key: 'account.import', label: '导入遇错时', help: 'rest：跳过错误行，导入其余；none：有任何错误则全部不导入', schema: z.enum(['rest', 'none']), fallback: 'rest' as const, scope: 'tenant',
})

type Row = Input<typeof contract.importUsers>['rows'][number]
type RowError = Output<typeof contract.importUsers>['errors'][number]
type Known = { units: Map<string, Unit>; roles: Map<string, string> }

const email = z.email()

export async function importUsers(ctx: Ctx, input: Input<typeof contract.importUsers>): Promise<Output<typeof contract.importUsers>> {
  authorize(ctx, MANAGE)
  const tenantId = targetTenant(ctx, MANAGE, input.tenantId)
  await checkOpening(ctx, tenantId)
  if (input.rows.some((row) => row.roleCodes.trim() !== '')) authorize(ctx, 'platform.grantRoles')
  const roles = await effectiveRights(ctx, tenantId)
  const known: Known = {
    units: await unitsByCodes(ctx, tenantId, input.rows.map((row) => row.unitCode.trim())),
    roles: new Map([...roles.values()].filter((role) => role.active).flatMap((role) => [[role.code, role.id], [role.name, role.id]])),
  }
  const errors = input.rows.flatMap((row, index) => check(ctx, row, known).map((error) => ({ row: index + 1, ...error })))
  const bad = new Set(errors.map((error) => error.row))
  const mode = await setting(inTenant(ctx, tenantId), importSetting)
  let imported = 0
  const load = async (): Promise<void> => {
    for (const [index, row] of input.rows.entries()) {
      if (bad.has(index + 1)) continue
      const error = await loadRow(ctx, tenantId, row, known)
      if (error) errors.push({ row: index + 1, ...error })
      else imported += 1
    }
    if (input.checkOnly || (mode === 'none' && errors.length > 0)) throw new NothingLoaded()
  }
  try {
    await runNested(ctx, load)
  } catch (error) {
    if (!(error instanceof NothingLoaded)) throw error
    imported = 0
  }
  if (imported > 0) ctx.audit({ module: 'platform', act: 'importUsers', objectType: 'key:user', tenantId, text: `导入 ${imported} 人，错误 ${errors.length} 处` })
  return { imported, errors: errors.toSorted((a, b) => a.row - b.row) }
}

/** Undoes the savepoint of a trial run. */
class NothingLoaded extends Error {}

const codesOf = (text: string): string[] => text.split(/[,，;；、\s]+/).filter((code) => code !== '')

function check(ctx: Ctx, row: Row, known: Known): Omit<RowError, 'row'>[] {
  const errors: Omit<RowError, 'row'>[] = []
  const note = (field: string, message: string): void => void errors.push({ field, message })
  const login = contract.loginName.safeParse(row.login)
  if (!login.success) note('login', login.error.issues[0]?.message ?? '登录名不正确')
  if (row.name.trim() === '' || row.name.trim().length > 40) note('name', '姓名为 1 到 40 个字')
  if (row.staffNo.trim() === '' || row.staffNo.trim().length > 40) note('staffNo', '工号为 1 到 40 个字')
  const unit = known.units.get(row.unitCode.trim())
  if (!unit || unit.state !== 'active' || !reachesUnit(ctx, MANAGE, unit)) note('unitCode', `机构编码“${row.unitCode}”不存在、已停用或不在您的管理范围`)
  for (const code of codesOf(row.roleCodes)) if (!known.roles.has(code)) note('roleCodes', `角色“${code}”不存在`)
  if (row.email.trim() !== '' && !email.safeParse(row.email.trim()).success) note('email', '邮箱格式不正确')
  if (row.validTo.trim() !== '' && !isLocalDate(row.validTo.trim())) note('validTo', '有效期格式为 2026-12-31')
  return errors
}

async function loadRow(ctx: Ctx, tenantId: string, row: Row, known: Known): Promise<Omit<RowError, 'row'> | null> {
  const unit = known.units.get(row.unitCode.trim())
  if (!unit) return { field: 'unitCode', message: '机构不存在' }
  try {
    await runNested(ctx, async () => {
      const userId = await insertUser(ctx, {
        tenantId, login: row.login, name: row.name.trim(), staffNo: row.staffNo.trim(), mobile: row.mobile.trim() || null, email: row.email.trim() || null,
        validFrom: null, validTo: row.validTo.trim() || null, posts: [{ unitId: unit.id, main: true, title: row.title.trim() || null }], passwordHash: null,
      })
      for (const code of codesOf(row.roleCodes)) {
        await addGrant(ctx, { tenantId, userId, roleId: known.roles.get(code) ?? '', scope: null, validFrom: null, validTo: null, origin: 'import' })
      }
    })
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const field = error.refusal.fields?.[0]
    return { field: field?.path ?? 'roleCodes', message: field?.message ?? error.title }
  }
}
