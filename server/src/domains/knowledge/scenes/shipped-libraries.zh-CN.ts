// Libraries and scenarios a new hotline starts with; they hold no text, items are linked to them on the spot.
export type ShippedLibrary = { code: string; name: string; description: string; audience: 'public' | 'staff'; open: boolean; scenarios: readonly (readonly [name: string, words: string])[] }

export const shippedLibraries: readonly ShippedLibrary[] = [
  { code: 'fund', name: '住房公积金', description: '缴存、提取、贷款', audience: 'public', open: false, scenarios: [['公积金提取', '公积金 提取 租房提取 支取'], ['公积金贷款', '公积金贷款 贷款额度 还贷'], ['公积金缴存', '缴存 缴存基数 转移接续 封存']] },
  { code: 'housing', name: '住房保障', description: '公租房、物业、房产交易', audience: 'public', open: false, scenarios: [['公租房申请', '公租房 保障房 廉租房 轮候'], ['物业服务', '物业 物业费 业委会 维修资金'], ['购房纠纷', '预售 逾期交房 不动产证 开发商']] },
  { code: 'work', name: '就业创业', description: '求职、补贴、劳动权益', audience: 'public', open: false, scenarios: [['拖欠工资', '欠薪 拖欠工资 讨薪 农民工'], ['就业补贴', '就业补贴 创业补贴 见习 培训'], ['劳动合同', '劳动合同 解除 辞退 试用期']] },
  { code: 'insurance', name: '社会保险', description: '养老、医疗、失业、工伤', audience: 'public', open: false, scenarios: [['医保报销', '医保 报销 异地就医 门诊'], ['养老待遇', '养老金 退休 养老保险'], ['工伤认定', '工伤 认定 伤残 赔偿'], ['失业保险', '失业金 失业保险']] },
  { code: 'tourism', name: '旅游服务', description: '景区开放与票价、投诉取证与赔偿', audience: 'public', open: false, scenarios: [['景区信息', '景区 门票 开放时间 预约'], ['旅游投诉', '旅行社 导游 强制购物 退团'], ['取证与赔偿', '赔偿 证据 退款 违约金']] },
  { code: 'enterprise', name: '企业服务', description: '惠企政策、办事指南、常见问题', audience: 'public', open: true, scenarios: [['惠企政策', '惠企 减税 退税 奖补 专精特新'], ['企业开办', '营业执照 企业开办 注册登记 变更'], ['融资支持', '贷款 融资 担保 贴息'], ['用工服务', '招工 用工 社保缴纳 稳岗']] },
  { code: 'handling', name: '工单办理', description: '受理、派单、答复的口径和要点', audience: 'staff', open: false, scenarios: [['停水停电', '停水 停电 抢修 管道破裂'], ['供暖问题', '供暖 供热 暖气 室温'], ['噪声扰民', '噪声 噪音 扰民 夜间施工'], ['占道停车', '占道 违停 停车 车位']] },
  { code: 'training', name: '坐席培训', description: '话术、流程和典型案例', audience: 'staff', open: false, scenarios: [['情绪安抚', '安抚 情绪 激动'], ['受理规范', '受理 规范 登记 流程'], ['典型案例', '案例 典型 复盘']] },
]
