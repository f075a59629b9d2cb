// Knowledge of the fictional city: directories, items of several types, words that mean the same.
import type { DepartmentKey } from './departments.ts'

export type DemoKnowledge = {
  directory: string
  type: 'policy' | 'guide' | 'faq' | 'duty' | 'case' | 'script' | 'contact' | 'notice'
  title: string
  summary?: string
  keywords: string[]
  wordings?: string[]
  body: string
  fields?: Record<string, string>
  basis?: string
  contact?: string
  department?: DepartmentKey
  audience?: 'public' | 'staff' | 'centre'
  validTo?: string
}

export const demoKnowledgeDirectories: readonly { code: string; name: string; parent?: string }[] = [
  { code: 'city', name: '城市管理' }, { code: 'heat', name: '供热供气', parent: 'city' }, { code: 'water', name: '供水排水', parent: 'city' }, { code: 'road', name: '市政道路', parent: 'city' }, { code: 'noise', name: '噪声油烟', parent: 'city' },
  { code: 'people', name: '社会保障' }, { code: 'labour', name: '劳动就业', parent: 'people' }, { code: 'medical', name: '医疗保障', parent: 'people' }, { code: 'care', name: '民政救助', parent: 'people' },
  { code: 'house', name: '住房物业' }, { code: 'market', name: '市场消费' }, { code: 'hotline', name: '热线业务' },
]

export const demoSynonyms: readonly string[][] = [['供热', '供暖', '暖气', '采暖'], ['低保', '最低生活保障'], ['物业费', '物业管理费'], ['公积金', '住房公积金'], ['欠薪', '拖欠工资', '讨薪'], ['退费', '退款'], ['市监局', '市场监督管理局'], ['医保', '医疗保险']]

