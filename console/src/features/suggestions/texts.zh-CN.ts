import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '改进意见', write: '写意见', edit: '修改草稿', of: '范围', of_adopted: '采纳进展', of_mine: '我提交的', of_firstReview: '待初审', of_secondReview: '待终审', of_all: '全部', of_statistics: '统计',
  kind: '类型', system: '系统', business: '业务', subject: '标题', content: '内容', effect: '预期效果', urgency: '紧急程度', normal: '一般', urgent: '紧急', language: '语言', unit: '单位', unitHint: '不选则为您的任职机构', files: '附件', state: '状态', by: '提交人', at: '更新', tenant: '租户', reason: '说明', reasonMust: '不采纳的原因',
  draft: '草稿', firstReview: '待初审', secondReview: '待终审', refused: '不采纳', planned: '已立项', developing: '开发中', released: '已上线',
  none: '还没有意见', noneHint: '使用中觉得不顺手、业务规则该改的，写下来；采纳后进展会逐步告诉您。', noneHere: '这里没有意见', save: '存为草稿', saved: '已存为草稿', submit: '提交', submitted: '已提交初审', pass: '初审通过', adopt: '采纳立项', refuse: '不采纳', develop: '转入开发', release: '标为上线', done: '已处理 {n} 条', failed: '“{title}”未处理：{reason}',
  history: '经过', similar: '相似的意见', similarHint: '提交前查过全平台，以下意见与本条相近。', nearTitle: '已有高度相似的意见', nearText: '{list}。确属不同的意见才继续提交。', different: '确属不同，仍提交', close: '关闭', chosen: '已选 {n} 条', all: '全选', export: '导出',
  sumSubmitted: '提交', sumAdopted: '采纳', sumShare: '采纳率', byState: '按状态', byKind: '按类型', byWords: '共同需求（多条意见都提到的词）', byTenant: '各租户参与', refusedN: '不采纳', noWords: '还没有两条以上意见都提到的词', from: '从', to: '到', score: '相似度',
  'lang_zh-CN': '简体中文', 'lang_zh-TW': '繁体中文', lang_en: '英语', lang_ug: '维吾尔语', lang_bo: '藏语', lang_mn: '蒙古语',
} as const
export const t = defineTexts(zh)
