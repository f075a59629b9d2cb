// A change against the period before, in words and with what it means.
import type { Change } from './question.ts'
import { t } from './texts.zh-CN.ts'

export function changeWords(change: Change): string {
  switch (change.text) {
    case 'none': return t('noBase')
    case 'same': return t('same')
    case 'points': return t('points', { sign: change.sign, n: change.size })
    default: return t('percent', { sign: change.sign, n: change.size })
  }
}

export const toneOf = (change: Change): 'ok' | 'over' | undefined => ('better' in change && change.better !== undefined ? (change.better ? 'ok' : 'over') : undefined)
