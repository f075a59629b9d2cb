// What the city's people set up beside the orders: notices, words, labels, contacts, surveys, lists. Acts as data: which route, what was
// entered, how many days ago. A text that begins with `@` stands for an id (see seed/demo-rooms.ts).
import { DAY, HOUR, toIso, type Instant } from '../kernel/time/index.ts'
import { demoEnterprises } from './enterprises.ts'
import type { DemoRole } from './people.ts'

export type RoomAct = { route: string; input: Record<string, unknown>; daysAgo?: number; /** Who; otherwise the first who may. */ by?: DemoRole; /** The mobile of a person of the public who does it. */ citizen?: string; /** Under which name later acts speak of the answer. */ as?: string; /** Words of the titles it is done to (a pattern): their ids are its `orderIds`; without any it is left out. */ orders?: string }

export function demoRooms(now: Instant): readonly RoomAct[] {
  const at = (days: number, hours = 0): string => toIso((now + days * DAY + hours * HOUR) as Instant)
  const day = (days: number): string => at(days).slice(0, 10)
  return [...notices(at), ...words, ...labels, ...people, ...standard, ...knowledge, ...channels(at, day), ...enterprises, ...telephone(at), ...callbacks, ...orders(at)]
}

type At = (days: number, hours?: number) => string

const notices = (at: At): RoomAct[] => [
  { route: 'publishNotice', daysAgo: 12, input: { kind: 'policy', title: '供暖期热线答复口径更新', text: '本供暖期室温标准为不低于 18 ℃。市民反映室温不达标的，请先核对是否已缴费、是否报停，再派供热公司测温，24 小时内到场。退费问题引用知识库《室温不达标退费指南》。', unitIds: [], roleCodes: [], mustRead: false, shownFrom: null, shownTo: at(90) } },
  { route: 'publishNotice', daysAgo: 3, input: { kind: 'work', title: '关于规范派单意见填写的通知', text: '派单意见应写明诉求要点、联系要求和办理期限，不写“请阅办”。同一诉求涉及两个单位的，明确主办和协办。本月起质检按新评分表计分。', unitIds: [], roleCodes: [], mustRead: false, shownFrom: null, shownTo: at(30) } },
  { route: 'publishNotice', daysAgo: 1, input: { kind: 'system', title: '周六凌晨系统维护', text: '周六 00:30 至 02:00 升级话务交换，期间电话照常接听，录音检索可能变慢。', unitIds: [], roleCodes: [], mustRead: false, shownFrom: null, shownTo: at(6) } },
]

const word = (kind: string, text: string, more: Record<string, unknown> = {}): RoomAct => ({ route: 'saveWord', daysAgo: 40, input: { kind, word: text, ...more } })
const words: RoomAct[] = [
  word('sensitive', '扬言跳楼', { category: '极端行为', grade: 'high', excepts: ['未扬言跳楼'], note: '立即报值班长并转 110、120' }), word('sensitive', '集体上访', { category: '群体风险', grade: 'high' }), word('sensitive', '疑似煤气泄漏', { category: '公共安全', grade: 'high' }), word('sensitive', '食物中毒', { category: '公共安全', grade: 'medium' }), word('sensitive', '家暴', { category: '人身安全', grade: 'high' }),
  word('hot', '暖气不热', { category: '供热' }), word('hot', '学位摇号', { category: '教育' }), word('hot', '电动车充电', { category: '消防' }),
  word('synonym', '公租房', { related: ['公共租赁住房', '廉租房'] }), word('synonym', '医保卡', { related: ['社保卡', '医保凭证'] }),
  word('stop', '你好'), word('stop', '麻烦'), word('quality', '不归我们管', { category: '推诿用语', grade: 'medium' }), word('quality', '你自己想办法', { category: '推诿用语', grade: 'high' }), word('recognition', '青砚镇', { weight: 300 }), word('recognition', '临澜区', { weight: 300 }),
]

