// Texts of public surveys.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '民意问卷', add: '新建问卷', newSurvey: '新问卷', 'col.title': '标题', 'col.state': '状态', 'col.target': '对象', 'col.answers': '答卷', 'col.author': '编制人', 'col.ends': '截止', 'col.updated': '更新', 'state.draft': '草稿', 'state.review': '待审核', 'state.published': '进行中', 'state.closed': '已结束', back: '返回列表',
  name: '标题', intro: '说明', target: '填写对象', 'target.signedIn': '所有登录的公众', 'target.realName': '已实名的公众', 'target.enterprise': '企业账号联系人', perPerson: '每人可填次数', startsAt: '开始时间', endsAt: '截止时间', save: '保存', saved: '已保存', facts: '情况', reviewer: '审核人', opinion: '审核意见', published: '发布时间',
  questions: '题目', questionN: '第 {n} 题', 'type.single': '单选', 'type.multiple': '多选', 'type.scale': '量表', 'type.text': '文字', 'type.file': '文件', question: '题目文字', options: '选项（每行一个）', most: '最多可选（不填不限）', steps: '量表级数（2–10）', required: '必答', up: '上移', down: '下移', remove: '删除', addQuestion: '增加题目', pickType: '题型', done: '已完成', approveText: '发布后不能再修改题目。', closeText: '结束后不再接收答卷。',
  results: '结果', noAnswers: '还没有答卷', answered: '{n} 人作答', mean: '平均 {n}', times: '{n}（{rate}）', opinions: '其他意见', cross: '交叉分析', first: '行', second: '列', texts: '文字回答', exportCsv: '导出答卷', readNote: '共 {all} 份答卷，统计最近 {read} 份',
} as const

export const t = defineTexts(zh)
export const stateTone = (state: string): 'calm' | 'near' | 'ok' => (state === 'published' ? 'ok' : state === 'review' ? 'near' : 'calm')
