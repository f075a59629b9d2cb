import { defineErrors } from '../../../kernel/errors.ts'

export const setFail = defineErrors('orders', {
  setNotFound: { status: 404, title: '事件集不存在或您无权查看' },
  setChanged: { status: 409, title: '该事件集已由他人更改，您的操作未执行' },
  setStateForbids: { status: 409, title: '事件集当前为“{state}”，不能{act}' },
  setTooLarge: { status: 422, title: '事件集最多 {max} 件工单' },
  memberElsewhere: { status: 409, title: '工单 {number} 已在事件集“{title}”中' },
  memberState: { status: 409, title: '工单 {number} 当前为“{state}”，不能{act}' },
  mergeAlone: { status: 422, title: '请选择要并入牵头工单的其他工单' },
  memberUnknown: { status: 404, title: '该工单不在此事件集中' },
  leadStays: { status: 409, title: '牵头工单已派发，不能移出事件集' },
  mergeNotFound: { status: 404, title: '并单不存在或您无权查看' },
  mergeStateForbids: { status: 409, title: '并单当前为“{state}”，不能{act}' },
  mergeTransferred: { status: 409, title: '工单 {number} 已下派下级中心，不能并单' },
  carriedAlone: { status: 409, title: '该工单随事件集“{title}”统一办理，请先移出事件集' },
})
