import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '我的', signInIntro: '登录后查看和办理您的诉求', profile: '个人信息', mobile: '手机号', name: '姓名', idNumber: '身份证号', area: '所在区域', address: '地址', none: '未填写', edit: '修改', save: '保存', cancel: '取消', saved: '已保存', nameHelp: '办理单位联系您时用', idHelp: '选填。填写后为实名，号码加密保存，只显示掩码。要换号码请整号重填。', real: '已实名', notReal: '未实名', orders: '我的诉求', messages: '消息中心', messagesHint: '进展、答复和公告', unread: '{n} 条未读', chat: '在线客服', chatHint: '边聊边问，可以帮您登记', ordersHint: '进度、补充、催办、评价', query: '查询码查询', queryHint: '查别的手机号登记的诉求', signOut: '退出登录', signedOut: '已退出',
  display: '显示', elder: '长辈版', elderHint: '字更大，按钮更大，一页四个入口', contrast: '高对比度', contrastHint: '黑白分明，线条更清楚', accessibility: '无障碍说明', accessibilityHint: '键盘、读屏、大字和求助方式', privacy: '您的手机号和身份证号加密保存，只用于办理诉求和回访。办理单位看到的是掩码，查看原文会留下记录。',
} as const)
