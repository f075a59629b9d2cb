import { defineTexts } from '../../../ui/texts.ts'

const zh = {
  title: '时限规则', add: '新建规则', edit: '修改规则', remove: '删除', search: '适用对象', clock: '时钟', scope: '适用范围', level: '层级', urgency: '紧急程度', unitKind: '单位类型', grade: '企业等级', duration: '时限', amount: '数量', unit: '单位',
  yellow: '黄牌提前', yellowHint: '到期前多久发黄牌；不填按全局设置', receiversYellow: '黄牌告知', receiversRed: '红牌告知', receiversHint: '除本单位外还告知谁；不选按全局设置', validFrom: '有效期起', validTo: '有效期止', note: '说明', origin: '来源', own: '本级', upper: '上级', shipped: '内置', conditions: '条件', 
  precedence: '优先顺序：事项 → 归口 → 行业 → 诉求类型 → 全局；同级时条件多者优先，本级优先于上级。', empty: '没有符合条件的规则', removeTitle: '删除时限规则', removeText: '“{scope}”的{clock}时限 {duration}。只影响以后登记的工单，在办工单不变。', removed: '已删除', saved: '已保存，只影响新登记的工单', effect: '只影响以后登记的工单，在办工单的时限不变。',
  scope_matter: '事项', scope_category: '归口', scope_industry: '行业', scope_appealType: '诉求类型', scope_tenant: '全局', clock_sign: '签收', clock_response: '响应', clock_handling: '办理', clock_resultReview: '结果审核', clock_firstContact: '首次联系',
  receiver_unit: '本单位', receiver_unitLeader: '单位负责人', receiver_industryOwner: '行业负责人', receiver_superior: '上级部门', receiver_centre: '热线中心', kind_centre: '热线中心', kind_handling: '承办单位', kind_section: '科室', kind_community: '社区（村）', kind_enterprise: '区属企业', kind_subCentre: '分中心', kind_virtual: '虚拟组织',
  tester: '时限测试', testerHint: '填写一件工单的情况，看适用哪条规则、到何时截止', run: '测试', matter: '事项', category: '归口', industry: '行业', appealType: '诉求类型', start: '起算时间', startNow: '现在', winner: '适用', yellowAt: '黄牌 {time}', passed: '让位的规则', noRule: '没有适用的规则', uncertain: '节假日尚未确定，可能变动',
  fixedShipped: '内置规则不能修改，请新建同条件的规则来替代', fixedMatter: '这是事项自身的时限，请在事项页修改', replace: '新建替代规则', copy: '复制为新规则', conditionsNone: '不限条件', validity: '有效期', all: '全部',
} as const

export const t = defineTexts(zh)
