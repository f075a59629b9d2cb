// Texts of work between centres: orders from above, checks, approvals of many, live progress, reports.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  upper: '上级来单', newUpper: '登记上级来单', rules: '自动签收规则', checks: '审核记录', batchResults: '批量办结审核', withdrawals: '撤单审批', progress: '全链路进度', reports: '办理报告',
  'box.waiting': '待签收', 'box.signed': '已签收', 'way.person': '人工签收', 'way.rule': '规则签收', 'way.model': '模型签收', 'way.limit': '到时签收',
  signedHow: '近 30 天签收：人工 {person}，规则 {rule}，模型 {model}，到时 {limit}',
  sign: '签收', signed: '已签收 {number}', failed: '{number} 未签收：{why}', register: '登记上级来单',
  'c.number': '工单号', 'c.upperNumber': '上级编号', 'c.platform': '上级平台', 'c.kind': '来单方式', 'c.title': '标题', 'c.state': '状态', 'c.dispatchedAt': '上级派发', 'c.signDue': '自动签收', 'c.upperDue': '上级时限', 'c.signedBy': '签收人', 'c.rule': '签收规则', 'c.signedAt': '签收时间',
  'kind.direct': '直派', 'kind.transferred': '转派', 'f.kind': '来单方式', 'f.way': '签收方式', 'f.box': '范围',
  noUpper: '没有待签收的上级来单', noUpperHint: '规则命中的来单自动签收，不在此等候',
  'n.platform': '上级平台', 'n.number': '上级编号', 'n.dispatchedAt': '上级派发时间', 'n.kind': '来单方式', 'n.dueAt': '上级时限', 'n.related': '关联的直派件编号', 'n.relatedHelp': '直派退回后以转派形式回来的，填原直派件的上级编号', 'n.appealType': '诉求类型', 'n.title': '标题', 'n.content': '内容', 'n.area': '区划', 'n.matter': '诉求事项', 'n.name': '诉求人', 'n.phone': '联系电话', 'n.urgency': '紧急程度',
  'n.done': '已登记 {number}', 'n.same': '该编号已登记过：{number}', 'n.submit': '登记',
  'urgency.normal': '普通', 'urgency.urgent': '紧急', 'urgency.major': '重大',
  'r.name': '名称', 'r.conditions': '条件', 'r.toDispatch': '签收后', 'r.dispatch': '直接待派发', 'r.review': '仍待审核', 'r.hits': '命中', 'r.enabled': '启用', 'r.off': '停用', 'r.on': '启用中', 'r.new': '新建规则', 'r.edit': '修改规则', 'r.position': '顺序', 'r.delete': '删除', 'r.deleteAsk': '删除规则“{name}”？', 'r.deleteText': '已签收的工单不受影响。', 'r.words': '关键词', 'r.marks': '上级标记代码（多个用空格分开）', 'r.model': '分类模型', 'r.model.off': '未启用', 'r.model.untrained': '历史不足', 'r.model.unproven': '试算未达标', 'r.model.works': '生效中', 'r.modelTrial': '由 {n} 件人工签收训练；较新的 {tested} 件试算，会签收 {chosen} 件，其中 {right} 件正确（阈值 {threshold}%）。规则都不符合时才由模型判断。', 'r.modelNone': '人工签收满 {n} 件后每天训练一次；未启用时只试算，不签收。', 'r.wordsHelp': '标题或内容含其中一个，空格分隔', 'r.kinds': '来单方式', 'r.types': '诉求类型', 'r.urgencies': '紧急程度', 'r.matters': '诉求事项', 'r.none': '还没有自动签收规则', 'r.platforms': '来源平台（多个用空格分开）', 'r.proposals': '由历史签收提出的建议', 'r.proposalsHelp': '近180天由人工签收、全部正常流转的来单', 'r.proposalOrders': '{n}件', 'r.adopt': '采用', 'r.noneHint': '没有规则时，上级来单等人签收，到时由系统签收', 'r.saved': '已保存', 'r.first': '靠前的规则先判断；各项条件须同时满足',
  'k.level': '审核层级', 'k.own': '本级审核', 'k.upper': '上级复核', 'k.outcome': '结论', 'k.accept': '通过', 'k.return': '退回', 'k.reject': '驳回办结', 'k.units': '承办单位', 'k.from': '报送中心', 'k.by': '审核人', 'k.at': '时间', 'k.opinion': '意见', 'k.rule': '自动通过的规则', 'k.automatic': '自动', 'k.number': '工单号', 'k.none': '没有审核记录', 'k.noneHint': '结果审核和上级复核都在此留痕', 'k.period': '时间',
  'b.pass': '批量通过', 'b.opinion': '意见（可空）', 'b.title': '批量通过 {n} 件？', 'b.text': '每件单独检查，不符合的列出原因，不影响其他工单。最多 200 件。', 'b.verb': '通过 {n} 件', 'b.report': '批量处理结果', 'b.done': '办成 {n} 件', 'b.failed': '未办 {n} 件', 'b.why': '原因', 'b.none': '没有待结果审核的工单', 'b.noneHint': '单位上报后出现在这里', 'b.close': '关闭', 'b.busy': '正在处理，请稍候…', 'b.search': '编号、标题、地址', 'b.whole': '当前条件下的全部工单',
  'w.none': '没有待审批的撤单', 'w.noneHint': '本中心开启“撤单须审批”后，撤单申请在此审批', 'w.approve': '同意撤单', 'w.refuse': '不同意', 'w.asked': '{who} 申请于', 'w.refuseTitle': '不同意撤单', 'w.opinion': '意见', 'w.done': '已处理',
  'p.units': '本中心各级单位', 'p.unit': '单位（含下级）', 'p.noUnits': '没有下级单位', 'p.level': '中心', 'p.overdue': '超期', 'p.since': '未办结的全部计入；已办结为 {day} 起登记的', 'p.own': '本中心', 'p.level1': '省级', 'p.level2': '市级', 'p.level3': '县区级', 'p.level4': '乡镇街道', 'p.level5': '村社区', 'p.total': '在办合计',
  'd.title': '标题', 'd.unit': '单位', 'd.version': '版本', 'd.state': '状态', 'd.by': '撰写人', 'd.at': '提交时间', 'd.order': '工单', 'd.pending': '待领导审批', 'd.approved': '已报送', 'd.returned': '退回修改', 'd.print': '打印', 'd.back': '返回工单', 'd.files': '附件', 'd.none': '没有办理报告', 'd.noneHint': '承办单位在工单页用“办理报告”提交', 'd.opinion': '审批意见', 'd.search': '报告标题', 'd.nth': '第 {n} 版',
  cancel: '取消', save: '保存', all: '全部', open: '打开工单',
} as const

export const t = defineTexts(zh)
