import { z } from 'zod'
import { standardKinds } from './standard/content.ts'
import { defineSetting } from '../../kernel/settings.ts'

export const urgencyLevels = defineSetting({
  key: 'mat.urgency.levels',
  label: '紧急程度',
  help: '由低到高；代码 normal、urgent、major 有内置时限，其他代码请配置时限规则',
  schema: z.array(z.object({ code: z.string().regex(/^[a-z][A-Za-z0-9]{0,19}$/), name: z.string().min(1).max(20) })).min(1).max(10),
  fallback: [{ code: 'normal', name: '普通' }, { code: 'urgent', name: '紧急' }, { code: 'major', name: '重大' }],
  scope: 'tenant',
})

export const importMaxRows = defineSetting({
  key: 'mat.import.maxRows', label: '每个导入文件的最多行数', schema: z.number().int().min(1).max(5000), fallback: 500, scope: 'tenant',
})

const coreFieldNames = ['name', 'conditions', 'duration', 'closingStandard', 'closingBasis', 'competentUnitId', 'appealTypes', 'materials'] as const

export const coreFields = defineSetting<(typeof coreFieldNames)[number][]>({
  key: 'mat.coreFields',
  label: '事项的必填核心字段',
  help: '提交审核时检查；办理时限不在其中时，没有时限的事项按时限规则和诉求类型计时',
  schema: z.array(z.enum(coreFieldNames)),
  fallback: ['name', 'conditions', 'closingStandard', 'closingBasis'],
  scope: 'tenant',
})

export const dutyLead = defineSetting<'one' | 'many'>({
  key: 'mat.duty.lead',
  label: '同一事项同一区划的主办单位',
  help: 'one：只能有一个；many：可以有多个',
  schema: z.enum(['one', 'many']),
  fallback: 'one',
  scope: 'tenant',
})

export const categoryMinLevel = defineSetting({
  key: 'mat.category.minLevel',
  label: '归口至少选到第几级',
  help: '0 表示必须选到末级',
  schema: z.number().int().min(0).max(10),
  fallback: 0,
  scope: 'tenant',
})

export const industryRequired = defineSetting<'off' | 'sign' | 'handling'>({
  key: 'mat.industryClass.required',
  label: '行业问题分类在哪一步必填',
  schema: z.enum(['off', 'sign', 'handling']),
  fallback: 'handling',
  scope: 'tenant',
})

/** Kinds of objects that are reviewed in the steps of the process `matters.review`; the others by one person. */
export const reviewChain = defineSetting({
  key: 'mat.review.chain', label: '需要多级审核的对象', help: '所列对象按流程“事项-标准变更-多级审核”逐级审核（流程可在流程设计中调整）；其他对象由一人审核', schema: z.array(z.enum(standardKinds)), fallback: [], scope: 'tenant',
})

export const hardDeleteAllowed = defineSetting({ key: 'mat.hardDelete', label: '允许彻底删除', help: '关闭时只能作废；开启后仍需单独的权限和再次确认', schema: z.boolean(), fallback: false, scope: 'tenant' })

export const localShorterOnly = defineSetting({ key: 'mat.limit.localShorterOnly', label: '下级时限只能缩短', schema: z.boolean(), fallback: true, scope: 'tenant' })

export const schemeSync = defineSetting<'confirm' | 'auto'>({ key: 'mat.scheme.sync', label: '上级分类变化', help: 'confirm：显示差异，确认后采用；auto：收到即采用', schema: z.enum(['confirm', 'auto']), fallback: 'confirm', scope: 'tenant' })

export const mattersSettings = [schemeSync, reviewChain, hardDeleteAllowed, localShorterOnly, urgencyLevels, importMaxRows, coreFields, dutyLead, categoryMinLevel, industryRequired]
