import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const redoMode = defineSetting({ key: 'redoMode', label: '不满意重办方式', help: '同一工单进入下一轮，或归档原单并生成关联的新工单（只用于本中心自己办理的工单）', schema: z.enum(['sameOrder', 'newLinkedOrder']), fallback: 'sameOrder' as const, scope: 'tenant' })
export const reexamineBeforeRedo = defineSetting({ key: 'reexamineBeforeRedo', label: '不满意先复查', help: '开启后由复查人判断程序、结果和原因，再决定重办或归档保留评价', schema: z.boolean(), fallback: false, scope: 'tenant' })
