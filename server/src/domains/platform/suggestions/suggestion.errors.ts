import { defineErrors } from '../../../kernel/errors.ts'

export const suggestionErrors = defineErrors('platform', {
  suggestionSimilar: { status: 409, title: '已有高度相似的意见，请先查看；确属不同的，确认后再提交' },
  suggestionState: { status: 409, title: '意见现为“{state}”，不能{act}' },
  suggestionTop: { status: 403, title: '改进意见由最上级中心终审' },
  suggestionReason: { status: 422, title: '不采纳须说明原因' },
  suggestionOwn: { status: 403, title: '不能审核自己提交的意见' },
})