const label = (code: string, name: string, classCode: string, colour: string, definition: string): RoomAct[] => [
  { route: 'createLabel', daysAgo: 45, as: `label-${code}`, input: { code, name, classCode, colour, definition } },
  { route: 'setLabelState', daysAgo: 44, input: { id: `@said label-${code}`, state: 'enabled', version: `@version label-${code}`, reason: '启用' } },
]
const labels: RoomAct[] = [
  ...label('heating', '供暖保障', 'topic', 'orange', '供暖期室温、停热、缴费和退费'), ...label('wage', '治理欠薪', 'keyEvent', 'red', '农民工和劳动者工资拖欠'), ...label('night-noise', '夜间噪声', 'topic', 'purple', '22 时至次日 6 时的施工、商业和生活噪声'),
  ...label('repeat', '多次来电', 'operation', 'grey', '同一诉求人就同一事项来电三次以上'), ...label('group', '群体诉求', 'risk', 'red', '十人以上共同反映'), ...label('praise', '群众表扬', 'own', 'green', '对单位或个人的表扬'), ...label('seven-five', '七有五性', 'upper', 'blue', '“七有”“五性”监测的诉求'), ...label('monthly-topic', '每月一题', 'upper', 'blue', '本年度每月一题的诉求'), ...label('central-housing', '央产房', 'upper', 'blue', '央产房的交易、物业、租赁与质量'), ...label('relief', '疏整促', 'upper', 'blue', '疏解整治促提升'), ...label('business', '营商环境', 'upper', 'blue', '企业诉求和涉企服务'), ...label('unresolved', '未解决', 'assessment', 'orange', '回访未解决、需跟踪'),
  { route: 'labelOrders', by: 'shiftLeader', daysAgo: 0, orders: '养老金|高龄津贴|医保|卫生室|社保卡|药|公积金|公益性岗位|补习班|幼儿园|零工|慢性病|物业|房产证', input: { add: ['@said label-seven-five'], remove: [] } },
  { route: 'labelOrders', by: 'shiftLeader', daysAgo: 0, orders: '房产证|充值卡|预付|退一半|工期半夜|夜间修路|施工吵|装修收现金|暖气', input: { add: ['@said label-monthly-topic'], remove: [] } },
  { route: 'labelOrders', by: 'shiftLeader', daysAgo: 0, orders: '家属院|入住多年|物业费|迎宾苑', input: { add: ['@said label-central-housing'], remove: [] } },
  { route: 'labelOrders', by: 'shiftLeader', daysAgo: 0, orders: '加盖|圈占|小广告|建房|超载|雨水口|路灯|消防|垃圾|占道', input: { add: ['@said label-relief'], remove: [] } },
  { route: 'createLabelRule', daysAgo: 30, input: { name: '退回两次以上打“多次来电”', labelId: '@said label-repeat', triggers: ['returnDecided'], condition: { all: [{ field: 'returnCount', op: 'gte', value: 2 }] }, weight: 0, enabled: false } },
  { route: 'createLabelRule', daysAgo: 30, input: { name: '欠薪诉求打“治理欠薪”', labelId: '@said label-wage', triggers: ['registered'], condition: { all: [{ field: 'matter', op: 'in', value: ['@matter 050104'] }] }, weight: 10, enabled: false } },
]

