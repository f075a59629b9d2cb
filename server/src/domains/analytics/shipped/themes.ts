// Themes (analytics T4-A): a filter and panels. What a site finds by words it adjusts to its own speech; categories and labels are its own.
import type { BoardInput } from '../board.ts'
import { bar, figures, line, radar, rank, stacked, table, theme, of, units, worded } from './make.ts'

export const themes: BoardInput[] = [
  theme('hotline', '热线诉求', '电话渠道受理的诉求', [of('channel', 'phone')], [bar('hours', '来电时段', ['received'], ['hour']), bar('streets', '街镇前十五', ['received'], ['street'], { limit: 15 }), units()]),
  theme('internet', '网络诉求', '网站、微信等互联网渠道受理的诉求', [of('channel', 'portal', 'officialAccount', 'miniProgram', 'app', 'qr', 'chat')], [stacked('types2', '渠道 × 类型', ['received'], ['channel', 'appealType']), line('byChannel', '各渠道走势', ['received'], ['day', 'channel']), units()]),
  theme('direct', '直派', '上级直接派到本级办理的诉求', [of('dispatchKind', 'direct')], [bar('streets', '街镇受派量', ['received'], ['street'], { limit: 20 }), rank('returned', '退单较多的单位', ['returnedOrders', 'returnRate'], ['unit'], { limit: 10 }), units('直派承办单位')]),
  theme('transferred', '转派', '上级转派、由本级再派发的诉求', [of('dispatchKind', 'transferred')], [rank('handle', '办结用时较长的单位', ['handleTime', 'closed'], ['unit'], { limit: 10, order: '-handleTime' }), units('转派承办单位')]),
  theme('enterprise', '企业诉求', '企业提出的诉求', [of('subjectKind', 'enterprise')], [bar('categories2', '诉求分类', ['received'], ['category'], { limit: 15 }), units()]),
  theme('complaintsReports', '投诉举报', '投诉与举报类诉求', [of('appealType', 'complaint', 'report')], [bar('streets', '街镇前十五', ['received'], ['street'], { limit: 15 }), rank('redo', '重办较多的单位', ['redone', 'redoRate'], ['unit'], { limit: 10 }), units()]),
  theme('consultation', '咨询求助', '咨询与求助类诉求', [of('appealType', 'consultation', 'help')], [figures('answers', '直接答复', ['directAnswers', 'directAnswerRate'], { compare: 'previous' }), bar('hours', '来件时段', ['received'], ['hour']), units()]),
  theme('praise', '表扬与建议', '群众的表扬和建议', [of('appealType', 'praise', 'suggestion')], [rank('unitsOf', '受表扬较多的单位', ['praise'], ['unit'], { limit: 15 })]),
  theme('urgent', '紧急诉求', '紧急与特急的诉求', [of('urgency', 'urgent', 'major')], [figures('speed', '处置速度', ['signTime', 'handleTime', 'signOnTimeRate'], { compare: 'previous' }), rank('slow', '签收用时较长的单位', ['signTime', 'signed'], ['unit'], { limit: 10, order: '-signTime' }), units()]),
  theme('redo', '反复办理', '办理两轮以上的诉求', [of('round', '2', '3', '4', '5')], [rank('unitsOf', '反复办理较多的单位', ['closed', 'satisfiedRate'], ['unit'], { limit: 15 })]),
  worded('heating', '温暖过冬', '采暖季供热问题', [{ name: '室温不达标', words: ['不热', '温度低', '室温', '供热', '供暖', '暖气'] }, { name: '管网漏水', words: ['暖气漏水', '管网漏水', '跑水'] }, { name: '热费', words: ['热费', '采暖费', '取暖费'] }]),
  worded('waterPower', '水电气保障', '供水、供电、供气中断与抢修', [{ name: '停水', words: ['停水', '水压', '没水', '自来水'] }, { name: '停电', words: ['停电', '跳闸', '没电', '电压'] }, { name: '燃气', words: ['燃气', '煤气', '天然气'] }]),
  worded('noise', '噪声扰民', '施工、商业与生活噪声', [{ name: '施工噪声', words: ['施工噪声', '夜间施工', '工地噪声'] }, { name: '商业噪声', words: ['音响', '烧烤店', '酒吧', '广场舞'] }, { name: '生活噪声', words: ['装修噪声', '狗叫', '加压泵', '噪声', '噪音', '扰民'] }]),
  worded('property', '物业管理', '物业服务、收费与维修', [{ name: '物业收费', words: ['物业费', '停车费', '公摊'] }, { name: '电梯', words: ['电梯'] }, { name: '维修', words: ['维修基金', '漏水', '渗水', '外墙'] }, { name: '服务', words: ['物业', '保洁', '保安', '业委会'] }]),
  worded('wages', '劳动报酬', '拖欠工资与劳动权益', [{ name: '拖欠工资', words: ['工资', '欠薪', '工钱', '劳务费'] }, { name: '社会保险', words: ['社保', '养老保险', '工伤'] }, { name: '辞退', words: ['辞退', '开除', '裁员'] }]),
  worded('consumption', '消费维权', '退费、质量与价格纠纷', [{ name: '退费', words: ['退款', '退费', '退卡', '预付卡', '跑路', '关门'] }, { name: '质量', words: ['质量', '假货', '过期', '变质'] }, { name: '价格', words: ['涨价', '乱收费', '价格'] }]),
  worded('traffic', '出行与停车', '道路、公交、停车问题', [{ name: '停车', words: ['停车', '车位', '占道', '乱停'] }, { name: '道路', words: ['路面', '坑洼', '井盖', '路灯', '红绿灯'] }, { name: '公交', words: ['公交', '地铁', '出租车', '网约车'] }]),
  worded('environment', '城市环境', '垃圾、异味、扬尘与水体', [{ name: '垃圾', words: ['垃圾', '清运', '卫生'] }, { name: '异味油烟', words: ['异味', '油烟', '臭味', '烧烤'] }, { name: '扬尘', words: ['扬尘', '渣土', '粉尘'] }, { name: '水体', words: ['污水', '河道', '下水道', '内涝', '积水'] }]),
  worded('education', '教育与培训', '入学、收费与校外培训', [{ name: '入学', words: ['入学', '学位', '学区', '招生'] }, { name: '培训机构', words: ['培训', '补课', '课外班', '退课'] }, { name: '校园', words: ['学校', '食堂', '校服', '老师'] }]),
  worded('safety', '安全隐患', '消防、建筑与生产安全', [{ name: '消防', words: ['消防', '消防通道', '火灾', '起火', '飞线'] }, { name: '建筑', words: ['墙皮', '脱落', '坍塌', '危房', '违建', '违法建设', '私自加盖', '私自搭建'] }, { name: '生产', words: ['安全生产', '危险品', '爆炸', '烟花'] }]),
  worded('houseDelivery', '房屋交付与修缮', '延期交房、质量与产权证', [{ name: '延期交付', words: ['交房', '交付', '烂尾', '停工'] }, { name: '质量', words: ['房屋质量', '渗水', '开裂', '漏水'] }, { name: '办证', words: ['房产证', '产权证', '不动产证', '办证'] }]),
]

