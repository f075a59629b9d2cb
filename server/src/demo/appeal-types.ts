/** Appeal types with the default limits of the domain. */

export type AppealTypeCode = 'consultation' | 'help' | 'complaint' | 'report' | 'suggestion' | 'praise' | 'other'

export interface DemoAppealType {
  code: AppealTypeCode
  name: string
  description: string
  /** Handling limit in working days. */
  handlingWorkingDays: number
  answerableDirectly: boolean
  callback: boolean
  anonymousAllowed: boolean
}

const type = (
  code: AppealTypeCode,
  name: string,
  description: string,
  handlingWorkingDays: number,
  [answerableDirectly, callback, anonymousAllowed]: [boolean, boolean, boolean],
): DemoAppealType => ({ code, name, description, handlingWorkingDays, answerableDirectly, callback, anonymousAllowed })

export const demoAppealTypes: readonly DemoAppealType[] = [
  type('consultation', '咨询', '询问政策、办事流程、办理进度等，需要答复的事项', 1, [true, false, true]),
  type('help', '求助', '请求政府部门或公共服务单位帮助解决困难的事项', 3, [false, true, false]),
  type('complaint', '投诉', '对单位、个人的行为或服务不满，要求处理的事项', 5, [false, true, false]),
  type('report', '举报', '检举违法违规行为，要求查处的事项，举报人信息保密', 5, [false, true, true]),
  type('suggestion', '建议', '对公共管理和服务提出改进意见的事项', 5, [true, true, true]),
  type('praise', '表扬', '对单位或个人表示感谢和肯定的事项', 5, [true, false, true]),
  type('other', '其他', '不属于以上类型的事项', 3, [true, false, true]),
]

/** Chinese name to code. */
export const appealTypeCodes: Record<string, AppealTypeCode> = Object.fromEntries(
  demoAppealTypes.map(({ name, code }) => [name, code]),
)

/** The Chinese name of a type. */
export function appealTypeName(code: AppealTypeCode): string {
  return demoAppealTypes.find((item) => item.code === code)?.name ?? '其他'
}
