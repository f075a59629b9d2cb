// What can happen to a suggestion, and how alike two are. Pure.
import type { SuggestionState } from './contract.ts'

export const stateNames: Record<SuggestionState, string> = { draft: '草稿', firstReview: '待初审', secondReview: '待终审', refused: '不采纳', planned: '已立项', developing: '开发中', released: '已上线' }
export const adoptedStates: readonly SuggestionState[] = ['planned', 'developing', 'released']

export type Outcome = 'pass' | 'adopt' | 'refuse' | 'develop' | 'release'
type Step = { from: SuggestionState; to: SuggestionState }
/** First review: the submitter's own tenant. */
export const firstSteps: Record<'pass' | 'refuse', Step> = { pass: { from: 'firstReview', to: 'secondReview' }, refuse: { from: 'firstReview', to: 'refused' } }
/** Second review and progress: the tenant at the top. */
export const topSteps: Record<'adopt' | 'refuse' | 'develop' | 'release', Step> = {
  adopt: { from: 'secondReview', to: 'planned' }, refuse: { from: 'secondReview', to: 'refused' }, develop: { from: 'planned', to: 'developing' }, release: { from: 'developing', to: 'released' },
}

/** From here on a suggestion is shown as similar. */
export const SIMILAR = 0.35
/** From here on it is taken for a copy. */
export const NEAR_COPY = 0.7

/** 0 to 1; a short text inside a long one says much the same. */
export function alike(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [new Set(a), new Set(b)]
  if (left.size === 0 || right.size === 0) return 0
  const shared = [...left].filter((word) => right.has(word)).length
  return 0.5 * (shared / Math.min(left.size, right.size)) + 0.5 * ((2 * shared) / (left.size + right.size))
}
