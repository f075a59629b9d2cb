import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

/** The survey keeps the key that was pressed; what a key is worth stands with its words: the delivered one says 1 satisfied, 2 basically, 3 dissatisfied. */
export const keyStars = defineSetting({
  key: 'rating.keyStars', label: '来电评价按键对应的星级', help: '依次为按键 1 至 5；随产品提供的语音为 1 满意、2 基本满意、3 不满意。0 表示该键不计', schema: z.array(z.number().int().min(0).max(5)).min(1).max(5), fallback: [5, 3, 1, 0, 0], scope: 'tenant',
})
export const badStars = defineSetting({ key: 'rating.badStars', label: '几星及以下须人工处理', help: '服务评价和已归档工单的评价；处理须有对诉求人的答复才能办结', schema: z.number().int().min(1).max(4), fallback: 2, scope: 'tenant' })
