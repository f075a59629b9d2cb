import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '我的', signInIntro: '登录后查看和办理您的诉求', profile: '个人信息', mobile: '手机号', name: '姓名', idNumber: '身份证号', area: '所在区域', address: '地址', none: '未填写', edit: '修改', save: '保存', cancel: '取消', saved: '已保存', nameHelp: '办理单位联系您时用', idHelp: '选填。填写后为实名，号码加密保存，只显示掩码。要换号码请整号重填。', real: '已实名', notReal: '未实名', orders: '我的诉求', messages: '消息中心', messagesHint: '进展、答复和公告', unread: '{n} 条未读', chat: '在线客服', chatHint: '边聊边问，可以帮您登记', ordersHint: '进度、补充、催办、评价', enterprise: '企业服务', enterpriseHint: '企业账号、联系人和企业诉求', points: '积分', pointsHint: '现有 {n} 分，查看明细、兑换', query: '查询码查询', queryHint: '查别的手机号登记的诉求', signOut: '退出登录', signedOut: '已退出',
  password: '登录密码', passwordNone: '还没有设置。设置后可以用密码登录，不用每次等短信。', passwordSet: '已设置', question: '密保问题', questionHelp: '选填。找回密码时要回答。', answer: '答案', newPassword: '新密码', passwordHelp: '至少 8 位，同时有字母和数字', again: '再输一次', differs: '两次输入不一致', setPassword: '设置密码', changePassword: '修改密码', passwordSaved: '密码已设置', code: '短信验证码', getCode: '获取验证码', codeSent: '验证码已发送', mobileOf: '手机号',
  resetTitle: '找回密码', resetIntro: '须与登记的信息一致。未实名登记的账号请用验证码登录。', resetName: '姓名', resetAnswer: '密保答案（设置过的才填）', resetGo: '重设密码', resetDone: '密码已重设，请重新登录',
  landline: '固定电话', birthDate: '出生日期', birthHelp: '填了身份证号会自动带出', sex: '性别', male: '男', female: '女', unsaid: '不填',
  identities: '其他登录方式', identitiesNone: '还没有绑定。从微信公众号或小程序进入时可以绑定，以后不用再登录，办理进展也会推送到微信。', boundAt: '{day} 绑定', unbind: '解除绑定', unbindOf: '解除绑定{name}', unbindText: '解除后不能再从那里直接登录，也不再收到推送。您的诉求不受影响。', unbound: '已解除绑定',
  display: '显示', elder: '长辈版', elderHint: '字更大，按钮更大，一页四个入口', contrast: '高对比度', contrastHint: '黑白分明，线条更清楚', accessibility: '无障碍说明', accessibilityHint: '键盘、读屏、大字和求助方式', privacy: '您的手机号和身份证号加密保存，只用于办理诉求和回访。办理单位看到的是掩码，查看原文会留下记录。',
} as const)
