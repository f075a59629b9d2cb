// Names of what a process has, as people read them in comparisons.
export const propertyNames: Record<string, string> = {
  kind: '类型', name: '名称', actor: '处理人', mode: '办理方式', limit: '时限', levelUp: '逐级审批', passUp: '可上报', opinion: '意见要求', addSigner: '可加签', forward: '可转办', returnTo: '可退回到', result: '结果', operation: '服务',
  assign: '计算', attachedTo: '附着于', interrupting: '中断环节', after: '时长', call: '子流程', condition: '条件', label: '名称', type: '类型', options: '可选值', withdraw: '申请人撤回',
}
