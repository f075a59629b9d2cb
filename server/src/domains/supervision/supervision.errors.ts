import { defineErrors } from '../../kernel/errors.ts'

export const supervisionFail = defineErrors('supervision', {
  urgeNotFound: { status: 404, title: '催办不存在或您无权查看' },
  taskNotFound: { status: 404, title: '督办任务不存在或您无权查看' },
  urgeClosed: { status: 409, title: '工单{state}，不能催办，可登记新工单' },
  urgeNotDispatched: { status: 409, title: '工单{state}，尚未派发，不能催办' },
  nothingBelow: { status: 409, title: '本单位没有下派且未办结的任务，不能催办下级' },
  answered: { status: 409, title: '该催办已由{by}答复' },
  notYours: { status: 403, title: '不属于您的单位，不能{act}' },
  taskState: { status: 409, title: '督办任务{state}，不能{act}' },
  noticeKnown: { status: 409, title: '告知单 {number} 已登记' },
})
