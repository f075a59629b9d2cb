import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '机构用户同步', sub: '外部目录经接口提交快照或增量，或由本平台每夜去取', conflicts: '待处理冲突', decided: '已处理', noConflicts: '没有待处理的冲突', noDecided: '还没有处理过冲突', runs: '同步记录', noRuns: '还没有同步过', noRunsHint: '接口：POST /api/admin/directory-sync/runs，参数见接口文档',
  kind: '对象', unit: '机构', user: '人员', code: '编码或工号', name: '名称', message: '原因', source: '来源', at: '时间', by: '操作人', mode: '方式', snapshot: '快照', increment: '增量', units: '机构', users: '人员', tally: '新增 {created} 变更 {changed} 停用 {disabled} 未变 {same} 冲突 {conflicts}',
  sources: '每夜比对', addSource: '添加来源', sourcesHint: '每晚到点取来源的全部机构和用户，按快照执行；以最后保存者的权限执行，取不到或内容为空时不改动任何人', noSources: '没有每夜比对的来源', url: '地址', token: '访问令牌', tokenKept: '已设置；不填则不变', tokenHint: '作为 Bearer 令牌发送', atHour: '几点以后', enabled: '启用', off: '停用', hour: '{n} 点后', last: '最近结果', never: '还没有执行', edit: '修改', pull: '立即比对', pulled: '已开始，稍后看结果', remove: '删除', removeAsk: '只删除配置，已同步的机构和用户不变。', saved: '已保存', sourceHint: '字母、数字、横线和下划线，与接口提交用的来源代码一致',
  apply: '采用来源', ignore: '忽略', applyHint: '按来源的内容更新；工号相同而登录名不同的，认定为同一个人，登录名不变', ignoreHint: '保留本平台的内容，下次同步仍会列出', reason: '理由', done: '已处理', state: '结果', applied: '已采用', ignored: '已忽略', solved: '来源已改正', open: '待处理',
} as const

export const t = defineTexts(zh)
