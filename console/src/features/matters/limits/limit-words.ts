// A rule of time limits in words.
import type { OutputOf } from '../../../api/call.ts'
import { levelName } from '../parts/standard.tsx'
import { t } from './texts.zh-CN.ts'

export type Limit = OutputOf<'listLimitRules'>['items'][number]
export const scopes = ['matter', 'category', 'industry', 'appealType', 'tenant'] as const
export const clocks = ['sign', 'response', 'handling', 'resultReview', 'firstContact'] as const

export function conditionsOf(rule: Limit): string {
  return [rule.level ? levelName(rule.level) : '', rule.urgencyName ?? '', rule.unitKind ? t(`kind_${rule.unitKind}`) : '', rule.enterpriseGrade ? `${t('grade')} ${rule.enterpriseGrade}` : ''].filter(Boolean).join(' · ')
}
