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
  postsBeyondReach: { status: 403, title: '该用户还在您管理范围以外的“{units}”任职，不能由您授权' },
  groupUnknownUser: { status: 422, title: '成员不存在、已停用或不在您的管理范围' },
  groupNameTaken: { status: 409, title: '用户组“{name}”已存在' },
  notColleague: { status: 422, title: '只能委托给同一机构在职的同事' },
  notHeld: { status: 422, title: '只能委托本人直接持有的角色' },
  delegationPeriod: { status: 422, title: '委托期限不正确' },
  roleBarred: { status: 403, title: '上级租户不允许使用角色“{name}”' },
  grantExists: { status: 409, title: '该用户已有此角色' },
})
