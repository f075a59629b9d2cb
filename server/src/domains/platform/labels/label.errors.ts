import { defineErrors } from '../../../kernel/errors.ts'

export const labelErrors = defineErrors('platform', {
  labelNameTaken: { status: 409, title: '本类别已有标签“{name}”' },
  labelCodeTaken: { status: 409, title: '标签编码“{code}”已被使用' },
  labelEnded: { status: 409, title: '标签已合并或废止，不能再修改' },
  labelMergeTarget: { status: 422, title: '只能并入本中心启用中的其他标签' },
  labelParent: { status: 422, title: '上级标签不存在、不在同一类别，或形成循环' },
  unknownLabelClass: { status: 422, title: '标签类别不存在或已停用' },
})
