import { defineErrors } from '../../kernel/errors.ts'

export const callbackFail = defineErrors('callback', {
  notFound: { status: 404, title: '回访任务不存在或您无权查看' },
  heldByOther: { status: 409, title: '该任务正由 {by} 回访' },
  assignedToOther: { status: 409, title: '该任务已指派给 {by}' },
  ended: { status: 409, title: '该任务{state}，不能再登记' },
  tooEarly: { status: 409, title: '上次未接通，请到时间后再拨' },
  wayMissing: { status: 422, title: '请先拨打或注明其他方式' },
  reasonMissing: { status: 422, title: '请记录不满意的原因' },
  gradeMismatch: { status: 422, title: '满意度等级与是否满意不一致' },
  foreignSeat: { status: 409, title: '该任务由“{queue}”的人员回访' },
  itemUnknown: { status: 422, title: '评价项目不正确' },
  formUnknown: { status: 404, title: '链接无效，请从短信中的链接打开' },
  formClosed: { status: 409, title: '不能提交：{why}' },
  notAgent: { status: 422, title: '“{name}”没有回访权限' },
})
