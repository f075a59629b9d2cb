import { defineErrors } from '../../../kernel/errors.ts'

export const roleErrors = defineErrors('platform', {
  beyondOwnRights: { status: 403, title: '不能授予超出您本人权限范围的“{permission}”' },
  ownGrant: { status: 409, title: '不能变更自己的授权' },
  exclusiveRoles: { status: 409, title: '“{a}”与“{b}”不能由同一人担任' },
  roleCodeTaken: { status: 409, title: '角色编码“{code}”已存在' },
  roleCycle: { status: 422, title: '角色不能继承自己或自己的下级角色' },
  unknownPermission: { status: 422, title: '权限“{permission}”不存在' },
  unknownRole: { status: 422, title: '角色不存在或已停用' },
  roleInUse: { status: 409, title: '角色正被使用，不能删除，可以停用' },
  grantExists: { status: 409, title: '该用户已有此角色' },
})
