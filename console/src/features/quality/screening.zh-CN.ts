// Texts of 案件筛查 and 办理质量预警.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  screening: '案件筛查', models: '筛查模型', warnings: '办理质量预警', lowPool: '待督查候选', goodPool: '经典案例候选', allScores: '全部得分', classic: '经典', inspection: '待督查',
  number: '工单号', title: '标题', unit: '承办单位', closed: '办结', points: '得分', hits: '未达标指标', noHits: '无', pool: '候选', state: '处理', model: '筛查模型', indicator: '指标', below: '低于（分）', decided: '处理人',
  take: '采用', leave: '不采用', takeClassic: '采用后在知识库生成一份案例草稿（号码已隐去），按知识流程审核发布。', takeInspection: '采用后进入待督查案源库，可据此立项督查。', note: '说明', taken: '已采用', left: '已标为不采用', openDraft: '已生成案例草稿，打开', cannotTake: '采用由{who}操作', inspector: '督查人员', editor: '知识采编人员',
  none: '没有候选', noneHint: '每天自动筛查近期办结的工单；也可在筛查模型里立即筛查。', toModels: '筛查模型', toScreening: '返回候选',
  indicators: '筛查指标', screenings: '筛查模型', scorings: '打分模型', add: '新增', edit: '修改', remove: '删除', run: '立即筛查', running: '已开始筛查，完成后得分会更新', lastRun: '上次筛查', examined: '{n} 件', never: '还没有筛查过', name: '名称', kind: '取数口径', atLeast: '达到几次算', words: '关键词', wordsHelp: '每行一个；不填则用词库里的质检关键词', chosen: '所含指标', scoring: '打分模型', days: '筛查最近几天办结的工单', weight: '权重', weights: '权重（不参与的填 0）', high: '经典案例线（≥）', low: '待督查线（<）', lines: '分数线', use: '启用', active: '启用', stopped: '停用', shipped: '随产品提供', saved: '已保存', removeTitle: '删除“{name}”？', removeText: '已有得分不变。', removed: '已删除', hint: '得分 = 100 × 未失权重 ÷ 所含指标权重之和。', count: '{n} 项',
  raise: '新增预警', origin: '来源', job: '自动', person: '人工', raised: '预警时间', content: '说明', pushes: '通知', pushed: '{n} 人次', failed: '{n} 未送达', open: '预警中', closedState: '已关闭', push: '再次推送', close: '关闭', remark: '关闭备注', pushDone: '已再次推送', closeDone: '已关闭', changeDone: '已修改', addDone: '已预警并通知', warningsNone: '没有质量预警', warningsHint: '筛查得分低于标准的办结工单会自动预警；标准在系统参数“办理质量标准”里设置。', receiver: '接收人', sms: '短信', problem: '原因', at: '时间', by: '操作人', handler: '经办人', standard: '标准', undelivered: '有未送达',
} as const
export const s = defineTexts(zh)
