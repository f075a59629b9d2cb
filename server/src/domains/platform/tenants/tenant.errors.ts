import { defineErrors } from '../../../kernel/errors.ts'

export const tenantErrors = defineErrors('platform', {
  tenantCodeTaken: { status: 409, title: '租户编码“{code}”已存在' },
  ownTenant: { status: 409, title: '不能停用或恢复自己所在的租户' },
  areaOutside: { status: 422, title: '区划不在上级租户的区划之内' },
})
