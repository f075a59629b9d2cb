import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '查询码查询', intro: '不登录，用编号和查询码查办理状态和答复', number: '编号', numberHelp: '提交后得到的一串数字；纠错的编号以 C 开头', code: '查询码', codeHelp: '8 位字母和数字，例如 7K3F-99AB，大小写都可以', go: '查询', needNumber: '请填写编号', needCode: '请填写查询码', again: '再查一件', signIn: '登录后可以补充、催办、评价', progress: '办理进度', unit: '承办单位', registered: '提交时间', closed: '办结时间', reply: '答复', lost: '查询码找不到了？用登记时的手机号登录，或拨打 {number}。',
} as const)
