// Words of the frame and of signing in.
import { defineTexts } from '../kit/texts.ts'

export const t = defineTexts({
  brand: '民声热线', skip: '跳到正文', nav: '主要页面', home: '首页', submit: '我要诉求', orders: '我的诉求', me: '我的', query: '查询码查询', chat: '在线客服', policies: '政策信息', questions: '常见问题', enterprise: '企业服务', surveys: '民意问卷', robot: '问一问', robotTitle: '智能问答', news: '公告与案例', statistics: '运行通报', accessibility: '无障碍说明',
  elderOn: '长辈版', elderOff: '标准版', call: '拨打{number}', callShort: '{number}', webCall: '网络电话', offline: '网络不通，您写的内容已存在这台设备上',
  footerHelp: '遇到困难请拨打 {number}，人工为您办理', titleSuffix: '{title} - {centre}', centre: '政务服务便民热线',
  notFound: '没有这个页面', notFoundText: '地址可能写错了，或者页面已经移走', toHome: '回首页', loadFailed: '页面没有加载出来', loadFailedText: '请检查网络后重试，已填写的内容不会丢失', reload: '重新加载',
  signInTitle: '用手机号登录', signInWhy: '验证码登录，不用注册，不用记密码。用同一手机号打热线登记的诉求也能看到。',
  byUnified: '用{name}登录', byPassword: '用密码登录', byCode: '用验证码登录', password: '密码', forgot: '忘记密码',
  phone: '手机号', phoneHelp: '11 位手机号，用来接收验证码和回访', code: '短信验证码', codeHelp: '已发送，{n} 分钟内有效。没收到请稍等再重新获取。', getCode: '获取验证码', again: '{n} 秒后可重新获取', resend: '重新获取', signIn: '登录', badPhone: '请填写 11 位手机号', badCode: '请填写 6 位验证码', needCode: '请先获取验证码', signedIn: '已登录', noSms: '收不到短信？可以直接拨打热线 {number} 由工作人员登记。', changePhone: '换一个手机号',
} as const)
