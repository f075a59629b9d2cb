import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const trainingHour = defineSetting({ key: 'ai.training.hour', label: '夜间训练时刻（时）', help: '每天这一时刻起训练有新增确认工单的应用；24 表示不自动训练', schema: z.number().int().min(0).max(24), fallback: 2, scope: 'tenant' })
export const sampleGoal = defineSetting({ key: 'ai.training.sampleGoal', label: '单个模型的训练样本上限', schema: z.number().int().min(100).max(200_000), fallback: 100_000, scope: 'tenant' })
export const leastSamples = defineSetting({ key: 'ai.training.least', label: '训练所需的最少工单数', schema: z.number().int().min(20).max(10_000), fallback: 40, scope: 'tenant' })
export const regressionPoints = defineSetting({ key: 'ai.training.regression', label: '启用新模型时允许的准确率下降（百分点）', schema: z.number().min(0).max(20), fallback: 0.5, scope: 'tenant' })

export const outsideAllowed = defineSetting({ key: 'ai.gateway.outside', label: '允许使用网外大模型', help: '网外模型只收到遮去姓名、电话、证件号等的文字', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const callsPerMonth = defineSetting({ key: 'ai.gateway.callsPerMonth', label: '每个应用每月的大模型调用上限', help: '0 表示不限', schema: z.number().int().min(0).max(10_000_000), fallback: 0, scope: 'tenant' })

const strictness = z.enum(['off', 'mild', 'strict'])
const safetyHelp = 'off 只查词库，mild 拦截兜售、教唆一类，strict 提到即交人复核'
/** How strictly a text is checked, by scene (AI-53). */
export const safetyOf = {
  input: defineSetting({ key: 'ai.safety.input', label: '内容安全：公众对机器说的话', help: safetyHelp, schema: strictness, fallback: 'mild' as const, scope: 'tenant' }),
  answer: defineSetting({ key: 'ai.safety.answer', label: '内容安全：机器的回答', help: safetyHelp, schema: strictness, fallback: 'mild' as const, scope: 'tenant' }),
  reply: defineSetting({ key: 'ai.safety.reply', label: '内容安全：办理答复', help: safetyHelp, schema: strictness, fallback: 'mild' as const, scope: 'tenant' }),
}
export const preparedAnswer = defineSetting({ key: 'ai.safety.prepared', label: '对政治类提问的规范回答', schema: z.string().trim().min(4).max(300), fallback: '这类问题请以国家权威部门发布的信息为准。政务服务和民生诉求方面的问题，我很乐意为您解答。', scope: 'tenant' })

export const aiSettings = [safetyOf.input, safetyOf.answer, safetyOf.reply, preparedAnswer, outsideAllowed, callsPerMonth, trainingHour, sampleGoal, leastSamples, regressionPoints]
