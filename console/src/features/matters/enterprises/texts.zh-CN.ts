import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  title: '企业库', add: '登记企业', import: '导入', search: '名称、别名、拼音首字母或信用代码', empty: '还没有登记的企业', name: '名称', creditCode: '统一社会信用代码', creditHint: '18 位，含校验位；登记后不可修改', aliases: '别名', aliasesHint: '每行一个；搜索和自动识别时使用', area: '登记地', address: '地址', ownership: '所有制', industry: '行业', size: '规模', legalPerson: '法定代表人', contacts: '联系人', contactName: '姓名', contactPhone: '电话', contactPost: '职务', labels: '标签', labelsHint: '每行一个', source: '来源', state: '状态', updated: '更新时间', version: '版本',
  newTitle: '登记企业', editTitle: '修改企业', saved: '已保存', official: '审核通过后成为正式记录，供登记工单时选择', merge: '并入另一家', mergeTitle: '并入另一家企业', mergeHint: '名称和别名并入保留的企业，此条作废；已引用此条的工单不变。', mergeInto: '保留的企业', mergeDone: '已合并', mergedInto: '已并入', orders: '相关工单', noOrders: '没有可查看的工单', allOrders: '按名称查工单', reason: '说明', entry: '企业', asDraft: '只存草稿，不提交审核', notFoundHint: '没有找到？可登记新企业',
  own_private: '民营', own_state: '国有', own_foreign: '外资', own_collective: '集体', own_individual: '个体工商户', size_large: '大型', size_medium: '中型', size_small: '小型', size_micro: '微型',
} as const)
