// Shipped classes of labels (PLA-17); tenants rename, add and disable them.
export const labelClasses: Record<string, { name: string; description: string }> = {
  upper: { name: '市级标签', description: '按上级要求使用的统一标签' },
  own: { name: '本级标签', description: '本中心自定的业务标签' },
  keyEvent: { name: '重点事件', description: '重点事件和专项工作' },
  operation: { name: '运行标签', description: '话务与受理运行' },
  topic: { name: '主题标签', description: '诉求主题' },
  knowledge: { name: '知识标签', description: '知识库条目' },
  risk: { name: '风险标签', description: '预警与风险' },
  assessment: { name: '考核标签', description: '考核与评价' },
}
