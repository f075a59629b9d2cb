import { defineErrors } from '../../../kernel/errors.ts'

export const jointFail = defineErrors('orders', {
  jointOpen: { status: 409, title: '工单已有正在进行的协同任务' },
  jointState: { status: 409, title: '工单当前为“{state}”，不能发起协同' },
  jointEnded: { status: 409, title: '该协同任务已结束' },
  jointViewOnly: { status: 403, title: '“{unit}”只有查看权限，不能反馈' },
  jointDelivered: { status: 409, title: '“{unit}”已反馈' },
  jointMissing: { status: 422, title: '尚有单位未反馈：{units}' },
  jointFault: { status: 422, title: '{fault}' },
  jointNodeDone: { status: 409, title: '该节点已完成' },
  jointRated: { status: 409, title: '诉求人已评价' },
  linkedNameTaken: { status: 409, title: '已有同名的联动单位' },
  linkedChanged: { status: 409, title: '该联动单位已由 {by} 修改' },
  linkedNoPhone: { status: 409, title: '没有登记联系电话' },
})
