import { defineErrors } from '../../../kernel/errors.ts'

export const applicationErrors = defineErrors('platform', {
  applicationCode: { status: 409, title: '应用编码“{code}”已被使用' },
  applicationStopped: { status: 409, title: '应用“{name}”已停用' },
  notAdmitted: { status: 403, title: '您没有获准进入“{name}”' },
  applicationChecklist: { status: 422, title: '接入检查未完成：{missing}' },
  applicationScope: { status: 422, title: '服务账户没有这些权限：{scopes}' },
  applicationOwnGrant: { status: 403, title: '不能审批自己提交的申请' },
  applicationGrantState: { status: 409, title: '“{state}”的授权不能这样处理' },
  applicationSignInAgain: { status: 409, title: '“{name}”要求重新登录后进入' },
  applicationToken: { status: 401, title: '应用凭据无效，或授权未批准、已到期、已收回' },
})
