// Chinese names of acts: most are ids of routes, told by the modules at boot; the rest is named here.
import type { Module } from '../../../kernel/module.ts'

const names = new Map<string, string>(Object.entries({
  signIn: '登录', signOut: '退出登录', signInTotp: '动态口令', signInBySms: '短信验证码登录', changePassword: '修改密码', confirmTotp: '启用动态口令', removeTotp: '停用动态口令',
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
