// Texts of templates and of linking matters to classes.
import { defineTexts } from '../../../ui/texts.ts'

export const t = defineTexts({
  templates: '事项模板', links: '事项归类',
  templatesHint: '从模板新建的事项是草稿：补齐编码、名称和目录，按需调整后提交审核。', noTemplates: '还没有模板。打开一个写得规范的事项，点“存为模板”。', keep: '存为模板', keepHint: '保留除编码、名称、目录和主管部门以外的全部内容。', kept: '已存为模板', name: '模板名称', group: '模板分组', use: '用此模板新建', uses: '已用 {n} 次', by: '{name} 保存', remove: '删除', removeTitle: '删除模板“{name}”', removeText: '由它新建的事项不受影响。', removed: '已删除', made: '已由模板新建草稿',
  code: '事项编码', matterName: '事项名称', directory: '所属目录（末级）', unit: '主管部门', duration: '办理时限', types: '诉求类型', allTypes: '全部', elements: '要素', closing: '办结标准', conditions: '受理条件', materials: '所需材料', basis: '办结依据', none: '–', items: '{n} 项', more: '全部内容',
  scheme: '分类体系', tree: '分类', choose: '在左侧选择末级分类', chooseHint: '勾选事项后点“归入”，或把事项拖到左侧的分类上。', linked: '已归入', candidates: '可归入的事项', search: '名称、编码、关键词或拼音', take: '归入“{name}”', taken: '已归入 {n} 项', takenSome: '已归入 {n} 项，{m} 项不符：{why}', mismatches: '未归入的事项', drop: '移出', dropped: '已移出 {n} 项', nothing: '没有符合的事项', noLinked: '还没有事项', notLeaf: '只能归入末级分类', own: '新建标签集', ownHint: '自有标签集在“分类体系”中新建，登记时可按它找事项。', onlyOwn: '仅未归入', selected: '已选 {n} 项', types_hint: '适用：{names}',
} as const)
