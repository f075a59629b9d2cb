import { defineErrors } from '../../../kernel/errors.ts'

export const closingFail = defineErrors('orders', {
  closingParts: { status: 422, title: '结案意见不完整' },
  closingTemplateGone: { status: 422, title: '结案模板不存在或已停用' },
  closingLayout: { status: 422, title: '{fault}' },
  closingNameTaken: { status: 409, title: '已有同名的结案模板' },
  closingChanged: { status: 409, title: '该模板已由 {by} 修改' },
  declarationMissing: { status: 422, title: '办结申报不完整' },
  exclusionClass: { status: 422, title: '请从规定的情形中选择' },
  exclusionEvidence: { status: 422, title: '申报剔除或挂账须上传证明材料' },
  exclusionWindow: { status: 409, title: '现在不在申报窗口期内，可先暂存' },
  shelvingExtended: { status: 409, title: '挂账最多延长 {most} 次，请销账' },
  shelvingUntil: { status: 422, title: '延长后的到期时间不正确' },
  windowOrder: { status: 422, title: '窗口期的起止时间不正确' },
  windowChanged: { status: 409, title: '该窗口期已由 {by} 修改' },
  draftGone: { status: 409, title: '该暂存已{state}' },
  draftSentBack: { status: 409, title: '已被单位领导退回，请修改后再提交' },
  draftOwn: { status: 403, title: '不能预审自己的暂存' },
  exclusionState: { status: 409, title: '工单当前为“{state}”，不能申报' },
  exclusionNeedless: { status: 409, title: '{reason}' },
  exclusionStands: { status: 409, title: '该工单已被批准{kind}' },
})
