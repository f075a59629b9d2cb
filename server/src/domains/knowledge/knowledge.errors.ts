import { defineErrors } from '../../kernel/errors.ts'

export const knowledgeFail = defineErrors('knowledge', {
  directoryNotEmpty: { status: 409, title: '该目录下有 {count} 项内容，不能删除' },
  directoryLoop: { status: 400, title: '不能移动到自己或自己的下级之下' },
  directoryTaken: { status: 409, title: '同一上级下已有“{name}”' },
  codeTaken: { status: 409, title: '编码“{code}”已被使用' },
  typeDisabled: { status: 409, title: '知识类型“{name}”已停用' },
  wrongState: { status: 409, title: '“{state}”状态下不能{act}' },
  ticketOpen: { status: 409, title: '该知识有未完成的变更（{state}），请先办结或撤回' },
  incomplete: { status: 422, title: '内容不完整，不能提交' },
  notYours: { status: 403, title: '只能维护本单位负责的知识' },
  fourEyes: { status: 403, title: '不能审核自己提交的内容' },
  opinionRequired: { status: 422, title: '退回时必须填写审核意见' },
  publishPast: { status: 422, title: '定时发布的时间须晚于现在' },
  notCitable: { status: 409, title: '“{title}”{why}，不能引用' },
  locked: { status: 423, title: '应急推送期间锁定，{until} 前不能修改' },
  synonymTaken: { status: 409, title: '“{word}”已在另一组同义词中' },
  unreadableDocument: { status: 422, title: '不能读取这个文件：{why}' },
  reportState: { status: 409, title: '该条{what}已{state}，不能{act}' },
  replyRequired: { status: 422, title: '请填写答复后再办结' },
  emergencyOver: { status: 409, title: '该应急推送已结束' },
  emergencyUnpublished: { status: 409, title: '应急推送只能使用已发布、有效期内的知识' },
})