const duty = (unit: string, name: string, post: string, mobile: string, of = 'liaison'): RoomAct => ({ route: 'createDutyContact', daysAgo: 60, input: { unitId: `@unit ${unit}`, duty: of, name, post, mobile } })
const linked = (kind: string, name: string, duties: string, contactName: string, contactPhone: string): RoomAct => ({ route: 'createLinkedUnit', daysAgo: 60, input: { kind, name, duties, contactName, contactPhone, rights: 'feedback' } })
const people: RoomAct[] = [
  duty('LC-GR', '顾长河', '客服部主任', '19900210001'), duty('LC-SWJ', '水清扬', '管网运维科长', '19900210002'), duty('LC-CG', '石守正', '指挥中心副主任', '19900210003'), duty('LC-GA', '严明轩', '指挥中心民警', '19900210004', 'divisionChief'), duty('LC-RS', '薛知行', '劳动监察支队', '19900210005'),
  linked('institution', '澜川市法律援助中心', '欠薪、家暴、工伤案件的法律援助', '章若愚', '0990-5550101'), linked('institution', '澜川市心理援助热线', '情绪危机来电的转接和回访', '沈安宁', '0990-5550102'), linked('department', '澜川海关办事处', '进出口企业咨询', '关澜', '0990-5550103'), linked('enterprise', '宁原铁路局澜川车务段', '铁路噪声、道口和客运诉求', '陆远征', '0990-5550104'),
  { route: 'createSuggestion', by: 'agent', daysAgo: 8, input: { kind: 'business', title: '供暖来电建议增加语音分流', content: '每天早上七点到九点供暖来电占六成，建议导航第一层加“供暖请按 4”，直接进供热坐席。', effect: '预计减少平均等待 40 秒' } },
  { route: 'createSuggestion', by: 'handler', daysAgo: 5, input: { kind: 'system', title: '办结反馈支持语音转文字', content: '现场处置时打字慢，希望手机端反馈可以先说一段话再修改。', effect: '减少回到单位补录' } },
  { route: 'createSmsTemplate', daysAgo: 50, input: { name: '停水停热告知', class: '公告', text: '【澜川市12345】您好，{地点}因{原因}将于{时间}停供，预计{恢复时间}恢复，给您带来不便敬请谅解。' } },
  { route: 'createSmsTemplate', daysAgo: 50, input: { name: '请补充材料', class: '办理', text: '【澜川市12345】您反映的事项还需补充{材料}，请回复短信或登录网站上传，如需帮助请拨打12345。' } },
]

const element = (code: string, name: string, family: string, category: string, definition: string): RoomAct => ({ route: 'createElement', daysAgo: 80, as: `element-${code}`, input: { code, name, family, category, definition, attributes: [] } })
const relate = (from: string, to: string, kind = 'association'): RoomAct => ({ route: 'relateElements', daysAgo: 79, input: { fromId: `@said element-${from}`, toId: `@said element-${to}`, kind } })
const line = (kind: string, matter: string, unit: string, text: string, basis: string): RoomAct => ({ route: 'createDutyLine', daysAgo: 75, input: { kind, matterId: `@matter ${matter}`, unitId: `@unit ${unit}`, text, basis } })
const point = (theme: string, name: string, bindings: Record<string, string[]>): RoomAct => ({ route: 'createProblemPoint', daysAgo: 20, input: { theme, name, bindings: { categoryIds: [], matterIds: [], labelIds: [], words: [], ...bindings } } })
const standard: RoomAct[] = [
  element('lowHeat', '室温不达标', 'event', '供热', '供暖期内卧室、起居室温度低于 18 ℃'), element('stopHeat', '停热', 'event', '供热', '管网或换热站故障造成的停供'), element('measure', '申请测温', 'request', '供热', '要求供热单位入户测温'), element('refund', '申请退费', 'request', '供热', '按不达标天数退还热费'), element('heatUser', '用热户', 'requester', '主体', '与供热单位有供用热关系的住户或单位'), element('station', '换热站', 'object', '设施', '小区供热的换热设备所在地'), element('community', '居住小区', 'address', '地点', '有物业或业委会管理的住宅区'),
  relate('lowHeat', 'measure'), relate('measure', 'refund', 'dependency'), relate('stopHeat', 'station'), relate('lowHeat', 'community'), relate('heatUser', 'lowHeat'),
  { route: 'createMatterTemplate', daysAgo: 60, input: { name: '公用设施报修', groupName: '公用事业', matterId: '@matter 010301' } },
  { route: 'createMatterTemplate', daysAgo: 60, input: { name: '消费纠纷', groupName: '市场消费', matterId: '@matter 090101' } },
  line('responsibility', '010303', 'LC-CG', '市政道路井盖缺失的，接到通知后两小时内设置警示并补装。', '《城市道路管理条例》'), line('responsibility', '030202', 'LC-GR', '供热设施漏水的，供热单位一小时内到场关阀，二十四小时内修复。', '《澜川市供热管理办法》'), line('power', '100101', 'LC-HB', '对违反夜间施工规定的单位责令改正并处罚款。', '《噪声污染防治法》'), line('negative', '050104', 'LC-RS', '已进入仲裁或诉讼程序的欠薪争议，告知程序进展，不重复受理。', '《劳动争议调解仲裁法》'),
  point('供暖', '室温不达标', { words: ['暖气不热', '室温低'] }), point('供暖', '设施漏水', { matterIds: ['@matter 030202'] }), point('供暖', '缴费报停', { matterIds: ['@matter 030203'] }), point('停车', '车位不足', { matterIds: ['@matter 040303'] }), point('停车', '收费争议', { matterIds: ['@matter 040302'] }),
]

