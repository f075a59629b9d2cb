import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const mostRows = defineSetting({ key: 'analytics.snapshot.most', label: '一份明细快照最多存多少件', schema: z.number().int().min(100).max(50_000), fallback: 5000, scope: 'tenant' })
