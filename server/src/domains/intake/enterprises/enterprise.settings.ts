import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import type { LevelRule } from './enterprise.ts'

export const manualVerification = defineSetting({ key: 'enterprise.manualVerification', label: '企业账号须人工核实', help: '工作人员核对营业执照和联系人身份后开通；关闭时自动核验全部通过即开通', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const contactsSeeAll = defineSetting({ key: 'enterprise.contactsSeeAll', label: '企业联系人可见本企业全部诉求', help: '关闭时只见自己提交的；管理员总是可见全部', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const enterpriseLevels = defineSetting({
  key: 'enterprise.levels', label: '企业服务等级', help: '由高到低，任一指标达到即为该级，0 表示不看这一项，最后一级为其余企业；营业收入和纳税单位为万元；优先数越大在线客服排队越靠前',
  schema: z.array(z.object({ code: z.string().min(1).max(10), name: z.string().min(1).max(20), staff: z.number().min(0), revenue: z.number().min(0), tax: z.number().min(0), employed: z.number().min(0), priority: z.number().int().min(0).max(9), manager: z.string().max(40).default('') })).min(1).max(8),
  fallback: [
    { code: 'A', name: '重点企业', staff: 300, revenue: 20_000, tax: 1000, employed: 300, priority: 2, manager: '' },
    { code: 'B', name: '规模企业', staff: 50, revenue: 2000, tax: 100, employed: 50, priority: 1, manager: '' },
    { code: 'C', name: '一般企业', staff: 0, revenue: 0, tax: 0, employed: 0, priority: 0, manager: '' },
  ] as LevelRule[], scope: 'tenant',
})
export const enterpriseSettings = [manualVerification, contactsSeeAll, enterpriseLevels]
