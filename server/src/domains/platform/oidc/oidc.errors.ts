import { defineErrors } from '../../../kernel/errors.ts'

export const oidcErrors = defineErrors('platform', {
  oidcOff: { status: 404, title: '未开放统一身份认证登录' },
  oidcUnreachable: { status: 503, title: '统一身份认证平台暂时不可用，请使用其他方式登录' },
  oidcRefused: { status: 401, title: '统一身份认证未通过，请重新登录' },
  oidcUnknown: { status: 403, title: '统一身份认证的账号在本系统没有对应用户，请联系管理员' },
  oidcRoot: { status: 403, title: '统一身份认证由最上级租户配置' },
  oidcInsecure: { status: 422, title: '身份认证平台地址须使用 https' },
})
