import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const trainingHour = defineSetting({ key: 'ai.training.hour', label: '夜间训练时刻（时）', help: '每天这一时刻起训练有新增确认工单的应用；24 表示不自动训练', schema: z.number().int().min(0).max(24), fallback: 2, scope: 'tenant' })
export const sampleGoal = defineSetting({ key: 'ai.training.sampleGoal', label: '单个模型的训练样本上限', schema: z.number().int().min(100).max(200_000), fallback: 100_000, scope: 'tenant' })
export const leastSamples = defineSetting({ key: 'ai.training.least', label: '训练所需的最少工单数', schema: z.number().int().min(20).max(10_000), fallback: 40, scope: 'tenant' })
export const regressionPoints = defineSetting({ key: 'ai.training.regression', label: '启用新模型时允许的准确率下降（百分点）', schema: z.number().min(0).max(20), fallback: 0.5, scope: 'tenant' })

export const outsideAllowed = defineSetting({ key: 'ai.gateway.outside', label: '允许使用网外大模型', help: '网外模型只收到遮去姓名、电话、证件号等的文字', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const callsPerMonth = defineSetting({ key: 'ai.gateway.callsPerMonth', label: '每个应用每月的大模型调用上限', help: '0 表示不限', schema: z.number().int().min(0).max(10_000_000), fallback: 0, scope: 'tenant' })

export const aiSettings = [outsideAllowed, callsPerMonth, trainingHour, sampleGoal, leastSamples, regressionPoints]
