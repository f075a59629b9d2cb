// Which forms an enterprise is offered today. Pure but for the errors.
import { defineErrors } from '../../../kernel/errors.ts'

export const kindNames = { policy: '政策咨询', complaint: '投诉', application: '申请', other: '其他' } as const
export const stateNames = { draft: '未发布', published: '已发布', stopped: '已停用' } as const

export const enterpriseFormFail = defineErrors('intake', {
  enterpriseFormUsed: { status: 409, title: '已有企业提交过这份表单，不能删除，可以停用' },
  enterpriseFormNotOffered: { status: 403, title: '这份表单现在不对贵企业开放' },
  enterpriseFormChanged: { status: 409, title: '表单已更新，请核对后重新提交' },
})

type Form = { state: string; effectiveOn: string; untilOn: string | null; industries: readonly string[]; levels: readonly string[] }

/** Published, within its days, for the industry and the service level of the enterprise; an empty list means all. */
export function isOffered(form: Form, today: string, enterprise: { industry: string; level: string | null }): boolean {
  return form.state === 'published' && form.effectiveOn <= today && (form.untilOn === null || form.untilOn >= today)
    && (form.industries.length === 0 || form.industries.includes(enterprise.industry)) && (form.levels.length === 0 || (enterprise.level !== null && form.levels.includes(enterprise.level)))
}