const knowledge: RoomAct[] = [
  { route: 'saveKnowledgeLibrary', daysAgo: 50, as: 'library', input: { code: 'winter', name: '冬季民生', description: '供暖、停水、道路除雪等冬季高发诉求', directoryIds: [], audience: 'public', open: true } },
  { route: 'saveKnowledgeScenario', daysAgo: 49, as: 'cold', input: { libraryId: '@said library', name: '家里暖气不热', description: '先查缴费和阀门，再测温，最后退费', words: ['暖气不热', '室温低', '不热'] } },
  { route: 'linkKnowledgeScenario', daysAgo: 49, input: { id: '@said cold', itemIds: ['@item 室温不达标退费指南', '@item 澜川市供热管理办法（节选）'] } },
  { route: 'saveKnowledgeScenario', daysAgo: 49, as: 'dry', input: { libraryId: '@said library', name: '突然停水', description: '计划停水、爆管抢修和水费异常', words: ['停水', '没水'] } },
  { route: 'linkKnowledgeScenario', daysAgo: 49, input: { id: '@said dry', itemIds: ['@item 临澜区部分路段计划停水', '@item 水费突然升高怎么办'] } },
  { route: 'saveKnowledgeTopic', daysAgo: 40, as: 'topic', input: { name: '供暖一本通', description: '从开栓到退费，市民最常问的事', style: 'map', audience: 'public' } },
  ...[['标准', '室温不低于 18 ℃，供暖期每年 10 月 15 日至次年 4 月 15 日。', '澜川市供热管理办法（节选）'], ['不热怎么办', '先查阀门和过滤网，再打供热服务电话申请测温。', '室温不达标退费指南'], ['退费', '测温确认不达标的，按天数退还。', '室温不达标退费指南']].map(([name, description, item], sort): RoomAct => ({ route: 'saveKnowledgeTopicNode', daysAgo: 40, input: { id: '@said topic', parentId: null, name, description, attributes: [], body: { type: 'doc', content: [] }, itemIds: [`@item ${item}`], sort: sort * 10 } })),
  { route: 'getKnowledgeTopic', daysAgo: 39, by: 'matterManager', as: 'topic', input: { id: '@said topic' } },
  { route: 'setKnowledgeTopicState', daysAgo: 39, input: { id: '@said topic', state: 'published', version: '@version topic' } },
  { route: 'askKnowledgeQuestion', by: 'agent', daysAgo: 2, input: { title: '老旧小区加装电梯补贴什么时候发放？', text: '市民问二批补贴名单和发放时间，知识库里只有一批。', unitId: '@unit LC-ZJ', source: 'search' } },
  { route: 'askKnowledgeQuestion', by: 'agent', daysAgo: 1, input: { title: '电动车上牌能不能跨区办理？', text: '临澜区居民想在北屏区上牌。', urgent: true, unitId: '@unit LC-GA', source: 'search' } },
  { route: 'reportKnowledge', by: 'agent', daysAgo: 1, input: { kind: 'contact', text: '供水抢修电话已经换号，市民反映打不通。', itemId: '@item 市级值班与服务电话', source: 'item' } },
  { route: 'saveKnowledgePolicy', daysAgo: 60, input: { name: '政策类每半年确认', typeCodes: ['policy'], periodDays: 180, deadlineDays: 15, reminderDays: [7, 3] } },
]

