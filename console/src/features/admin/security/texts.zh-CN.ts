import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '安全策略', policy: '登录与密码策略', policyHint: '点参数名称修改，立即生效', failures: '登录失败与锁定', failuresHint: '最近 24 小时登录失败的账户；锁定的账户在用户页解锁', failuresNone: '最近 24 小时没有登录失败', who: '账户', times: '失败次数', last: '最近一次', from: '网络地址', reason: '说明', openUser: '查找用户', openAudit: '全部登录记录', sessions: '登录会话', sessionsHint: '现在已登录的人员；结束后对方下一次操作即被要求重新登录', method: '方式', terminal: '终端', started: '登录时间', seen: '最近操作', end: '结束', endTitle: '结束“{name}”的登录', endText: '对方未保存的内容可能丢失。', ended: '已结束', current: '本次登录', searchSession: '姓名、登录名或网络地址', m_password: '密码', m_sms: '短信验证码', m_demo: '演示', m_oidc: '统一身份认证', locks: '锁定名单', locksHint: '连续输错的账户；核实本人后解除', locksNone: '没有被锁定的账户', what: '输错的是', state: '状态', lockedUntil: '锁定到 {time}', trying: '连续输错', unlock: '解除', unlocked: '已解除锁定', noAudit: '查看登录失败需要“查看审计记录”权限',
} as const

export const t = defineTexts(zh)
