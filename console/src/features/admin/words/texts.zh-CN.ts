import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '词库', sub: '一处维护，短信、答复、公开内容、登记校对共用；改动下一段文字就有效', kinds: '词的种类', search: '查词', state: '状态', all: '全部状态', word: '词', category: '类别', grade: '等级', related: '关联词', excepts: '无害长词', exceptsHelp: '只出现在这些长词里时不算，用空格隔开', relatedHelp: '用空格隔开', validity: '有效期', changed: '修改', acts: '操作', note: '说明',
  add: '新增', edit: '修改', remove: '删除', removeText: '删除“{word}”？以前的记录不受影响。', import: '导入', importHelp: '表格各列：词、类别、等级（高、中、低）、关联词；第一行是标题', imported: '导入 {n} 个', importedBad: '，{n} 行未导入：第 {row} 行“{word}”{why}', saved: '已保存', removed: '已删除', none: '还没有词', noneHint: '逐个新增，或用表格导入',
  'grade.high': '高', 'grade.medium': '中', 'grade.low': '低', 'grade.none': '不分级', 'state.proposed': '待确认', 'state.active': '启用', 'state.retired': '停用', from: '生效', to: '失效', older: '更早的', newer: '较新的', kind: '种类',
} as const

export const t = defineTexts(zh)