const channels = (at: At, day: (days: number) => string): RoomAct[] => [
  { route: 'addQrCode', daysAgo: 30, input: { name: '市民公园服务亭', kind: 'place', areaCode: '990101', address: '市民公园南门', subject: '市民公园', matterId: '@matter 010301' } },
  { route: 'addQrCode', daysAgo: 28, input: { name: '政务服务大厅', kind: 'unit', areaCode: '990101', address: '政务服务中心一楼', subject: '窗口服务评价' } },
  { route: 'addQrCode', daysAgo: 10, input: { name: '供暖报修专用码', kind: 'campaign', matterId: '@matter 030202', subject: '供暖季', validUntil: at(120) } },
  { route: 'addSurvey', daysAgo: 9, as: 'survey', input: { title: '今冬供暖您满意吗？', intro: '共三题，约一分钟。结果只用于改进供热服务。', target: 'signedIn', endsAt: at(30), questions: [{ id: 'warm', type: 'scale', title: '您家的室温满意吗？（1 不满意，5 很满意）', max: 5 }, { id: 'why', type: 'multiple', title: '您遇到过哪些问题？', required: false, options: ['室温不够', '管道漏水', '报修来得慢', '缴费不便'] }, { id: 'say', type: 'text', title: '您还想说什么？', required: false }] } },
  { route: 'actOnSurvey', daysAgo: 9, by: 'shiftLeader', input: { id: '@said survey', act: 'submit', version: '@version survey' }, as: 'survey' },
  { route: 'actOnSurvey', daysAgo: 9, by: 'businessAdmin', input: { id: '@said survey', act: 'approve', version: '@version survey' } },
  ...[['请稍候', '您好，正在为您查询，请稍候。'], ['请留电话', '为了让承办单位联系您，请留下您的联系电话，我们会为您保密。'], ['已登记', '您的诉求已登记，我们会在规定时限内办理，您可以凭查询码在网站查看进度。']].map(([title, text]): RoomAct => ({ route: 'addCannedReply', daysAgo: 60, by: 'agent', input: { title, text, shared: false } })),
  { route: 'addStoreItem', daysAgo: 15, input: { name: '公交乘车券（十次）', kind: 'virtual', description: '澜川市公交集团通用乘车券', points: 200, stock: 500, perPerson: 2, untilOn: day(60) } },
  { route: 'addStoreItem', daysAgo: 15, input: { name: '市民热线帆布袋', kind: 'goods', description: '到政务服务大厅自取', points: 350, stock: 120 } },
]

const enterprise = (name: string, citizen: string, contactName: string, post: string, daysAgo: number): RoomAct[] =>
  demoEnterprises.filter((one) => one.name === name).map(({ creditCode, industry, size, address }): RoomAct => ({ route: 'registerEnterprise', citizen, daysAgo, as: `enterprise-${citizen}`, input: { creditCode, name, industry, size, address, contactName, post } }))
