import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const markConsentDays = defineSetting({ key: 'mark.consentDays', label: '行业归属异议的答复时限（工作日）', help: '标注单位领导逾期未答复的，由中心裁定', schema: z.number().int().min(1).max(60), fallback: 2, scope: 'tenant' })
