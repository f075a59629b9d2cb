import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  categories: '分类体系', types: '诉求类型', schemes: '分类体系', newScheme: '新建体系', editScheme: '用法', schemeCode: '编码', schemeCodeHint: '以字母开头，只含字母和数字，建立后不能修改', schemeName: '名称', schemeDescription: '说明', steps: '在哪些环节选择', required: '必选', shownIn: '在哪些环节显示', appealTypes: '适用诉求类型', allTypes: '不选表示全部', origin_own: '本级', origin_upper: '上级', origin_shipped: '内置',
  step_registration: '登记', step_screening: '审核', step_dispatch: '派发', step_sign: '签收', step_handling: '办理', shown_registration: '登记', shown_dispatch: '派发', shown_handling: '办理', shown_resultReview: '结果审核', shown_callback: '回访', shown_archive: '归档', shown_analysis: '分析', saved: '已保存',
  nodes: '分类', tree: '分类树', addNode: '新建分类', addBelow: '新建下级分类', editNode: '修改分类', code: '编码', name: '名称', parent: '上级', root: '（顶级）', examples: '举例', externalCode: '外部编码', owner: '责任单位', validFrom: '有效期起', validTo: '有效期止', sort: '排序', path: '所在位置', import: '导入', choose: '请在左侧选择分类', empty: '还没有分类', below: '下级分类', usage: '{steps}选择{must}；{shown}可见', must: '（必选）', never: '不在登记中选择',
  newType: '新建类型', editType: '修改类型', description: '说明', callback: '须回访', anonymity: '允许匿名', answerable: '可直接答复', elements: '公共要素', elementsHint: '属于此类型的诉求都询问这些要素', parentType: '上级类型', typeState: '状态', origin: '来源', ruleYes: '✓', ruleNo: '–', showAll: '显示已下架和草稿', typeEmpty: '没有诉求类型', shippedHint: '内置类型，第一次修改后成为本级类型', typeLocked: '规则和要素生效后不可修改；如需不同规则，请新建子类型。',
} as const

export const t = defineTexts(zh)
