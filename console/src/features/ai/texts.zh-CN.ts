import { defineTexts } from '../../ui/texts.ts'

const zh = {
  apps: '智能应用', appsHint: '机器只提建议，由人确认；关闭任何一项都不影响人工办理', theme: '主题', allThemes: '全部主题', onlyReady: '只看本版本提供的', name: '应用', engines: '引擎', mode: '方式', threshold: '预填或自动的置信度', candidates: '候选数', limit: '时限', target: '目标', metric: '指标', model: '现用模型', live: '近 90 天', p95: '95% 用时', acts: '操作',
  'mode.off': '关闭', 'mode.suggest': '建议', 'mode.prefill': '预填', 'mode.auto': '自动', notReady: '本版本未提供', noModel: '未训练', untrained: '不需训练', version: '第 {n} 版', hit: '命中 {share}', liveShare: '{n} 次定论，首选 {first}，候选内 {any}', noLive: '尚无记录',
  change: '调整', changes: '记录', save: '保存', reason: '理由', reasonHint: '谁、何时、为何调整都会留痕', cancel: '取消', seconds: '时限（毫秒）', modeHelp: '预填：置信度达到阈值且栏目为空时填入并标记；自动：只有承办单位推荐可设，达到阈值直接派发，并随时可停。模型在固定测试集上（至少 30 件）达到目标之前，预填和自动都只作建议', saved: '已调整', none: '没有调整过', autoWarn: '设为自动后，置信度达到 {share} 的普通工单将不经人工直接派发。可随时改回。', autoConfirm: '开启自动派发',
  models: '模型版本', modelsHint: '由本中心已确认的工单训练；新版本先在固定测试集上与现用版本比较，再由人启用', trainNow: '立即训练', trainHint: '也会在夜间按参数自动训练', number: '版本', state: '状态', samples: '训练样本', classes: '类别', heldOut: '固定测试集命中', compared: '与现用相比', size: '大小', at: '时间', by: '操作人', switch: '启用', restore: '恢复', switched: '已启用', begun: '已开始训练，完成后在此显示',
  'state.waiting': '等待', 'state.training': '训练中', 'state.evaluated': '待启用', 'state.live': '现用', 'state.retired': '已退役', 'state.failed': '失败', gain: '{n} 个百分点', worse: '变差', noModels: '还没有训练过模型', noModelsHint: '工单经审核、派发后即可作为样本；至少 40 件', worseTitle: '新模型变差，仍要启用？', worseText: '固定测试集上 {now}，现用模型 {before}。请写明理由，理由随版本保存。', override: '仍要启用', overridden: '变差仍启用：{reason}', kb: '{n} MB',
  evaluations: '评测', evaluationsHint: '数字来自保存的评测，区间为 95% 置信区间', dataset: '数据', split: '划分', hit1: '首位命中', hitK: '候选内命中', f1: '宏平均 F1', noRuns: '还没有评测', noRunsHint: '训练模型后自动在固定测试集上评测', interval: '{value}（{low}–{high}）', onModel: '{name} 第 {n} 版', product: '产品实测', detail: '评测详情', curve: '覆盖率与准确率', curveSum: '按置信度从高到低取前若干，其中正确的比例', covered: '覆盖', precision: '准确率', byClass: '各类', class: '类别', n: '件数', recall: '召回', confusion: '最常见的误判', gold: '应为', given: '判为', count: '次', all: '全部',
  'reply.title': '答复检查', 'reply.none': '未发现漏答、错字或推给其他单位', 'reply.unanswered': '可能漏答：“{text}”', 'reply.template': '答复与诉求“{text}”似乎不是同一件事，请核对是否套错了模板', 'reply.characters': '“{text}”可能是“{instead}”之误', 'reply.otherUnit': '“{text}”——“{instead}”不在本件的承办单位和职责清单里，请核对',
} as const

export const t = defineTexts(zh)
export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`
