import { defineErrors } from '../../../kernel/errors.ts'

export const draftFail = defineErrors('orders', {
  draftChanged: { status: 409, title: '该表单已在别处保存为第 {generation} 代，您的内容未覆盖它' },
  draftTooLarge: { status: 422, title: '表单内容过大，未保存' },
  draftSubmitted: { status: 409, title: '该登记已提交为工单 {number}，不能删除，可申请撤单' },
  generationGone: { status: 404, title: '该代备份已不在' },
})
