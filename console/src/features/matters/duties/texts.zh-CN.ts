import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '职责清单', list: '列表', matrix: '矩阵', search: '事项名称、编码', matter: '事项', unit: '单位', role: '角色', area: '区划', implementationCode: '实施编码', implementationName: '实施名称', matterType: '事项类型', implementationType: '实施类型', boundary: '职责边界',
  boundaryHint: '职责到哪里为止；负面清单须写明不得派单的理由', validFrom: '有效期起', validTo: '有效期止', state: '状态', version: '版本', updated: '更新时间', directory: '所属目录', period: '更新日期', mine: '仅本部门', add: '添加条目', import: '导入', empty: '还没有职责清单条目',
  newTitle: '添加职责清单条目', editTitle: '修改职责清单条目', asDraft: '先存为草稿', asDraftHint: '草稿不提交审核，可继续修改', only: '显示', onlyAll: '全部事项', onlyGaps: '有缺口', onlyOverlaps: '有重叠', gap: '缺口', gapHint: '所选区划没有主办单位完全覆盖', overlap: '重叠', overlapSame: '同一区划有两个主办：{units}',
  overlapNested: '区划互相包含，派发时取较小的一个：{units}', cellAdd: '为 {matter} 添加 {unit}', matrixHint: '点格添加或查看。主＝主办，协＝协办，负＝负面清单。', more: '载入更多事项', matrixNone: '没有符合条件的事项', unitsAll: '全部有职责的单位', lead: '主', assist: '协', negative: '负', entry: '职责清单条目',
  whole: '全域', cellMany: '{n} 条', loaded: '{n} 个事项，{units} 个单位', areaHint: '不选为本租户全境',
} as const

export const t = defineTexts(zh)
