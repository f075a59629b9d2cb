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
