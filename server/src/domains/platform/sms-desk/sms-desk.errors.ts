import { defineErrors } from '../../../kernel/errors.ts'

export const smsDeskErrors = defineErrors('platform', {
  smsNoText: { status: 422, title: '没有短信内容' },
  smsTemplateUnusable: { status: 422, title: '短信模板不能使用' },
  smsTemplateTaken: { status: 409, title: '短信模板“{name}”已存在' },
  smsTemplateDecided: { status: 409, title: '模板不在待审批状态' },
  smsOwnTemplate: { status: 403, title: '不能审批自己提交的模板' },
  smsNotReady: { status: 422, title: '短信未发送：有收信人或占位符不正确' },
  smsSensitive: { status: 422, title: '短信未发送：含敏感词“{words}”' },
  smsNobody: { status: 422, title: '没有收信人' },
  smsTooMany: { status: 422, title: '一次最多发送 {most} 人' },
})
