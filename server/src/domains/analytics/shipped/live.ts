// Live operation and channel pages (analytics T4-E).
import type { BoardInput } from '../board.ts'
import { area, bar, figures, heat, line, map, pie, rank, stacked, table, telephone } from './make.ts'

export const live: BoardInput[] = [
  {
    code: 'today', name: '今日动态', kind: 'live', description: '今天受理、办结和回访的进展，每分钟更新', period: 'today', offers: ['today', 'yesterday', 'week', 'month'], refreshSeconds: 30,
    panels: [
      telephone('telephone', '话务实时', { width: 12 }),
      figures('counts', '今日概况', ['received', 'closed', 'open', 'overdueOpen', 'callbacks', 'satisfied'], { compare: 'previous', width: 12 }),
      area('hours', '各时段受理量', ['received'], ['hour'], { compare: 'previous', width: 8 }), pie('types', '诉求类型', ['received'], ['appealType'], { width: 4 }),
      rank('hot', '高发诉求', ['received'], ['category'], { limit: 10, compare: 'previous' }), rank('units', '单位派发量', ['dispatches', 'signed'], ['unit'], { limit: 10 }),
      bar('channels', '受理渠道', ['received'], ['channel']), rank('counties', '各区县受理量', ['received'], ['county'], { drill: 'street' }),
    ],
  },
  {
    code: 'centre', name: '运营总览', kind: 'live', description: '中心一段时间的工作量与成效', period: 'month',
    panels: [
      figures('counts', '总体', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'satisfiedRate'], { compare: 'previous', width: 12 }),
      line('trend', '受理与办结走势', ['received', 'closed'], ['day'], { width: 12 }), rank('hot', '投诉举报较多的分类', ['complaints'], ['category'], { limit: 10, compare: 'previous' }),
      bar('units', '单位受派量', ['dispatches'], ['unit'], { limit: 12 }), rank('satisfied', '单位满意率', ['satisfiedRate', 'callbacks'], ['unit'], { limit: 12 }), area('hours', '时段分布', ['received'], ['hour']),
    ],
  },
  {
    code: 'channels', name: '受理渠道', kind: 'live', description: '电话与互联网渠道的受理量、类型和走势', period: 'month',
    panels: [
      figures('counts', '各渠道合计', ['received', 'closed', 'directAnswers', 'directAnswerRate'], { compare: 'previous', width: 12 }), pie('share', '渠道占比', ['received'], ['channel'], { width: 4 }), line('trend', '渠道走势', ['received'], ['day', 'channel'], { width: 8 }),
      stacked('types', '渠道 × 诉求类型', ['received'], ['channel', 'appealType']), table('detail', '渠道明细', ['received', 'closed', 'complaints', 'directAnswerRate', 'satisfiedRate'], ['channel']),
    ],
  },
  {
    code: 'reception', name: '诉求受理', kind: 'live', description: '来源、分类、去向和效率', period: 'month',
    panels: [
      figures('counts', '关键指标', ['received', 'directAnswerRate', 'signOnTimeRate', 'contactRate', 'handleTime', 'signTime'], { compare: 'previous', width: 12 }), pie('types', '诉求类型', ['received'], ['appealType'], { width: 4 }), bar('categories', '诉求分类', ['received'], ['category'], { limit: 15, width: 8 }),
      table('units', '各单位承接', ['dispatches', 'signed', 'signOnTimeRate', 'contactRate', 'onTimeClosingRate'], ['unit'], { width: 12 }),
    ],
  },
  {
    code: 'memberUnits', name: '成员单位', kind: 'live', description: '各单位办了多少、还有多少没办', period: 'month',
    panels: [figures('counts', '合计', ['dispatches', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate'], { compare: 'previous', width: 12 }), rank('done', '办结量前二十', ['closed'], ['unit'], { limit: 20 }), rank('left', '在办量前二十', ['open', 'overdueOpen'], ['unit'], { limit: 20 }), heat('load', '单位 × 日', ['dispatches'], ['unit', 'day'], { limit: 300, width: 12 })],
  },
]

export const maps: BoardInput[] = [
  {
    code: 'livelihoodMap', name: '民生地图', kind: 'live', description: '诉求在哪里：按区县、街镇着色，分布成点，点地区下钻', period: 'month', filters: ['county', 'appealType', 'category', 'channel', 'urgency'],
    panels: [map('map', '受理量', ['received'], ['county'], { compare: 'previous', drill: 'street', width: 12 }), map('satisfied', '满意率', ['satisfiedRate'], ['county'], { drill: 'street', width: 6 }), map('late', '超期在办', ['overdueOpen'], ['county'], { drill: 'street', width: 6 }), line('trend', '受理走势', ['received'], ['day'], { compare: 'previous', width: 12 })],
  },
]
