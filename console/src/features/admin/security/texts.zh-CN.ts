import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '安全策略', policy: '登录与密码策略', policyHint: '点参数名称修改，立即生效', failures: '登录失败与锁定', failuresHint: '最近 24 小时登录失败的账户；锁定的账户在用户页解锁', failuresNone: '最近 24 小时没有登录失败', who: '账户', times: '失败次数', last: '最近一次', from: '网络地址', reason: '说明', openUser: '查找用户', openAudit: '全部登录记录', sessions: '登录会话', sessionsHint: '现在已登录的人员；结束后对方下一次操作即被要求重新登录', method: '方式', terminal: '终端', started: '登录时间', seen: '最近操作', end: '结束', endTitle: '结束“{name}”的登录', endText: '对方未保存的内容可能丢失。', ended: '已结束', current: '本次登录', searchSession: '姓名、登录名或网络地址', m_password: '密码', m_sms: '短信验证码', m_demo: '演示', m_oidc: '统一身份认证', locks: '锁定名单', locksHint: '连续输错的账户；核实本人后解除', locksNone: '没有被锁定的账户', what: '输错的是', state: '状态', lockedUntil: '锁定到 {time}', trying: '连续输错', unlock: '解除', unlocked: '已解除锁定', noAudit: '查看登录失败需要“查看审计记录”权限',
  oidc: '统一身份认证', oidcHint: 'OpenID Connect：授权码加 PKCE', oidcEdit: '配置统一身份认证', oidcNone: '未配置，登录页不显示此方式', oidcName: '名称', oidcIssuer: '平台地址（issuer）', oidcIssuerHint: '以 https:// 开头，平台的配置文档在其 .well-known 下', oidcClient: '客户端编号', oidcSecret: '客户端密钥', oidcSecretKept: '已保存，留空不变', oidcScopes: '范围', oidcClaim: '声明', oidcMatched: '对应本系统的', oidc_login: '登录名', oidc_staffNo: '工号', oidc_mobile: '手机号', oidcEnabled: '是否启用', oidcOn: '启用', oidcOff: '停用', oidcRedirect: '返回地址（接在工作台网址之后）', oidcSave: '保存', oidcSaved: '已保存', oidcChanged: '更改',
} as const

export const t = defineTexts(zh)
