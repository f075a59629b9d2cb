// Texts of user groups.
import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '用户组', count: '{n} 个', create: '新建用户组', edit: '编辑', remove: '删除', disable: '停用', enable: '启用', active: '使用中', disabled: '已停用', over: '已到期', search: '搜索用户组',
  name: '名称', kind: '类型', kind_team: '班组', kind_project: '工作组', kind_virtual: '虚拟组织', kindHint: '班组成员共享“本组”数据范围；工作组只授予角色、便于发消息；虚拟组织（专班、项目组）还像机构一样接收派单和消息，单独统计，须填有效期', ownUnit: '派单对象', unit: '归属机构', purpose: '用途', endsOn: '有效期至', endsHint: '当天之后，经本组取得的角色自动失效', always: '长期',
  members: '成员', membersN: '{n} 人', leaders: '组长', leadersHint: '从成员中选择', roles: '授予的角色', rolesHint: '组内每位成员都持有', noRoles: '未授予角色', noMembers: '还没有成员', staffNo: '工号', since: '加入时间', leader: '组长', reason: '原因',
  scope: '数据范围', scopeAsRole: '同角色', scopeHint: '收窄所授角色的数据范围；不选则同角色', saved: '已保存', created: '已建立“{name}”', removed: '已删除', removeTitle: '删除用户组“{name}”', removeText: '成员经此组取得的角色立即失效，历史留存。', disableTitle: '停用用户组“{name}”', disableText: '成员经此组取得的角色立即失效，可再启用。',
  none: '还没有用户组', noneHint: '把同班组的座席编成一组，班组长即可查看全组工单；也可为专班统一授予有期限的角色。', changed: '最近修改', changedBy: '{who} {time}',
} as const

export const t = defineTexts(zh)
