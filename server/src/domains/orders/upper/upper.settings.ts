import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const signModelOn = defineSetting({ key: 'upperSign.model', label: '上级来单由分类模型自动签收', help: '规则都不符合时，由历史签收训练的模型判断；试算准确率达到阈值才会生效', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const signModelThreshold = defineSetting({ key: 'upperSign.threshold', label: '模型自动签收的概率阈值', schema: z.number().min(0.5).max(0.999), fallback: 0.95, scope: 'tenant' })
