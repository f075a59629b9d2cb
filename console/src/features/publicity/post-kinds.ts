import type { OutputOf } from '../../api/call.ts'
import { t } from './texts.zh-CN.ts'

export type Post = OutputOf<'getPublication'>
export const kinds = (['notice', 'hot', 'case', 'result', 'intro', 'faq'] as const).map((value) => ({ value, label: t(`kind.${value}`) }))
export const states = (['draft', 'review', 'approved', 'published', 'withdrawn'] as const).map((value) => ({ value, label: t(`state.${value}`) }))
export const toneOf = (state: Post['state']): 'calm' | 'near' | 'primary' | 'ok' => (({ draft: 'calm', review: 'near', approved: 'primary', published: 'ok', withdrawn: 'calm' }) as const)[state]
