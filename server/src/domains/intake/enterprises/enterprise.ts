// States of an enterprise account as a table, and the level that its figures give. Pure.
export const enterpriseStates = ['pending', 'refused', 'active', 'paused', 'closed'] as const
export type EnterpriseState = (typeof enterpriseStates)[number]
export const stateNames: Record<EnterpriseState, string> = { pending: '待核实', refused: '未通过', active: '激活', paused: '停用', closed: '注销' }

export type EnterpriseAct = 'open' | 'refuse' | 'pause' | 'resume' | 'close'
export const actNames: Record<EnterpriseAct, string> = { open: '开通', refuse: '不予开通', pause: '停用', resume: '恢复', close: '注销' }
export const transitions: Record<EnterpriseAct, { from: readonly EnterpriseState[]; to: EnterpriseState }> = {
  open: { from: ['pending'], to: 'active' },
  refuse: { from: ['pending'], to: 'refused' },
  pause: { from: ['active'], to: 'paused' },
  resume: { from: ['paused'], to: 'active' },
  close: { from: ['active', 'paused'], to: 'closed' },
}

export type Role = 'admin' | 'contact'
export const roleNames: Record<Role, string> = { admin: '管理员', contact: '联系人' }

export type LevelRule = { code: string; name: string; staff: number; revenue: number; tax: number; employed: number; priority: number; manager: string }
export type Figures = { staff: number | null; revenue: number | null; tax: number | null; employed: number | null }

/** The first level one of whose thresholds is reached; a threshold of 0 is none. The last level is for all others. */
export function levelOf(rules: readonly LevelRule[], figures: Figures): LevelRule | null {
  const reached = (value: number | null, least: number): boolean => least > 0 && value !== null && value >= least
  return rules.find((rule) => reached(figures.staff, rule.staff) || reached(figures.revenue, rule.revenue) || reached(figures.tax, rule.tax) || reached(figures.employed, rule.employed)) ?? rules.at(-1) ?? null
}

/** How an enterprise waits: in the place its level gives, before everybody, or like everybody. */
export const accessRules = ['level', 'noQueue', 'ordinary'] as const
export type AccessRule = (typeof accessRules)[number]
export const accessNames: Record<AccessRule, string> = { level: '按等级优先', noQueue: '免排队', ordinary: '与公众同队' }
/** Above every level's priority. */
const FIRST = 99

export const chatPriority = (rule: AccessRule, level: LevelRule | null): number => (rule === 'noQueue' ? FIRST : rule === 'level' ? (level?.priority ?? 0) : 0)

/** What the exchange is told: the class of the call, 0 to 1 for the weight of the level, and what a flow may ask. */
export function phoneService(of: { name: string; rule: AccessRule; level: LevelRule | null; seatId: string | null }): { class: string | null; level: number; reason: string; variables: Record<string, string> } {
  return {
    class: of.rule === 'noQueue' ? 'white' : of.rule === 'level' ? 'enterprise' : null, level: of.rule === 'level' ? (of.level?.priority ?? 0) / 9 : 0, reason: `企业“${of.name}”${accessNames[of.rule]}`,
    variables: { 'caller.kind': 'enterprise', ...(of.level ? { 'caller.level': of.level.code } : {}), ...(of.seatId ? { 'caller.seat': of.seatId } : {}) },
  }
}
