import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '租户', tree: '租户树', count: '{n} 个租户', create: '新建下级租户', edit: '修改', suspend: '停用', reopen: '恢复', code: '编码', codeHint: '2 到 30 位小写字母、数字或 -，以字母开头，建立后不能修改', name: '名称', kind: '类型', kind_administration: '行政区划', kind_enterprise: '企业', area: '区划', zone: '时区', state: '状态', active: '运行中', suspended: '已停用', suspendedWhy: '停用原因', users: '用户', units: '机构', level: '层级', created: '建立时间', parent: '上级租户',
  level1: '省级', level2: '市级', level3: '区县级', level4: '街道乡镇级', level5: '社区村级', centre: '热线中心机构', centreCode: '机构编码', centreName: '机构名称', admin: '首位管理员', adminLogin: '登录名', adminLoginHint: '2 到 40 位字母、数字或 . _ @ -', adminName: '姓名', adminMobile: '手机', oneTime: '“{name}”首位管理员的一次性密码', saved: '已保存',
  suspendTitle: '停用租户“{name}”', suspendText: '该租户的全部用户立即不能登录，门户停止受理；数据保留，可以恢复。', suspendDone: '已停用', reopenTitle: '恢复租户“{name}”', reopenText: '用户可以重新登录，门户恢复受理。', reopenDone: '已恢复', below: '下级租户', manageUnits: '机构', manageUsers: '用户', manageRoles: '角色', manageSettings: '参数', manage: '管理',
  control: '产品与管控', controlEdit: '管控', ownModules: '停用产品', controlSave: '保存', controlSaved: '已保存，立即生效', controlReason: '原因', controlChanged: '最近设定', quota: '账户额度', quotaNone: '不限', quotaOf: '已用 {users} / {quota}', quotaHint: '留空为不限', modulesOff: '关闭的模块', modulesOffHint: '菜单消失，接口一律拒绝，数据保留；对其下级同样有效', ownModulesOff: '不使用的模块', ownModulesHint: '菜单消失，接口一律拒绝，数据保留；只影响本租户', barredRoles: '不得使用的角色', barredPermissions: '不得使用的权限', barredHint: '任何角色都不能带来这些权限', offAbove: '（上级关闭）', offHere: '（关闭）', offOwn: '（自行停用）', differences: '与上级的差异', differencesHint: '自定的参数和改过的角色', noDifferences: '与上级和模板一致。', item: '项目', handed: '上级 / 模板有而这里没有', own: '这里', mode: '方式', mode_override: '自定', mode_locked: '已锁定，自定值不生效', diffChanged: '更改', roleOf: '角色：{name}', ownRole: '自建角色', moreRights: '另 {n} 项',
} as const

export const t = defineTexts(zh)