export const comparisons: BoardInput[] = [
  {
    code: 'areaRanking', name: '区域处置效能', kind: 'comparison', description: '各区县办结、用时、满意并排比较', period: 'month', filters: ['appealType', 'channel', 'urgency'],
    panels: [figures('counts', '全域', ['received', 'closed', 'onTimeClosingRate', 'handleTime', 'solvedRate', 'satisfiedRate'], { compare: 'previous', width: 12 }), bar('volume', '受理量与办结量', ['received', 'closed'], ['county'], { drill: 'street' }), rank('rates', '按期办结率', ['onTimeClosingRate', 'handlingDue'], ['county'], { order: '-onTimeClosingRate' }), radar('shape', '三率对比', ['responseRate', 'solvedRate', 'satisfiedRate', 'onTimeClosingRate'], ['county'], { limit: 6 }), table('detail', '区县明细', ['received', 'closed', 'onTimeClosingRate', 'handleTime', 'responseRate', 'solvedRate', 'satisfiedRate'], ['county'], { compare: 'previous', drill: 'street' })],
  },
  { code: 'areaTypes', name: '区域诉求结构', kind: 'comparison', description: '各区域最常见的类型与分类', period: 'month', filters: ['channel', 'unit'], panels: [stacked('types', '区县 × 诉求类型', ['received'], ['county', 'appealType'], { width: 12 }), { id: 'heat', kind: 'heat', title: '分类 × 区县', indicators: ['received'], dimensions: ['category', 'county'], limit: 300, width: 12 }] },
  { code: 'slotTypes', name: '时段诉求', kind: 'comparison', description: '一天里什么时候、哪类诉求最多', period: 'month', panels: [stacked('types', '时段 × 诉求类型', ['received'], ['hour', 'appealType'], { width: 12 }), rank('slots', '高峰时段', ['received'], ['hour'], { limit: 24, order: '-received' }), bar('speed', '各时段登记的平均办结用时', ['handleTime'], ['hour'])] },
  { code: 'matterBoard', name: '归口事项效能', kind: 'comparison', description: '各事项的量、按期和重办', period: 'month', panels: [table('detail', '事项明细', ['received', 'closed', 'onTimeClosingRate', 'redoRate', 'satisfiedRate'], ['matter'], { limit: 200, width: 12 }), { id: 'heat', kind: 'heat', title: '事项 × 单位', indicators: ['received'], dimensions: ['matter', 'unit'], limit: 300, width: 12 }] },
  { code: 'trendYear', name: '走势与同比', kind: 'comparison', description: '按月看全年，与去年同期比较', period: 'year', offers: ['quarter', 'halfYear', 'year'], panels: [figures('counts', '本期', ['received', 'closed', 'complaints', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate'], { compare: 'lastYear', width: 12 }), line('months', '受理量（同比）', ['received'], ['month'], { compare: 'lastYear', width: 12 }), line('rates', '三率走势', ['responseRate', 'solvedRate', 'satisfiedRate'], ['month'], { width: 12 })] },
]
