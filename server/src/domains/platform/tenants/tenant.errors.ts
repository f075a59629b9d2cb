import { defineErrors } from '../../../kernel/errors.ts'

export const tenantErrors = defineErrors('platform', {
  ownControl: { status: 403, title: '额度和权限上限只能由上级租户设定' },
  coreModule: { status: 422, title: '“{name}”是核心模块，不能关闭' },
  tenantCodeTaken: { status: 409, title: '租户编码“{code}”已存在' },
  ownTenant: { status: 409, title: '不能停用或恢复自己所在的租户' },
  areaOutside: { status: 422, title: '区划不在上级租户的区划之内' },
})
