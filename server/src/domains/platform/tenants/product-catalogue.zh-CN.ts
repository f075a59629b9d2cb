// The packs in which the modules are offered; a module that no pack names stands in 其他.
export const packs: readonly { name: string; modules: readonly string[] }[] = [
  { name: '事项分类', modules: ['matters'] }, { name: '话务', modules: ['telephony'] }, { name: '全渠道受理', modules: ['intake'] }, { name: '工单与协同', modules: ['platform', 'flow', 'forms', 'orders', 'callback'] }, { name: '知识', modules: ['knowledge'] },
  { name: '管理', modules: ['workforce', 'supervision', 'quality', 'assessment'] }, { name: '智能', modules: ['ai'] }, { name: '分析与大屏', modules: ['data', 'analytics', 'warning', 'patrol'] }, { name: '信访', modules: ['petition'] }, { name: '市场监管', modules: ['market'] }, { name: '对接', modules: ['connectors', 'operations'] },
]
export const moduleTexts: Record<string, string> = {
  platform: '平台', flow: '流程', forms: '表单', matters: '事项', orders: '工单', intake: '全渠道受理', supervision: '督办', callback: '回访', telephony: '话务', knowledge: '知识', workforce: '排班培训', quality: '质检', assessment: '考核', ai: '智能', data: '指标与数据', analytics: '分析', warning: '预警', patrol: '视频巡场', petition: '信访化解', market: '市场监管', connectors: '对接', operations: '运行',
}
export const packOf = (module: string): string => packs.find((pack) => pack.modules.includes(module))?.name ?? '其他'