const opened = (citizen: string, daysAgo: number): RoomAct => ({ route: 'actOnEnterpriseAccount', daysAgo, input: { id: `@said enterprise-${citizen}`, act: 'open', reason: '证照与企业库核对一致', version: 1 } })
const enterprises: RoomAct[] = [
  ...enterprise('宁原澜湾食品有限公司', '19900220001', '田有为', '行政经理', 40), opened('19900220001', 39),
  { route: 'setEnterpriseLevel', daysAgo: 38, input: { id: '@said enterprise-19900220001', staff: 620, revenue: null, tax: null, employed: null, level: null, reason: '', version: 2 } },
  ...enterprise('宁原北屏机械有限公司', '19900220002', '方锐', '办公室主任', 25), opened('19900220002', 24), ...enterprise('宁原捷运物流有限公司', '19900220003', '邢达', '客服主管', 1),
]

const telephone = (at: At): RoomAct[] => [
  ...[['black', '19900190001', '一天内二十余次拨打后静默'], ['black', '19900190002', '长期谩骂话务员，已告知'], ['white', '19900190003', '市应急局值班电话'], ['red', '19900190004', '重点企业服务专员']].map(([kind, number, reason]): RoomAct => ({ route: 'addNumberEntry', daysAgo: 20, by: 'shiftLeader', as: `number-${number}`, input: { kind, number, reason, validTo: at(160) } })),
  { route: 'addAnnouncement', daysAgo: 2, input: { name: '临澜区停水', text: '临澜区部分路段因管网改造正在停水，预计今晚二十二时恢复。', from: at(-1), until: at(-0.5) } },
]

const callbacks: RoomAct[] = [
  { route: 'saveCallbackStrategy', daysAgo: 60, as: 'strategy', input: { name: '工作日白天', forKind: 'any', weekdays: [1, 2, 3, 4, 5], windows: [{ from: '09:00', to: '11:30' }, { from: '14:30', to: '18:00' }], contacts: 2, contactDays: 1 } },
  { route: 'saveCallbackPlan', daysAgo: 12, input: { name: '十一月办结抽样回访', aim: '核对单位自报结果', kind: 'once', manner: 'person', scope: { states: ['archived'], closedDays: 30 }, ratio: 10, script: ['您好，这里是澜川市12345，请问您反映的事项单位联系您了吗？', '问题解决了吗？对办理过程和结果是否满意？'] } },
  { route: 'addDoNotCall', daysAgo: 9, input: { phone: '19900180001', reason: '本人要求不再回访，改用短信' } },
]

const orders = (at: At): RoomAct[] => [
  { route: 'addHotline', daysAgo: 80, input: { code: '12315', name: '消费者投诉举报专线', number: '12315', unitId: '@unit LC-SC', mode: 'full', startedOn: at(-400).slice(0, 10) } },
  { route: 'addHotline', daysAgo: 80, input: { code: '12329', name: '住房公积金热线', number: '12329', unitId: '@unit LC-GJ', mode: 'full', startedOn: at(-300).slice(0, 10) } },
  { route: 'addHotline', daysAgo: 80, input: { code: '12393', name: '医疗保障服务热线', number: '12393', unitId: '@unit LC-YB', mode: 'parallel', startedOn: at(-200).slice(0, 10) } },
  { route: 'createKeyTopic', daysAgo: 30, input: { name: '今冬明春供暖保障', startsAt: at(-30), endsAt: at(150) } },
  { route: 'createSignRule', daysAgo: 50, input: { name: '上级直派紧急件自动签收', conditions: { platforms: [], dispatchKinds: ['direct'], appealTypes: [], urgencies: ['urgent', 'major'], categoryIds: [], matterIds: [], words: [], marks: [] }, enabled: false } },
  { route: 'createAssignRule', daysAgo: 50, input: { name: '夜间施工噪声直派生态环境局', effect: 'force', condition: { matterIds: ['@matter 100101'], hours: { from: 22, to: 6 } }, action: { units: [{ unitId: '@unit LC-HB', role: 'lead' }], opinion: '夜间施工噪声，请立即派员到场核实处置。' }, enabled: false } },
]
