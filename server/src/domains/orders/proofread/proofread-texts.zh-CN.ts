import type { shippedRules } from './proofread.ts'
import type { RuleField } from './own-rules.ts'

export const shippedRuleNames: Record<(typeof shippedRules)[number], { name: string; hint: string }> = {
  areaDiffers: { name: '区划与内容不一致', hint: '内容、标题或地址提到的区划，既不是所选区划，也不在其上下级' },
  areaMissing: { name: '内容提到区划而未填', hint: '未选区划，但文字里有本地区划的名称' },
  titleApart: { name: '标题与内容无关', hint: '标题四字以上、内容十字以上，没有相同的词' },
  phoneLength: { name: '手机号位数不对', hint: '以 1 开头而不是十一位手机号' },
  phoneDiffers: { name: '内容里的号码相近', hint: '内容里有与联系电话相差不超过两位的手机号' },
  categoryDiffers: { name: '分类与事项不符', hint: '同一事项的工单多数归在另一分类' },
  elementMissing: { name: '必填要素未问', hint: '事项或诉求类型的必填要素没有内容' },
  pointOutside: { name: '点位不在区划内', hint: '地图点位落在所选区划的边界之外，须已导入边界' },
}

export const ruleFieldNames: Record<RuleField, string> = { appealType: '诉求类型', urgency: '紧急程度', categoryId: '问题分类', matterId: '诉求事项', areaCode: '区划', address: '地址', phone: '联系电话', title: '标题', content: '内容' }
