import { defineErrors } from '../../kernel/errors.ts'

export const formErrors = defineErrors('forms', {
  keyTaken: { status: 409, title: '表单标识“{key}”已被使用' },
  alreadyPublished: { status: 409, title: '该版本已发布，请新建版本后修改' },
  draftExists: { status: 409, title: '已有草稿第 {version} 版（{by}），请先发布或删除' },
  notPublishedVersion: { status: 409, title: '只有生效中的版本可以停用' },
  boundTwice: { status: 409, title: '该适用范围已绑定表单“{name}”' },
  notPublished: { status: 409, title: '表单还没有发布的版本，不能绑定' },
})
