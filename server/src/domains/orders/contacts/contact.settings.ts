import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const contactBeforeResult = defineSetting({ key: 'contact.beforeResult', label: '办结前须联系诉求人', help: '已尝试联系未成功的视为满足', schema: z.boolean(), fallback: false, scope: 'unit' })
