// What makes an order an enterprise's: the flag, the enterprise of the registry, legal person, extent, and the grade that follows (ORD-19).
import type { Ctx } from '../../../kernel/ctx.ts'
import { isCreditCode } from '../../../kernel/crypto/index.ts'
import type { FieldError } from '../../../kernel/errors.ts'
import { findEnterprise } from '../../matters/index.ts'
import { setting } from '../../platform/index.ts'
import type { OrderChange } from '../orders.queries.ts'
import { enterpriseGrades } from './enterprise.settings.ts'

export type EnterpriseInput = { enterprise?: boolean | undefined; enterpriseId?: string | undefined; enterpriseCode?: string | undefined; enterpriseName?: string | undefined; legalPerson?: boolean | undefined; extent?: 'one' | 'industry' | undefined; urgency: string; requester: { subjectKind: string; name: string } }

export type EnterpriseFacts = { flagged: boolean; change: OrderChange }

/** Whether it is one: said by hand, by an enterprise that asks, or by one that is named. */
export const isEnterprise = (input: EnterpriseInput): boolean => input.enterprise ?? (input.requester.subjectKind === 'enterprise' || Boolean(input.enterpriseId || input.enterpriseCode))

/** Columns of an enterprise order; mistakes are added to `fields`. A code that the registry does not know is kept with the name given. */
export async function enterpriseFacts(ctx: Ctx, input: EnterpriseInput, fields: FieldError[]): Promise<EnterpriseFacts> {
  if (!isEnterprise(input)) return { flagged: false, change: {} }
  const code = input.enterpriseCode?.trim().toUpperCase() || undefined
  if (code && !isCreditCode(code)) fields.push({ path: 'enterpriseCode', message: '统一社会信用代码不正确（校验位不符）' })
  const known = input.enterpriseId ? await findEnterprise(ctx, { id: input.enterpriseId }) : code && isCreditCode(code) ? await findEnterprise(ctx, { creditCode: code }) : null
  if (input.enterpriseId && !known) fields.push({ path: 'enterpriseId', message: '企业不存在' })
  if (known && code && known.creditCode !== code) fields.push({ path: 'enterpriseCode', message: `信用代码与所选企业“${known.name}”不一致` })
  const extent = input.extent ?? 'one'
  return {
    flagged: true,
    change: {
      enterprise_id: known?.id ?? null, enterprise_name: known?.name ?? input.enterpriseName ?? (input.requester.subjectKind === 'enterprise' ? input.requester.name : null), enterprise_code: known?.creditCode ?? code ?? null, legal_person: input.legalPerson ?? null, extent,
      enterprise_grade: await gradeOf(ctx, { urgency: input.urgency, extent }),
    },
  }
}

/** The response grade follows from urgency and extent; the limits of a grade are rules of the standard. */
export async function gradeOf(ctx: Ctx, of: { urgency: string; extent: string }): Promise<string> {
  const rules = await setting(ctx, enterpriseGrades)
  return rules.find((r) => r.urgencies.includes(of.urgency as 'normal') || r.extents.includes(of.extent as 'one'))?.grade ?? 'B'
}
