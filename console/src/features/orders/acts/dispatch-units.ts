// The units of a dispatch as the form holds them, and the faults it names before the server would.
import type { FormValue } from '../../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export const roles = ['lead', 'assist', 'parallel'] as const
export type Role = (typeof roles)[number]
export type Target = { unitId?: string; unitName?: string; role: Role; requirement?: string }

function isTarget(value: unknown): value is Target {
  return typeof value === 'object' && value !== null && 'role' in value && roles.some((role) => role === value.role)
}

export function targetsOf(value: FormValue): Target[] {
  return Array.isArray(value.units) ? value.units.filter(isTarget) : []
}

/** The first fault in words, or null. The server decides; this only spares a round trip. */
export function targetFault(targets: readonly Target[]): string | null {
  const chosen = targets.filter((one) => one.unitId)
  if (chosen.length === 0) return t('dispatch.oneUnit')
  if (new Set(chosen.map((one) => one.unitId)).size < chosen.length) return t('dispatch.twice')
  const count = (role: Role) => chosen.filter((one) => one.role === role).length
  if (count('parallel') > 0) return count('parallel') < chosen.length ? t('dispatch.mixed') : count('parallel') < 2 ? t('dispatch.twoParallel') : null
  if (count('lead') > 1) return t('dispatch.twoLeads')
  return count('lead') === 0 ? t('dispatch.oneLead') : null
}

/** A further unit assists a lead, or works in parallel where the others do. */
export function nextRole(targets: readonly Target[]): Role {
  if (targets.some((one) => one.role === 'parallel')) return 'parallel'
  return targets.some((one) => one.role === 'lead') ? 'assist' : 'lead'
}
