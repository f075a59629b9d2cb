// What a new tenant of the demonstration finds ready: conditions of suspension, closing templates, words of dispatch.
import type { Ctx } from '../../../kernel/ctx.ts'
import { createClosingTemplate } from '../closing/index.ts'
import { createOpinion } from '../dispatching/index.ts'
import { createPauseCondition } from '../pauses/index.ts'

export async function seedHandling(ctx: Ctx): Promise<void> {
  const conditions = [
    { name: '等待第三方配合', permittedDays: 10, evidenceRequired: true, promise: 'optional' as const },
    { name: '现场勘查鉴定', permittedDays: 5, evidenceRequired: false, promise: 'optional' as const },
    { name: '季节性施工', permittedDays: 60, evidenceRequired: true, promise: 'required' as const },
    { name: '诉求人约定时间', permittedDays: 5, evidenceRequired: false, promise: 'required' as const },
  ]
  for (const [position, one] of conditions.entries()) await createPauseCondition(ctx, { ...one, active: true, position })
  const parts = [{ key: 'found', label: '核查情况', required: true }, { key: 'done', label: '处理结果', required: true }, { key: 'next', label: '后续措施', required: false }]
  const templates = [
    { name: '求助、投诉通用', layout: '经核查，{found}。{done}。{next}。', parts },
    { name: '咨询答复', appealType: 'consultation', layout: '您咨询的问题，依据{basis}，答复如下：{answer}。', parts: [{ key: 'basis', label: '政策依据', required: true }, { key: 'answer', label: '答复内容', required: true }] },
    { name: '建议答复', appealType: 'suggestion', layout: '您的建议已收悉。{view}。{plan}。', parts: [{ key: 'view', label: '研究意见', required: true }, { key: 'plan', label: '采纳安排', required: true }] },
  ]
  for (const one of templates) await createClosingTemplate(ctx, { level: 'any', active: true, ...one })
  const opinions = [
    { name: '通用', text: '请按职责依法依规办理，于{deadline}前反馈结果，并及时联系诉求人。' },
    { name: '投诉举报', appealType: 'complaint', text: '请核实投诉情况，于{deadline}前依法处理并书面答复{requester}。' },
    { name: '网上来件', channel: 'portal', text: '网上诉求{number}，请先电话联系诉求人核实情况，再按职责办理。' },
  ]
  for (const [position, one] of opinions.entries()) await createOpinion(ctx, { ...one, own: false, position, active: true })
}
