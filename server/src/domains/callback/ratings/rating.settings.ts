import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const badStars = defineSetting({ key: 'rating.badStars', label: '几星及以下须人工处理', help: '服务评价和已归档工单的评价；处理须有对诉求人的答复才能办结', schema: z.number().int().min(1).max(4), fallback: 2, scope: 'tenant' })
