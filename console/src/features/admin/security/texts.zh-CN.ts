import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '安全策略', policy: '登录与密码策略', policyHint: '点参数名称修改，立即生效', failures: '登录失败与锁定', failuresHint: '最近 24 小时登录失败的账户；锁定的账户在用户页解锁', failuresNone: '最近 24 小时没有登录失败', who: '账户', times: '失败次数', last: '最近一次', from: '网络地址', reason: '说明', openUser: '查找用户', openAudit: '全部登录记录', sessions: '登录会话', sessionsHint: '查看和结束某人的登录在用户页；您本人的登录在“我的”', openUsers: '打开用户', openMine: '我的登录', noAudit: '查看登录失败需要“查看审计记录”权限',
} as const

export const t = defineTexts(zh)
