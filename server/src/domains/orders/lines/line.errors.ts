import { defineErrors } from '../../../kernel/errors.ts'

export const lineFail = defineErrors('orders', {
  lineNotFound: { status: 404, title: '没有这条线路' },
  lineTaken: { status: 409, title: '已有线路“{name}”' },
  lineChanged: { status: 409, title: '线路已由 {by} 修改' },
  lineOff: { status: 422, title: '线路“{name}”未启用或没有登记' },
})
