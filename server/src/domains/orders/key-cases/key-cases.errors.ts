import { defineErrors } from '../../../kernel/errors.ts'

export const keyCaseFail = defineErrors('orders', {
  keyNotFound: { status: 404, title: '内容不存在' },
  keyTaken: { status: 409, title: '已有“{name}”' },
  keyChanged: { status: 409, title: '已由 {by} 修改' },
  keyPeriod: { status: 422, title: '结束时间须晚于开始时间' },
  topicNotOffered: { status: 422, title: '该专题未启用或不在有效期内' },
  markedAlready: { status: 409, title: '工单已标记该专题' },
  markSignFirst: { status: 403, title: '签收后才能标记重点案件' },
  markForeign: { status: 403, title: '只能取消本单位的标记，其他由中心取消' },
})
