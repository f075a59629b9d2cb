// Words of data scopes and modules, as the rights pages show them.
import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  own: '本人', group: '本组', unit: '本单位', unitTree: '本单位及下级', area: '本区划', tenant: '本租户', tenantsBelow: '本租户及下级租户',
  platform: '平台', login: '登录', orders: '工单', matters: '事项', intake: '受理', flow: '流程', forms: '表单', callback: '回访', supervision: '督办', knowledge: '知识', quality: '质检', telephony: '话务', analytics: '分析',
  assessment: '考核', warning: '预警', petition: '信访', market: '市场监管', patrol: '视频巡场', ai: '智能', workforce: '排班培训', connectors: '对接', content: '公众内容',
} as const
const t = defineTexts(zh)

export const scopes = ['own', 'group', 'unit', 'unitTree', 'area', 'tenant', 'tenantsBelow'] as const
export type Scope = (typeof scopes)[number]
export const scopeName = (scope: Scope): string => t(scope)

const isKnown = (name: string): name is keyof typeof zh => Object.hasOwn(zh, name)
/** A module that came later than these words is shown by its own name. */
export const moduleName = (module: string): string => (isKnown(module) ? t(module) : module)
