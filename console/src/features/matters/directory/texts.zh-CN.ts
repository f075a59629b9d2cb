import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '事项目录', tree: '目录树', search: '名称、编码、关键词或拼音', code: '编码', name: '事项名称', directory: '所属目录', unit: '主管部门', types: '诉求类型', duration: '办理时限', levels: '适用层级', state: '状态', version: '版本', updated: '更新时间',
  division: '实施分工', keywords: '关键词', conditions: '受理条件', materials: '所需材料', closingStandard: '办结标准', closingBasis: '办结依据', level: '层级', period: '更新日期', mine: '仅本部门', newMatter: '新建事项', newDirectory: '新建目录', newBelow: '新建下级目录',
  import: '导入', empty: '该目录下没有事项', all: '全部事项', showAll: '显示未生效目录', dirName: '目录名称', dirCode: '目录编码', parent: '上级目录', root: '（顶级）', sort: '排序', description: '说明', elements: '公共要素', elementsHint: '下级目录和事项自动继承',
  elementsN: '{n} 个公共要素', editDirectory: '修改目录', notLeaf: '事项只能建在末级目录下', notHere: '请先在左侧选择末级目录', 
  codeHint: '字母、数字、点、横线和下划线，最长 50 位；生效后不能修改', 
browse: '浏览方式', byDirectory: '按目录', byOther: '按{name}',
} as const

export const t = defineTexts(zh)
