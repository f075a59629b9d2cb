export const itemKindNames = { proportional: '按比例', bands: '按档位', rank: '按名次', perCase: '按件', formula: '按公式' } as const
export const roleNames = { score: '计分', deduction: '扣分', bonus: '加分' } as const
export const objectKindNames = { unit: '单位', area: '地区', person: '人员', group: '单位组', external: '外区' } as const
export const periodKindNames = { day: '日', week: '周', month: '月', quarter: '季度', year: '年' } as const
export const periodStateNames = { open: '进行中', calculating: '核算中', inReview: '待审核', published: '已发布', frozen: '已冻结' } as const
export const runStateNames = { live: '实时', calculated: '已核算', inReview: '待审核', returned: '已退回', published: '已发布', replaced: '已被替代', withdrawn: '已撤回' } as const
export const leftOutNames = { type: '单独考核的诉求类型', excluded: '已批准剔除', shelved: '挂账中', special: '特殊工单', superseded: '已由重办后的回访替代', appeal: '申诉成立不计' } as const
export const anomalyNames = { jump: '与上期相差过大', missing: '本期没有成绩', absent: '本期不在考核对象中', range: '数值超出范围' } as const
export const appealStateNames = { pending: '待裁定', accepted: '成立', rejected: '不成立' } as const
export const wishNames = { notCounted: '不计入', achieved: '改判为达成' } as const
export const stepNames: Readonly<Record<string, string>> = { run: '核算', return: '审核退回', publish: '审核发布', withdraw: '撤回发布', reopen: '重新核算', correct: '申诉成立，重新核算', freeze: '申诉期满，成绩冻结', submit: '提交审核', figures: '录入数据通过审核' }
export const answerNames: Readonly<Record<string, string>> = { yes: '是', no: '否', notStated: '未表态' }
export const directionNames: Readonly<Record<string, string>> = { inbound: '来电', outbound: '去电', internal: '内线' }

type Ruled = { rule: { kind: 'proportional'; full: number } | { kind: 'bands'; bands: { below: number; points: number }[]; otherwise: number } | { kind: 'rank'; step: number; direction: string } | { kind: 'perCase'; each: number; most: number } | { kind: 'formula'; points: string }; weight: number; unit: string }

/** How an item's points come about, in words; with the place where places count. */
export function ruleText(item: Ruled, rank: number | null): string {
  const { rule, unit } = item
  switch (rule.kind) {
    case 'proportional': return `${item.weight} 分 × 指标值 ÷ ${rule.full}${unit}`
    case 'bands': return [...rule.bands.map((b) => `低于 ${b.below}${unit} 得 ${b.points} 分`), `其余得 ${rule.otherwise} 分`].join('，')
    case 'rank': return `同组第 1 名得 ${item.weight} 分，每后一名少 ${rule.step} 分${rank === null ? '' : `；本期第 ${rank} 名`}`
    case 'perCase': return `每件 ${rule.each} 分，最多 ${rule.most} 分`
    case 'formula': return `得分 = ${rule.points}`
  }
}
