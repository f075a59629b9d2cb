// The applications this product knows (AI-02): data, not code. `ready`: it works in this version; the others are listed so that a tenant sees what is planned and off.
export const modes = ['off', 'suggest', 'prefill', 'auto'] as const
type Mode = (typeof modes)[number]
export const themes = { navigation: '智能导航', assistant: '智能助手', dispatch: '智能分拨', inspection: '智能质检', callback: '智能回访', report: '智能报告', knowledge: '智能知识', askData: '智能问数' } as const
type Theme = keyof typeof themes

export type Application = {
  code: string
  name: string
  theme: Theme
  engines: string
  mode: Mode
  candidates: number
  threshold: number
  limitMs: number
  target: number | null
  metric: string
  /** Learns from the site's own orders. */
  trained: boolean
  ready: boolean
}

const app = (code: string, name: string, theme: Theme, engines: string, limitMs: number, target: number | null, metric: string, more: Partial<Application> = {}): Application => ({ code, name, theme, engines, mode: 'suggest', candidates: 3, threshold: 0.9, limitMs, target, metric, trained: false, ready: false, ...more })

export const shipped: readonly Application[] = [
  app('category', '归口分类推荐', 'dispatch', '分类', 3000, 0.85, '首位命中率', { mode: 'prefill', trained: true, ready: true }),
  app('matter', '事项推荐', 'dispatch', '分类', 3000, 0.85, '首位命中率', { trained: true, ready: true }),
  app('appeal-type', '诉求类型推荐', 'dispatch', '分类', 3000, 0.85, '首位命中率', { trained: true, ready: true }),
  app('dispatch', '承办单位推荐', 'dispatch', '分类、规则', 3000, 0.9, '首位单位为最终承办单位', { threshold: 0.95, trained: true, ready: true }),
  app('element', '要素识别与填单', 'assistant', '抽取', 3000, 0.85, '要素 F1', { ready: true }),
  app('draft', '标题与摘要', 'assistant', '抽取式生成', 10_000, 0.65, '与最终文本的相似度', { ready: true }),
  app('dispatch-analysis', '分拨分析', 'dispatch', '分类、规则', 3000, 0.9, '类型与紧急程度命中率'),
  app('redispatch', '退单二次分派', 'dispatch', '分类', 3000, 0.9, '单位命中率'),
  app('misdispatch', '误派原因诊断', 'dispatch', '规则', 3000, 0.8, '原因命中率', { ready: true }),
  app('duplicate', '查重与同诉比对', 'dispatch', '相似度', 3000, 0.8, '成对 F1'),
  app('similar', '相似案例', 'dispatch', '相似度', 3000, 0.8, '前五准确率'),
  app('cluster', '聚类与类案', 'dispatch', '聚类', 3000, 0.75, 'B-cubed F1', { ready: true }),
  app('hot', '新发与激增', 'report', '抽取、统计', 5000, 0.85, '前二十准确率', { ready: true }),
  app('label', '标签推荐', 'dispatch', '分类、规则', 3000, 0.85, '微平均 F1', { trained: true, ready: true }),
  app('label-mining', '标签挖掘', 'dispatch', '聚类', 3000, 0.7, '采纳率', { ready: true }),
  app('emotion', '情绪识别', 'dispatch', '词典、规则', 1000, 0.85, '宏平均 F1', { ready: true }),
  app('subject', '被诉主体识别', 'dispatch', '抽取', 3000, 0.85, '实体 F1', { ready: true }),
  app('structure', '诉求拆解与票据识别', 'assistant', '抽取、文字识别', 5000, 0.85, '字段 F1'),
  app('risk', '风险与线索', 'dispatch', '分类、规则', 3000, 0.8, '宏平均 F1'),
  app('exclusion', '不纳入与挂账建议', 'dispatch', '分类', 10_000, 0.8, '判断准确率'),
  app('summary', '诉求摘要', 'assistant', '抽取、生成', 3000, 0.85, '关键事实齐全率', { ready: true }),
  app('knowledge', '知识推荐', 'assistant', '检索', 3000, 0.85, '前五命中率'),
  app('script', '话术推荐', 'assistant', '检索、规则', 3000, 0.85, '前三命中率', { ready: true }),
  app('proofread', '受理校对', 'assistant', '抽取、规则', 3000, 0.85, 'F1'),
  app('submit', '诉求提交助手', 'assistant', '抽取、分类', 3000, 0.85, '三项均值'),
  app('asr', '语音转写', 'navigation', '语音识别', 2000, 0.85, '1 − 字错率'),
  app('tts', '语音合成', 'navigation', '语音合成', 1000, 0.95, '1 − 字错率'),
  app('intent', '来电意图', 'navigation', '分类、对话', 3000, 0.85, '首位命中率'),
  app('voice-guide', '语音机器人', 'navigation', '识别、对话', 3000, 0.85, '处置正确率'),
  app('text-guide', '文本机器人', 'navigation', '对话、检索', 3000, 0.85, '处置正确率'),
  app('path', '分级处置', 'navigation', '分类、规则', 3000, 0.85, '路径正确率'),
  app('queue', '智能排队', 'navigation', '规则', 3000, 0.85, '首位坐席服务率'),
  app('search', '知识检索', 'knowledge', '检索', 3000, 0.85, '前五命中率'),
  app('doc-qa', '文档问答', 'knowledge', '检索、生成', 3000, 0.85, '有据答对率'),
  app('law', '法规政策匹配', 'knowledge', '检索', 3000, 0.8, '前五命中率'),
  app('learn', '未答问题学习', 'knowledge', '聚类', 3000, 0.75, 'B-cubed F1'),
  app('stock-check', '知识矛盾检查', 'knowledge', '相似度', 10_000, 0.7, '准确率'),
  app('callback', '回访机器人', 'callback', '识别、对话', 5000, 0.9, '三率判断'),
  app('inspect-call', '通话质检', 'inspection', '识别、规则', 5000, 0.85, '检查点准确率'),
  app('inspect-reply', '答复检查', 'inspection', '规则、对照', 5000, 0.85, '故障检出率', { ready: true }),
  app('safety', '内容安全', 'inspection', '规则、词库', 1000, 0.98, '召回率', { ready: true }),
  app('report', '报告写作', 'report', '生成', 180_000, 0.8, '陈述属实率'),
  app('ask-data', '智能问数', 'askData', '生成', 8000, 0.8, '结果一致率'),
]

export const shippedOf = (code: string): Application | null => shipped.find((one) => one.code === code) ?? null
