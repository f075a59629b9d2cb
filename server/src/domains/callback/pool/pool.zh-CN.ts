import type { PoolState } from './pool.ts'

export const poolStateNames: Record<PoolState, string> = { asked: '已申请', waiting: '待抽访', claimed: '抽访中', agreed: '一致', returned: '不一致退回', skipped: '跳过', cancelled: '已取消' }
export const enteredNames = { unit: '单位申请', rule: '规则抽取' } as const
export const leftNames: Record<string, string> = { maxStay: '超过停留时间，转中心结案', skipDay: '到上级时限第六天，转中心结案', notReached: '多次未接通，转中心结案', person: '人工跳过' }
export const questionNames = { contacted: '是否联系', solved: '是否解决', satisfied: '是否满意' } as const
export const statementNames: Record<string, string> = { yes: '是', no: '否', notStated: '未表态' }
export const asWords = (value: string | null): string => statementNames[value ?? 'notStated'] ?? value ?? '未填'
export const returnOpinion = (parts: { question: keyof typeof questionNames; unit: string | null; said: string }[], opinion: string | null): string =>
  `抽访与单位填报不一致：${parts.map((one) => `${questionNames[one.question]}单位填“${asWords(one.unit)}”，诉求人答“${asWords(one.said)}”`).join('；')}${opinion ? `。诉求人意见：${opinion}` : ''}`
