// Appeal types every tenant starts with. Their ids are their codes; a tenant's own row of the same code replaces one.
import type { AppealTypeContent } from '../standard/content.ts'

const type = (sort: number, code: string, name: string, description: string, rules: Partial<AppealTypeContent['rules']> = {}): AppealTypeContent => ({
  code, name, description, sort, parentId: null, elements: [], rules: { callback: true, anonymity: true, answerable: false, ...rules },
})

export const shippedAppealTypes: readonly AppealTypeContent[] = [
  type(1, 'consultation', '咨询', '询问政策、办事流程和公共服务信息', { answerable: true }),
  type(2, 'help', '求助', '请求解决生产生活中的困难'),
  type(3, 'complaint', '投诉', '对侵害自身权益的行为或服务质量提出的诉求', { anonymity: false }),
  type(4, 'report', '举报', '反映违法违规行为的线索', { callback: false }),
  type(5, 'suggestion', '建议', '对城市治理和公共服务提出的意见建议', { answerable: true }),
  type(6, 'praise', '表扬', '对单位或个人的肯定和感谢', { callback: false, answerable: true }),
  type(7, 'other', '其他', '不属于以上类型的诉求', { answerable: true }),
]
