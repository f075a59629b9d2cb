import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '机构用户同步', sub: '外部目录经接口提交快照或增量；先试运行看报告，再执行', conflicts: '待处理冲突', decided: '已处理', noConflicts: '没有待处理的冲突', noDecided: '还没有处理过冲突', runs: '同步记录', noRuns: '还没有同步过', noRunsHint: '接口：POST /api/admin/directory-sync/runs，参数见接口文档',
  kind: '对象', unit: '机构', user: '人员', code: '编码或工号', name: '名称', message: '原因', source: '来源', at: '时间', by: '操作人', mode: '方式', snapshot: '快照', increment: '增量', units: '机构', users: '人员', tally: '新增 {created} 变更 {changed} 停用 {disabled} 未变 {same} 冲突 {conflicts}',
  apply: '采用来源', ignore: '忽略', applyHint: '按来源的内容更新；工号相同而登录名不同的，认定为同一个人，登录名不变', ignoreHint: '保留本平台的内容，下次同步仍会列出', reason: '理由', done: '已处理', state: '结果', applied: '已采用', ignored: '已忽略', solved: '来源已改正', open: '待处理',
} as const

export const t = defineTexts(zh)
