// Chinese names of the codes of supervision.
import type { CardColour, CardState, TaskState, UrgeSource } from './supervision.ts'

export const colourNames: Record<CardColour, string> = { yellow: '黄牌', red: '红牌' }
export const cardStateNames: Record<CardState, string> = { open: '有效', superseded: '已被红牌取代', cleared: '时限变更已解除', void: '已作废' }
export const urgeSourceNames: Record<UrgeSource, string> = { staff: '热线中心', requester: '诉求人', upper: '上级' }
export const taskStateNames: Record<TaskState, string> = { open: '待答复', replied: '已答复', closed: '已结案' }
export const basisNames: Record<string, string> = { naturalMinutes: '分钟', naturalHours: '小时', naturalDays: '天', workingHours: '工作小时', workingDays: '工作日' }
/** Acts that only supervision and callback record; the others are named by orders. */
export const moreActNames: Record<string, string> = { feedback: '办理反馈', progress: '反馈进展', urge: '催办', answerUrge: '答复催办', acceptFeedback: '审核通过', sendBackFeedback: '退回修改', callbackAttempt: '回访未接通', replySupervision: '答复督办', reportInstruction: '报告批示', superviseAppeal: '督办申诉', register: '登记' }
export const dueDayName = (day: number): string => (day === 1 ? '1 天内到期' : `${day - 1}～${day} 天到期`)
