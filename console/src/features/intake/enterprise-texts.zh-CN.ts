import { defineTexts } from '../../ui/texts.ts'

const zh = {
  title: '企业账号', name: '企业名称', creditCode: '信用代码', state: '状态', industry: '行业', size: '规模', address: '经营地址', level: '服务等级', contacts: '联系人', orders: '诉求', created: '申请时间', searchHint: '企业名称或信用代码', 'state.pending': '待核实', 'state.active': '激活', 'state.paused': '停用', 'state.refused': '未通过', 'state.closed': '注销',
  facts: '企业信息', reason: '最近说明', registry: '企业库', inRegistry: '已审核', inRegistryDraft: '有记录，未审核', notInRegistry: '没有记录', checks: '自动核验', 'check.ok': '通过', 'check.bad': '不通过', 'check.unknown': '未能核验', licence: '营业执照', licenceNone: '没有上传', people: '联系人', person: '姓名', mobile: '手机号', role: '角色', post: '职务', since: '加入', left: '离开', history: '状态历史', back: '返回列表',
  actReason: '原因', 'act.open': '开通', 'act.refuse': '不予开通', 'act.pause': '停用', 'act.resume': '恢复', 'act.close': '注销', done: '已保存', closeText: '注销后联系人资料清除，不能恢复；已提交的诉求继续办理。', openText: '请核对营业执照与联系人身份后开通。', setLevel: '规模与等级', staff: '员工（人）', revenue: '年营业收入（万元）', tax: '年纳税（万元）', employed: '吸纳就业（人）', byRule: '按规则（{name}）', levelReason: '手工定级原因', levelBy: '{by} 手工定级：{why}', save: '保存',
  noAccounts: '还没有企业注册账号', noAccountsHint: '企业在公众网站“企业服务”里注册，注册后在这里核实、开通。',
  access: '接入方式', setAccess: '设置接入方式', phoneAccess: '电话', chatAccess: '在线咨询', ownSeat: '专属座席', seatNone: '不设', 'rule.level': '按等级优先', 'rule.noQueue': '免排队', 'rule.ordinary': '与公众同队', accessHint: '下一次来电或咨询起生效。专属座席空闲时先给他，忙或不在时由其他座席接待。',
  statistics: '诉求统计', total: '累计', satisfied: '网上评价满意率', types: '类型', months: '每月件数', common: '同行业共性需求（{name}，{n} 家）', none: '还没有诉求',
} as const

export const t = defineTexts(zh)
export const enterpriseTone = (state: string): 'ok' | 'near' | 'over' | 'calm' => (state === 'active' ? 'ok' : state === 'pending' ? 'near' : state === 'paused' ? 'over' : 'calm')
