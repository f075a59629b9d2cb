// Words for the kinds of objects and the fields that the audit trail names by code.
const objects: Record<string, string> = {
  unit: '机构', user: '用户', role: '角色', grant: '授权', setting: '参数', tenant: '租户', dictionary: '字典', dictionaryItem: '字典项', calendar: '工作日历', area: '区划', order: '工单', draft: '草稿', assignment: '处办任务', matter: '事项', matterChange: '事项变更', form: '表单', flow: '流程',
  task: '任务', file: '附件', sms: '短信', requester: '诉求人', citizen: '公众账户', callback: '回访任务', session: '登录', query: '视图',
}
const fields: Record<string, string> = {
  name: '名称', parentId: '上级', state: '状态', code: '编码', kind: '类型', areaCode: '区划', vertical: '垂管', sort: '排序', leaderName: '负责人', contactName: '联系人', phoneMasked: '电话', mobileMasked: '手机', email: '邮箱', login: '登录名', staffNo: '工号', posts: '任职机构', roles: '角色', permissions: '权限', permission: '权限',
  scope: '数据范围', roleId: '角色', value: '取值', validFrom: '有效期起', validTo: '有效期止', timeZone: '时区', reason: '原因', startPage: '起始页', description: '说明', group: '分组', days: '天数', removed: '移除', import: '导入', export: '导出', label: '名称', parentIds: '继承自', title: '标题',
}

/** `key:unit` is the trail's word for key data of a unit. */
export const objectName = (type: string): string => { const bare = type.replace(/^key:/, ''); return objects[bare] ?? bare }
export const fieldName = (field: string): string => fields[field] ?? field