export const demoKnowledge: readonly DemoKnowledge[] = [
  { directory: 'heat', type: 'guide', title: '室温不达标退费指南', summary: '室温连续低于 18 ℃ 的，按不达标天数退还热费。', keywords: ['供热', '室温', '退费', '测温'], wordings: ['家里暖气不热能退钱吗', '暖气费怎么退', '室温多少度算不达标'], department: '供热', audience: 'public', validTo: '2027-04-30', basis: '《澜川市供热管理办法》第二十三条', contact: '供热服务热线 0990-5550018',
    body: '一、什么情况可以退\n\n供暖期内，卧室、起居室室温连续两天低于 18 ℃，经测温确认由供热单位原因造成的，可以退还相应天数的热费。用户自行改造管线、装修遮挡散热器、拒绝测温的除外。\n\n二、怎么测温\n\n关闭门窗 60 分钟，在房间中央离地 1.5 米处测量。用户与供热单位对结果有争议的，可以委托有资质的机构复测。\n\n三、退多少\n\n室温 16 ℃ 以上不足 18 ℃ 的，退当日热费的 50%；14 ℃ 以上不足 16 ℃ 的，退 75%；不足 14 ℃ 的，全额退还。',
    fields: { conditions: '本供暖期已缴清热费；室温经确认不达标', materials: '身份证、缴费凭证、测温记录单', process: '提出申请 → 24 小时内测温 → 确认天数 → 供暖期结束后 30 日内退费', limit: '供暖期结束后 30 日内', fee: '不收费', place: '所在片区供热服务站，或“澜川供热”公众号' } },
  { directory: 'heat', type: 'policy', title: '澜川市供热管理办法（节选）', summary: '供暖期为每年 10 月 15 日至次年 4 月 15 日，室温不低于 18 ℃。', keywords: ['供热', '供暖期', '室温', '停热'], department: '供热', audience: 'public', basis: '澜政规〔2024〕6 号',
    body: '第十二条 供暖期为每年 10 月 15 日至次年 4 月 15 日。气温异常时，市人民政府可以决定提前或者延后。\n\n第十八条 供暖期内，供热单位应当保证居民卧室、起居室室温不低于 18 ℃。\n\n第二十三条 因供热单位原因室温不达标的，应当按照不达标天数退还热费。\n\n第二十七条 供热设施故障需要停热 8 小时以上的，应当提前告知用户；突发故障的，应当立即抢修并及时告知。', fields: { number: '澜政规〔2024〕6 号', issuer: '澜川市人民政府', issuedOn: '2024-08-20' } },
  { directory: 'heat', type: 'script', title: '大面积停热统一答复口径', summary: '先安抚、说明抢修进度、登记特殊困难家庭。', keywords: ['停热', '抢修', '口径'], department: '供热', audience: 'centre', body: '您好，您所在区域的供热管网正在抢修，供热单位已到现场。恢复时间以供热单位公告为准，我们会把您的地址登记在案。家中有老人、婴幼儿或病人的，请告诉我，我们优先转办送温暖措施。', fields: { scene: '同一区域 30 分钟内来电超过 5 件' } },
  { directory: 'heat', type: 'guide', title: '天然气开户与通气办理', keywords: ['燃气', '天然气', '开户', '通气'], wordings: ['新房怎么通天然气', '燃气开户要什么'], department: '燃气', audience: 'public', body: '房屋交付并通过燃气验收后，业主可以申请开户通气。通气须由燃气公司工作人员上门，请勿自行打开阀门。', fields: { materials: '身份证、购房合同或不动产权证', process: '网上或窗口申请 → 预约上门 → 安检通气', limit: '受理后 3 个工作日内上门', fee: '表具材料费按核定标准', place: '燃气公司营业厅' } },
  { directory: 'water', type: 'faq', title: '水费突然升高怎么办', summary: '先查漏水，再申请校表；校表误差超标的退还多收水费。', keywords: ['水费', '水表', '校表', '漏水'], wordings: ['水费太高', '水表不准'], department: '水务', audience: 'public', body: '关闭家中全部用水点，观察水表：仍在走的，说明室内漏水，请自行或找物业维修；不走的，可以向供水公司申请校表。\n\n校表误差超过规定的，供水公司退还多收水费并免费换表；误差在允许范围内的，校表费由申请人承担。' },
  { directory: 'water', type: 'notice', title: '临澜区部分路段计划停水', summary: '管网改造，停水 8 小时。', keywords: ['停水', '管网改造'], department: '水务', audience: 'public', validTo: '2027-03-31', body: '因供水管网改造，澜湾路、望江路沿线 22 时至次日 6 时停水。请提前储水，恢复供水后先放水 1 至 2 分钟再使用。', fields: { scope: '澜湾路、望江路沿线小区' } },
  { directory: 'road', type: 'duty', title: '井盖、路灯损坏的责任划分', summary: '按权属分：市政道路归城管，小区内归物业，通信电力井归权属单位。', keywords: ['井盖', '路灯', '责任单位', '权属'], wordings: ['井盖丢了谁管', '路灯坏了谁修'], department: '城管', audience: 'staff', body: '市政道路上的雨水、污水井盖和路灯，由城市管理部门维护。标有“通信”“电力”“燃气”“热力”的井盖，由权属单位维护，派单时以井盖标识为准。小区红线内的井盖和路灯由物业服务企业维护，无物业的由社区协调。\n\n存在人身危险的，先由城市管理部门设置警示并临时覆盖，再移交权属单位。', fields: { unit: '城市管理局', boundary: '以道路红线和井盖标识为准' } },
  { directory: 'road', type: 'faq', title: '道路停车收费标准和申诉', keywords: ['停车费', '道路停车', '收费'], wordings: ['停车收费太贵', '停车多收钱了'], department: '城管', audience: 'public', body: '道路停车泊位 15 分钟内免费，白天每小时 3 元，24 小时最高 30 元，22 时至次日 7 时免费。对计费有异议的，可以凭车牌号和停车时间在缴费小程序中申诉，3 个工作日内答复。' },
  { directory: 'noise', type: 'case', title: '夜市油烟噪声多次投诉的处置', summary: '限时经营加净化设备升级，一次性解决 37 件投诉。', keywords: ['油烟', '噪声', '夜市', '联合执法'], department: '城管', audience: 'staff', body: '该夜市三个月内产生投诉 37 件，涉及 12 户居民。此前多次单独整治，均在一周内反弹。', fields: { appeal: '夜市油烟和音响扰民，居民多次投诉。', handling: '城管、环保、市监、街道联合约谈，统一更换净化设备，划定经营区，22 时后停止音响。', result: '连续 30 天复查达标，投诉降为零，居民回访满意。', points: '一是找准责任主体，与市场开办方签订承诺；二是设备、时间、区域三项一起管；三是处置后连续复查。' } },
  { directory: 'noise', type: 'policy', title: '建筑施工夜间作业管理规定', summary: '22 时至次日 6 时原则上禁止产生噪声的施工。', keywords: ['夜间施工', '噪声', '工地'], wordings: ['半夜施工', '工地太吵'], department: '环保', audience: 'public', body: '城市建成区内，22 时至次日 6 时禁止进行产生环境噪声污染的建筑施工作业。抢修、抢险施工和因生产工艺要求必须连续作业的除外；必须连续作业的，应当取得证明并提前公告附近居民。中考、高考期间从严管理。', fields: { number: '澜环规〔2023〕2 号', issuer: '澜川市生态环境局', issuedOn: '2023-05-10' } },
  { directory: 'labour', type: 'guide', title: '欠薪投诉办理指南', summary: '准备劳动关系和欠薪证明，向劳动监察投诉或申请仲裁。', keywords: ['欠薪', '工资', '劳动监察', '仲裁'], wordings: ['老板不发工资', '工程款没结清工资怎么要'], department: '人社', audience: 'public', basis: '《保障农民工工资支付条例》', body: '一、先准备\n\n用人单位全称和地址、工作时间、拖欠月份和金额。没有劳动合同的，工资流水、工牌、考勤、聊天记录都可以证明劳动关系。\n\n二、去哪里办\n\n工程建设领域欠薪，向项目所在地劳动监察机构投诉；其他情况向用人单位所在地投诉，也可以申请劳动仲裁。\n\n三、多久有结果\n\n劳动监察自立案之日起 60 个工作日内办结，情况复杂的可以延长 30 个工作日。', fields: { materials: '身份证、劳动合同或其他劳动关系证明、工资记录', limit: '立案后 60 个工作日', fee: '不收费', place: '各区县劳动监察大队' } },
  { directory: 'medical', type: 'guide', title: '城乡居民医保参保缴费', keywords: ['医保', '参保', '缴费', '居民医保'], wordings: ['医保怎么交', '新生儿医保'], department: '医保', audience: 'public', validTo: '2027-06-30', body: '集中缴费期为每年 9 月 1 日至 12 月 31 日，次年 1 月 1 日起享受待遇。新生儿出生 90 日内参保的，自出生之日起享受待遇。', fields: { materials: '户口簿或居住证', process: '税务小程序、社区或银行缴费', fee: '按年度公布标准', limit: '即时办结' } },
  { directory: 'care', type: 'guide', title: '最低生活保障申请', summary: '家庭人均收入低于当地低保标准且财产符合规定的可以申请。', keywords: ['低保', '救助', '困难家庭'], wordings: ['怎么申请低保', '家里困难有什么补助'], department: '民政', audience: 'public', body: '共同生活的家庭成员人均收入低于当地低保标准，且家庭财产状况符合规定的，可以申请。由户籍所在地或居住地街道（乡镇）受理，入户调查、公示后审核确认。', fields: { materials: '身份证、户口簿、收入和财产申报表、授权书', process: '申请 → 入户调查 → 公示 → 审核确认', limit: '30 个工作日', fee: '不收费', place: '街道（乡镇）便民服务中心' } },
  { directory: 'house', type: 'faq', title: '物业费纠纷找谁处理', keywords: ['物业费', '物业', '纠纷'], wordings: ['物业乱收费', '物业不作为能不能不交物业费'], department: '住建', audience: 'public', body: '物业费标准以物业服务合同和公示为准。对服务质量或收费有异议的，可以先向业主委员会或社区反映，由住建部门指导协调；协商不成的，可以通过人民调解或诉讼解决。以服务不到位为由拒交物业费，一般不被法院支持。' },
  { directory: 'house', type: 'guide', title: '公积金租房提取', keywords: ['公积金', '租房', '提取'], wordings: ['租房怎么取公积金'], department: '公积金', audience: 'public', body: '连续足额缴存满 3 个月，本人及配偶在本市无自有住房且租房居住的，可以提取。每月最高提取 1500 元，可以按月或按年办理。', fields: { materials: '身份证、无房承诺书；公租房另需租赁合同', process: '线上申请，系统核验', limit: '1 个工作日', fee: '不收费' } },
  { directory: 'market', type: 'faq', title: '预付卡商家关门怎么维权', keywords: ['预付卡', '退款', '消费维权'], wordings: ['健身房跑路', '办卡退不了钱'], department: '市监', audience: 'public', body: '请保留合同、付款凭证、聊天记录。先与商家协商退款；商家失联的，向市场监管部门投诉，由其核查经营主体并组织调解；涉嫌诈骗的，向公安机关报案。集中发生的，由热线合并受理统一处置。' },
  { directory: 'hotline', type: 'script', title: '情绪激动来电的安抚话术', keywords: ['安抚', '投诉', '话术'], audience: 'centre', body: '我理解您现在很着急，您慢慢说，我都记下来。\n\n您说的情况我复述一遍，请您确认。\n\n这件事我会标注为加急，承办单位会在承诺时间内联系您。', fields: { scene: '来电人情绪激动、多次催办' } },
  { directory: 'hotline', type: 'contact', title: '市级值班与服务电话', keywords: ['电话', '值班', '通讯录'], audience: 'staff', body: '供热服务 0990-5550018；供水抢修 0990-5550028；燃气抢修 0990-5550038；供电服务 0990-5550048；公积金咨询 0990-5550058；劳动监察 0990-5550068。', fields: { hours: '供热、供水、燃气、供电 24 小时，其余工作日 9:30 至 18:30' } },
]
