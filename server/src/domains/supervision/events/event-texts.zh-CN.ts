export const eventStatusNames = { awaiting: '待督办', open: '督办中', replied: '已答复', closed: '已结案' } as const
export const warningLevelNames: Record<string, string> = { low: '低', middle: '中', high: '高' }
export const panelNames = { summary: '事件概要', handling: '办理情况', analysis: '原因分析', orders: '工单透视', firstCase: '首案聚焦', similar: '类案推送' } as const
/** Rules by which orders make events of their own. */
export const orderRuleNames = { set: '同诉事件集', emergency: '突发事件工单', unstable: '不稳定因素工单' } as const
export const setStateNames: Record<string, string> = { proposed: '待确认', open: '未派发', dispatched: '办理中', answered: '已答复' }
export const panelFacts = {
  rule: '预警规则', level: '级别', raised: '预警时间', core: '核心问题', matter: '诉求事项', orders: '涉及工单', communities: '涉及小区', people: '涉及人数', state: '当前状态', units: '承办单位', dispatched: '派发时间', stages: '工单环节', done: '已办结', due: '最近时限', reply: '统一答复',
  span: '来件时间', areas: '所属区划', types: '诉求类型', urges: '催办次数', returns: '退回次数', redone: '重办工单', first: '登记时间', similar: '同一事项近半年已办结',
} as const
