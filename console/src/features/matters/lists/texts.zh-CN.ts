import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  title: '责任、权力、负面清单', add: '新增条目', search: '事项、内容', empty: '没有清单条目', kind: '清单', kind_responsibility: '责任清单', kind_power: '权力清单', kind_negative: '负面清单', matter: '事项', unit: '单位', text: '内容', textHint: '负面清单写明不得派单的理由；列入后不再推荐该单位，派单时提示', basis: '依据', validFrom: '有效期起', validTo: '有效期止', state: '状态', updated: '更新时间', newTitle: '新增清单条目', asDraft: '只存草稿，不提交审核', entry: '清单条目', editTitle: '修改清单条目',
} as const)
