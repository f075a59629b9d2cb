import { defineErrors } from '../../../kernel/errors.ts'

export const disputeFail = defineErrors('orders', {
  disputed: { status: 409, title: '工单正在挂办，须经联合审定或中心裁定' },
  disputeState: { status: 409, title: '工单当前为“{state}”，不能提出挂办' },
  disputeOpen: { status: 409, title: '工单已在挂办工单池' },
  disputeEnded: { status: 409, title: '该挂办已由 {by} 审定' },
  disputeVoices: { status: 409, title: '联合审定须有两个以上部门发表意见，尚有 {missing} 个部门未答复' },
  disputeNotInvited: { status: 403, title: '贵单位未被邀请参加审定' },
  disputeDecidedUnit: { status: 409, title: '责任已裁定由“{unit}”承担，不能再以“{reason}”退回' },
})
