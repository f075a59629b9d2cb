import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  matter: '事项', back: '返回目录', code: '编码', name: '事项名称', directory: '所属目录', unit: '主管部门', division: '实施分工', types: '诉求类型', typesAll: '全部类型', typesHint: '不选表示全部类型', levels: '适用层级', vertical: '垂直管理', verticalHint: '按垂管规则派发',
  keywords: '关键词', keywordsHint: '用顿号或逗号分开，登记时可按关键词找到', conditions: '受理条件', materials: '所需材料', closingBasis: '办结依据', closingStandard: '办结标准', closingHint: '反馈时逐条核对；勾选“需佐证”的须附证明材料', evidence: '需佐证', addClosing: '添加一条',
  duration: '办理时限', durationHint: '普通件的办理时限；更细的条件在时限规则中设置', rulesCallback: '须回访', replyTemplate: '答复模板', rules: '回访与答复', followType: '按诉求类型',
  tabBasic: '基本', tabElements: '要素', tabLimits: '时限', tabClosing: '办结标准', tabDuties: '职责', tabHistory: '历史', created: '建立', updated: '更新时间',
  elements: '要素', ownElements: '本事项的要素', inherited: '继承的要素', inheritedHint: '来自上级目录，登记时一并询问', noElements: '没有要素', element: '要素', elementCode: '编码', elementName: '名称', elementType: '类型', required: '必填', masked: '脱敏',
  options: '选项', optionsHint: '每行一个选项', help: '填写说明', prompt: '询问话术', format: '格式（正则表达式）', min: '最小值', max: '最大值', dependsOn: '仅当', dependsEquals: '的值为', dependsNone: '始终询问', addElement: '添加要素', more: '更多设置', less: '收起', removeElement: '移除要素', duplicate: '编码重复',
  elementMissing: '请填写要素的编码和名称', limitsOf: '实际适用的时限', limitsHint: '按诉求类型“{type}”、普通件、从现在起算', clock: '时钟', rule: '适用规则', due: '截止', noLimit: '没有适用的规则', ownLimits: '本事项的时限规则', ownLimitsNone: '没有单独的规则，按分类、诉求类型和全局规则计时', openLimits: '打开时限规则',
  uncertain: '节假日尚未确定，可能变动', duties: '职责清单条目', dutyUnit: '单位', role: '角色', area: '区划', boundary: '职责边界', period: '有效期', noDuties: '没有职责清单条目，派发时没有推荐单位', openDuties: '打开职责清单', changes: '变更记录', versions: '历史版本', noChanges: '没有变更记录', compare: '查看对比',
  newMatter: '新建事项', editMatter: '修改事项', notFound: '没有编码为“{code}”的事项', effect: '在办工单不变，审核通过后新登记的工单按新版本。', pendingNote: '有变更待审核', openReview: '查看', closingNone: '没有办结标准', opinion: '意见：{text}', 
} as const

export const t = defineTexts(zh)
