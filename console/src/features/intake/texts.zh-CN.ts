// Texts of channels, WeChat accounts and citizen accounts.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  channels: '受理渠道', channelsSub: '停用或在开放时间以外，渠道显示公告，不接收诉求', wechat: '微信公众号与小程序', edit: '修改', save: '保存', saved: '已保存',
  'col.name': '名称', 'col.code': '代码', 'col.state': '状态', 'col.hours': '开放时间', 'col.files': '附件上限', 'col.notice': '公告', on: '受理', off: '停用', allDay: '全天', platformLimit: '按平台上限', filesN: '{n} 个',
  enabled: '启用', opensAt: '开始时间', closesAt: '结束时间', timeHelp: '如 08:30；两项都不填为全天', maxFiles: '附件个数上限', maxFilesHelp: '不填按平台上限', notice: '停用或休息时的公告', noticeHelp: '不填则自动说明',
  appId: 'AppID', secret: 'AppSecret', token: '服务器令牌 Token', keepSecret: '已保存，不填则不变', templateId: '进度推送模板 ID', titleKey: '标题字段', textKey: '内容字段', timeKey: '时间字段', keyHelp: '模板中的字段名，默认 thing1、thing2、time3', baseUrl: '接口地址', baseUrlHelp: '经代理访问时填写',
  ready: '可用', notReady: '未就绪', problem: '说明', bound: '绑定账号', failed: '推送失败', callback: '服务器地址（填到公众平台）', menu: '菜单', menuAt: '最近发布', menuNever: '未发布', publishMenu: '发布菜单', menuPublished: '菜单已发布', configure: '配置', miniEntry: '小程序网页地址', none: '未填写',
  unified: '公众统一身份认证', providerName: '登录按钮上的名称', issuer: '平台地址（Issuer）', clientId: '客户端标识', clientSecret: '客户端密钥', scopes: '授权范围', mobileClaim: '手机号声明', mobileClaimHelp: '平台确认过的手机号即账号；留空则由本人用验证码绑定', nameClaim: '姓名声明', redirect: '回调地址', redirectValue: '门户网址 + {path}',
  accounts: '公众账号', 'acc.mobile': '手机号', 'acc.name': '姓名', 'acc.real': '实名', 'acc.state': '状态', 'acc.reason': '原因', 'acc.created': '注册', 'acc.signed': '最近登录', active: '使用中', paused: '已暂停', yes: '是', no: '否', phone: '手机号（整号）', pause: '暂停', resume: '恢复', pauseText: '暂停后立即退出登录，不能再提交、查询和使用在线客服。', reason: '原因', done: '已保存',
} as const

export const t = defineTexts(zh)
