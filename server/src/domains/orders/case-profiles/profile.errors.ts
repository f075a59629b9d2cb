import { defineErrors } from '../../../kernel/errors.ts'

export const profileFail = defineErrors('orders', {
  profileNotFound: { status: 404, title: '专项类型不存在' },
  profileTaken: { status: 409, title: '已有代码为“{code}”的专项类型' },
  profileChanged: { status: 409, title: '该专项类型已由 {by} 修改' },
  profileFault: { status: 422, title: '{fault}' },
  notByHand: { status: 422, title: '“{name}”只由规则判定，不能手工标注' },
  sameProfile: { status: 409, title: '工单已是该专项类型' },
  noProfile: { status: 409, title: '该工单不属于任何专项类型' },
  notAtStage: { status: 409, title: '“{field}”在当前环节不能填写或更正' },
  profileIncomplete: { status: 422, title: '专项字段未填完整' },
  valuesNotApproved: { status: 409, title: '专项字段尚未审核通过' },
})
