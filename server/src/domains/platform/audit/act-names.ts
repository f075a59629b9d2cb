// Chinese names of acts: most are ids of routes, told by the modules at boot; acts that no route is named after are named here.
import type { Module } from '../../../kernel/module.ts'

const names = new Map<string, string>(Object.entries({
  purgeSnapshots: '清理到期快照', importUpper: '导入上级回访结果', auditNumberEntry: '定期清理号码名单',
  keepRules: '修改考核规则', saveSheet: '发布评分表', saveRule: '发布质检规则', issueRuleGroup: '下发规则组', usePrompt: '启用提示词',
  signIn: '登录', signOut: '退出登录', signInTotp: '动态口令', signInBySms: '短信验证码登录', signInByOidc: '统一身份认证登录', changePassword: '修改密码', confirmTotp: '启用动态口令', removeTotp: '停用动态口令', resetUserTotp: '重置动态口令',
  resetUserPassword: '重置密码', publicSignIn: '公众登录', import: '导入', export: '导出', readSmsCodes: '查看短信验证码', reveal: '查看完整联系方式', addDuty: '新增职责', removeDuty: '移除职责', changeRule: '修改规则', createRule: '新增规则',
  bindIdentity: '绑定外部身份', dropIdentity: '解除外部身份', dialRefused: '拨号被拒绝', dialRobotTask: '机器人外呼', enableRule: '启用规则', stopRule: '停用规则', removeRule: '删除规则', reopenTenant: '恢复租户', suspendTenant: '停用租户', createTenant: '开通租户', saveCalendarDays: '维护工作日历', 'key:signRule': '修改签收规则', applyPlannedSetting: '计划参数生效', barFromChat: '限制使用在线客服', publishPublication: '发布公开内容',
}))

/** Called once at boot for every module. */
export function registerActs(module: Pick<Module, 'routes'>): void {
  for (const { spec } of module.routes ?? []) names.set(spec.id, names.get(spec.id) ?? spec.summary)
}

/** `access:x` is a refused call of x. */
export function actName(act: string): string {
  const route = act.replace(/^access:/, '')
  const name = names.get(route) ?? route
  return act === route ? name : `${name}（被拒绝）`
}
