import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

const none: ('industryUnit' | 'industryClass' | 'basis')[] = []
export const closingRequired = defineSetting({ key: 'closingRequired', label: '办结必填申报项', help: '归属行业部门、行业分类、办理依据', schema: z.array(z.enum(['industryUnit', 'industryClass', 'basis'])), fallback: none, scope: 'unit' })
export const exclusionClasses = defineSetting({ key: 'exclusion.classes', label: '剔除与挂账情形', schema: z.array(z.string().min(1).max(60)).min(1).max(50), fallback: ['不合理诉求', '诉求人撤诉', '重复诉求', '法律途径已受理', '客观条件不具备'], scope: 'tenant' })
export const shelvingDays = defineSetting({ key: 'shelving.days', label: '挂账最长时间（天）', schema: z.number().int().min(1).max(3660), fallback: 180, scope: 'tenant' })
export const declarationWindowed = defineSetting({ key: 'exclusion.windowed', label: '剔除与挂账只在窗口期申报', help: '开启后，窗口期外只能暂存；窗口期在“办理规则—申报窗口期”中维护', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const shelvingNotices = defineSetting({ key: 'shelving.notices', label: '挂账到期前提醒（天）', help: '每一档提醒一次；留空不提醒', schema: z.array(z.number().int().min(1).max(365)).max(6), fallback: [30, 7, 1], scope: 'tenant' })
export const shelvingExtensions = defineSetting({ key: 'shelving.extensions', label: '挂账最多延长次数', schema: z.number().int().min(0).max(20), fallback: 1, scope: 'tenant' })
