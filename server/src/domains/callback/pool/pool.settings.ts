// Parameters of the pool before closing.
import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const poolShare = defineSetting({ key: 'pool.share', label: '结案前抽访比例（%）', help: '待结果审核的工单按比例进入抽访库；单位申请的不受比例限制', schema: z.number().min(0).max(100), fallback: 0, scope: 'tenant' })
export const poolTypes = defineSetting({ key: 'pool.types', label: '结案前必访的诉求类型（编码）', schema: z.array(z.string().min(1).max(30)).max(20), fallback: [] as string[], scope: 'tenant' })
export const poolSkipDay = defineSetting({ key: 'pool.skipDay', label: '上级时限第几天起跳过抽访', help: '上级派单当天为第 1 天；到这一天工单不再抽访，直接进入中心结案', schema: z.number().int().min(1).max(60), fallback: 6, scope: 'tenant' })
export const poolMaxStay = defineSetting({ key: 'pool.maxStay', label: '在抽访库最长停留（天）', schema: z.number().min(0.1).max(30), fallback: 2, scope: 'tenant' })

export const poolSettings = [poolShare, poolTypes, poolSkipDay, poolMaxStay]
