import { defineErrors } from '../../../kernel/errors.ts'

export const whistleFail = defineErrors('orders', {
  whistleOpen: { status: 409, title: '工单已吹哨，尚未结束' },
  whistleMarked: { status: 409, title: '工单已标注吹哨' },
  whistleState: { status: 409, title: '工单当前为“{state}”，不能吹哨' },
  whistleEnded: { status: 409, title: '该吹哨已结束' },
  whistleNotBlown: { status: 409, title: '街道尚未吹哨' },
  whistleStreet: { status: 403, title: '只有街道、社区可以吹哨' },
  whistleUnits: { status: 422, title: '{fault}' },
  whistleNotCalled: { status: 403, title: '贵单位不在本次吹哨的部门之列' },
  whistleReported: { status: 409, title: '“{unit}”已报到' },
  whistleNotAgreed: { status: 409, title: '“{unit}”尚未同意撤回' },
  whistleCallEnded: { status: 409, title: '“{unit}”已不在本次吹哨之列' },
})
