// Chinese names of the codes of callbacks.
import type { RedoWay } from '../orders/index.ts'
import type { AttemptResult, Cause, Outcome, TaskState } from './callback.ts'

export const taskStateNames: Record<TaskState, string> = { due: '待回访', claimed: '回访中', waiting: '未接通待重拨', done: '已回访', givenUp: '已放弃', cancelled: '已取消' }
export const attemptResultNames: Record<AttemptResult, string> = { noAnswer: '无人接听', busy: '占线', refused: '拒绝接听', wrongNumber: '号码有误', powerOff: '关机' }
export const causeNames: Record<Cause, string> = { wanted: '诉求人要求', urgent: '紧急工单', enterprise: '企业诉求', dissatisfiedBefore: '曾不满意', profile: '专项类型', plan: '回访计划' }
export const outcomeNames: Record<Outcome | 'notReached' | 'formUnanswered', string> = { satisfied: '满意', notStated: '未表态', dissatisfied: '不满意', notAttributable: '不满意（非单位责任）', notReached: '未接通', formUnanswered: '短信未答复' }
export const mannerNames: Record<string, string> = { person: '人工', robot: '机器人', sms: '短信', online: '门户' }
export const sourceNames: Record<string, string> = { owed: '应回访', plan: '计划与复核抽访' }
export const wishNames: Record<string, string> = { call: '电话', sms: '短信', none: '不需要' }

/** Said to the agent after saving, and kept with the answers. */
export const consequences = {
  satisfied: '满意 → 已归档',
  notStated: '未表态 → 已归档（单独统计，不计为满意）',
  notAttributable: '不满意（非单位责任）→ 已归档',
  dissatisfied: (what: string, way: RedoWay, units: string, round: number): string => (way === 'reexamine' ? `${what} → 待复查` : way === 'newOrder' ? `${what} → 转新单由${units}重办（第${round}轮）` : `${what} → 退回${units}第${round}轮`),
  givenUp: (attempts: number): string => `${attempts} 次未接通 → 已归档（未接通，单独统计，不计为满意）`,
  formUnanswered: (days: number): string => `短信发出 ${days} 天未答复 → 超期自动办结（单独统计，不计为满意）`,
  /** The order is past its callback: what was said is kept, nothing moves. */
  kept: (outcome: Outcome): string => `${outcomeNames[outcome]} → 已记录，工单状态不变`,
  retry: (attempts: number, max: number): string => `未接通（${attempts}/${max}）→ 待重拨`,
}

export const ratesDefinition = '响应率、解决率、满意率 = 回答“是” ÷（回答“是”+“否”）；未表态不计入分母，单独列出；未接通单独统计'
