// Texts of the report on rights.
import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '权限报表', holders: '谁有权限', changes: '变更记录', permission: '权限', role: '角色', on: '截至', onHint: '留空为现在', person: '人员', unit: '机构', staffNo: '工号', scope: '数据范围', scopeAsRole: '同角色', via: '来源', via_grant: '直接授予', via_group: '用户组', via_delegation: '代理', since: '起', validTo: '有效期至', by: '操作人',
  choose: '选择一项权限或一个角色', chooseHint: '查看现在或过去某一天谁持有它、从哪里得来。', none: '没有人持有', n: '{n} 人次', more: '只显示前 1,000 条，请缩小条件', userOff: '账户已停用',
  at: '时间', kind: '变更', kind_given: '取得角色', kind_ended: '失去角色', kind_roleChanged: '角色内容', subject: '对象', old: '变更前', new: '变更后', reason: '原因', from: '从', to: '到', noChanges: '这段时间没有权限变更', all: '全部人员', moreChanges: '只显示最近 500 条', everyone: '所有持有人',
} as const

export const t = defineTexts(zh)
