export const providerNames = { officialAccount: '微信公众号', miniProgram: '微信小程序', unified: '统一身份认证' } as const

export const wechatTexts = {
  welcome: '您好，这里是{centre}。点击菜单可以提交诉求、查看进度；也可以拨打 {hotline}。',
  askHere: '请点击提交诉求或咨询：{url}',
  noAddress: '门户网址（portal.address）没有填写',
  noSecret: '没有填写 AppSecret',
  off: '已停用',
  noTemplate: '没有填写模板 ID，不能推送进度',
} as const

/** The menu of the official account; every entry is a page of the portal, so that content comes from one place. */
export const menuEntries = [
  { name: '我要诉求', sub: [{ name: '提交诉求', to: '/submit' }, { name: '在线客服', to: '/chat' }, { name: '常见问题', to: '/k' }, { name: '民意问卷', to: '/surveys' }] },
  { name: '我的诉求', to: '/orders', personal: true },
  { name: '了解我们', sub: [{ name: '中心介绍', to: '/news?kind=intro' }, { name: '通知公告', to: '/news?kind=notice' }, { name: '热点话题', to: '/news?kind=hot' }, { name: '运行通报', to: '/statistics' }] },
] as const
