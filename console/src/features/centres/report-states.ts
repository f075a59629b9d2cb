import type { Tone } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'

export const reportStates: Record<'pending' | 'approved' | 'returned', [string, Tone]> = { pending: [t('d.pending'), 'near'], approved: [t('d.approved'), 'ok'], returned: [t('d.returned'), 'over'] }
