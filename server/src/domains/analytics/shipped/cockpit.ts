// The pages of a leader (analytics T8): the overview and the hot events, each by day, week, month and year against the period before.
import type { BoardInput } from '../board.ts'
import { area, bar, figures, line, map, pie, problems, rank, table } from './make.ts'

const offers: BoardInput['offers'] = ['today', 'yesterday', 'week', 'last30', 'month', 'quarter', 'year', 'lastQuarter', 'lastYear', 'all', 'assessmentMonth', 'holiday']

/** The hot categories a leader's portal begins with; a site changes the words to its own speech. */
export const hotGroups: NonNullable<BoardInput['groups']> = [
  { name: '消费维权', words: ['退款', '退费', '退卡', '预付卡', '消费纠纷', '商家', '假货'] }, { name: '噪声污染防治', words: ['噪声', '噪音', '扰民', '夜间施工'] }, { name: '社会保险', words: ['社保', '养老保险', '医保', '工伤', '失业保险'] },
  { name: '市场管理', words: ['市场监管', '无证经营', '食品安全', '价格', '计量'] }, { name: '占道经营', words: ['占道', '流动摊贩', '摆摊', '店外经营'] }, { name: '工资福利', words: ['工资', '欠薪', '工钱', '加班费'] },
  { name: '供热供水供电', words: ['供热', '暖气', '停水', '停电', '燃气', '自来水'] }, { name: '医疗管理', words: ['医院', '诊所', '看病', '挂号', '疫苗'] }, { name: '物业管理', words: ['物业', '电梯', '维修基金', '业委会'] },
  { name: '商品交易市场', words: ['农贸市场', '菜市场', '批发市场', '集市'] }, { name: '运输管理', words: ['公交', '出租车', '网约车', '客运', '停车'] }, { name: '劳资纠纷', words: ['辞退', '劳动合同', '劳动仲裁', '裁员'] },
]

export const cockpit: BoardInput[] = [
  {
    code: 'cockpit', name: '领导总览', kind: 'live', description: '受理、办结、时限与三率，热点、走势与地区', period: 'last30', offers, filters: ['county'], refreshSeconds: 30, groups: hotGroups,
    panels: [
      figures('counts', '总体', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'responseRate', 'solvedRate', 'satisfiedRate'], { compare: 'previous', width: 12 }),
      problems('hot', '热点事件', ['received'], { compare: 'previous', limit: 8, width: 6 }), area('hours', '各时段受理量', ['received'], ['hour'], { compare: 'previous', width: 6 }),
      rank('counties', '各地区受理量', ['received'], ['county'], { limit: 8, compare: 'previous', drill: 'street', width: 6 }), rank('units', '各单位受派量', ['dispatches'], ['unit'], { limit: 8, compare: 'previous', width: 6 }),
      pie('types', '诉求性质', ['received'], ['appealType'], { width: 6 }), bar('channels', '受理渠道', ['received'], ['channel'], { limit: 8, width: 6 }),
      rank('urgency', '紧急程度', ['received'], ['urgency'], { compare: 'previous', width: 6 }), rank('categories', '类型分布', ['received'], ['category'], { limit: 8, compare: 'previous', width: 6 }),
    ],
  },
  {
    code: 'cockpitAreas', name: '区域与单位', kind: 'live', description: '各地区、各部门的量与成效，逐级下钻', period: 'month', offers, filters: ['county', 'unit', 'appealType', 'channel', 'urgency'], refreshSeconds: 60,
    panels: [
      figures('counts', '总体', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate'], { compare: 'previous', width: 12 }),
      map('map', '各地区受理量', ['received'], ['county'], { compare: 'previous', drill: 'street', width: 12 }),
      table('areas', '各地区', ['received', 'closed', 'onTimeClosingRate', 'responseRate', 'solvedRate', 'satisfiedRate'], ['county'], { compare: 'previous', drill: 'street', limit: 100, width: 12 }),
      table('units', '各单位', ['dispatches', 'signOnTimeRate', 'onTimeClosingRate', 'open', 'overdueOpen', 'solvedRate', 'satisfiedRate'], ['unit'], { limit: 100, width: 12 }),
      line('trend', '受理与办结走势', ['received', 'closed'], ['day'], { width: 12 }),
    ],
  },
  {
    code: 'cockpitEvents', name: '热点事件', kind: 'live', description: '按热点分类看件数、涉及人数、类型和走势', period: 'week', offers, filters: ['county'], refreshSeconds: 60, groups: hotGroups,
    panels: [
      problems('hot', '热点分类', ['received'], { compare: 'previous', width: 12 }), figures('counts', '概况', ['received', 'involved', 'closed', 'solvedRate', 'satisfiedRate'], { compare: 'previous', width: 12 }),
      line('trend', '走势', ['received'], ['day'], { compare: 'previous', width: 12 }), pie('types', '诉求性质', ['received'], ['appealType'], { width: 6 }), rank('areas', '发生地区', ['received'], ['county'], { limit: 8, drill: 'street', width: 6 }),
    ],
  },
]
