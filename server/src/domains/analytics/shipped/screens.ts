// Screens for the wall (analytics T7): the same panels as on boards, each with its place in a grid of 24 columns and 12 rows.
import type { BoardInput } from '../board.ts'
import { hotGroups } from './cockpit.ts'
import { area, bar, figures, gauge, line, map, pie, problems, progress, rank, telephone } from './make.ts'

const at = (column: number, row: number, width: number, height: number) => ({ at: { column, row, width, height } })
type ScreenInput = Omit<BoardInput, 'kind' | 'filters'>
const screen = (one: ScreenInput): BoardInput => ({ kind: 'screen', filters: ['county'], refreshSeconds: 60, ...one })
const offers: BoardInput['offers'] = ['today', 'week', 'month', 'year']

export const screens: BoardInput[] = [
  screen({
    code: 'screenOverview', name: '诉求概况', description: '大厅大屏：总量、走势、类型、渠道与地区', period: 'month', offers,
    panels: [
      figures('counts', '本月', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'responseRate', 'solvedRate', 'satisfiedRate'], { compare: 'previous', ...at(1, 1, 24, 2) }),
      line('trend', '受理与办结走势', ['received', 'closed'], ['day'], at(1, 3, 7, 5)), pie('channels', '受理渠道', ['received'], ['channel'], at(1, 8, 7, 5)),
      map('map', '各区县受理量', ['received'], ['county'], at(8, 3, 10, 10)),
      pie('types', '诉求类型', ['received'], ['appealType'], at(18, 3, 7, 5)), rank('hot', '高发诉求', ['received'], ['category'], { limit: 7, compare: 'previous', ...at(18, 8, 7, 5) }),
    ],
  }),
  screen({
    code: 'screenEfficiency', name: '办理效能', description: '大厅大屏：签收、办结、回访与三率，按地区', period: 'year', offers: ['month', 'lastMonth', 'quarter', 'year'],
    panels: [
      gauge('onTime', '按期办结率', ['onTimeClosingRate'], at(1, 1, 6, 4)), gauge('response', '响应率', ['responseRate'], at(7, 1, 6, 4)), gauge('solved', '解决率', ['solvedRate'], at(13, 1, 6, 4)), gauge('satisfied', '满意率', ['satisfiedRate'], at(19, 1, 6, 4)),
      progress('steps', '环节效率', ['signOnTimeRate', 'contactRate', 'onTimeClosingRate', 'firstResolutionRate'], { target: 90, ...at(1, 5, 7, 4) }), rank('late', '超期在办', ['overdueOpen'], ['unit'], { limit: 5, ...at(1, 9, 7, 4) }),
      map('map', '各区县满意率', ['satisfiedRate'], ['county'], at(8, 5, 9, 8)),
      line('trend', '三率走势', ['responseRate', 'solvedRate', 'satisfiedRate'], ['month'], at(17, 5, 8, 4)), rank('best', '三率综合成绩', ['threeRates'], ['unit'], { limit: 5, ...at(17, 9, 8, 4) }),
    ],
  }),
  screen({
    code: 'screenHotspots', name: '热点地图', description: '热点话题、发生地点与时间', period: 'month', offers, groups: hotGroups,
    panels: [
      problems('hot', '热点话题', ['received'], { compare: 'previous', limit: 5, ...at(1, 1, 7, 6) }), area('hours', '发生时段', ['received'], ['hour'], { compare: 'previous', ...at(1, 7, 7, 6) }),
      map('map', '诉求分布', ['received'], ['street'], { note: 'points', ...at(8, 1, 10, 12) }),
      figures('counts', '本月', ['received', 'involved', 'complaints', 'redone'], { compare: 'previous', ...at(18, 1, 7, 4) }), rank('streets', '高发街镇', ['received'], ['street'], { limit: 8, ...at(18, 5, 7, 8) }),
    ],
  }),
  screen({
    code: 'screenDispatch', name: '智能调度', description: '话务与受理、派发、签收的实时情况', period: 'today', offers, refreshSeconds: 30,
    panels: [
      telephone('telephone', '话务实时', at(1, 1, 24, 2)),
      figures('counts', '今日工单', ['received', 'dispatches', 'signed', 'directAnswers', 'closed', 'callbacks'], { compare: 'previous', ...at(1, 3, 24, 2) }),
      area('hours', '各时段受理量', ['received'], ['hour'], { compare: 'previous', ...at(1, 5, 9, 8) }), bar('channels', '受理渠道', ['received'], ['channel'], at(10, 5, 7, 4)), progress('steps', '派得准、签得快', ['signOnTimeRate', 'contactRate', 'directAnswerRate'], { target: 90, ...at(10, 9, 7, 4) }),
      rank('units', '今日受派单位', ['dispatches', 'signed'], ['unit'], { limit: 10, ...at(17, 5, 8, 8) }),
    ],
  }),
  screen({
    code: 'screenPerformance', name: '效能评价', description: '接得更快、分得更准、办得更实', period: 'month', offers: ['month', 'lastMonth', 'quarter', 'year'],
    panels: [
      figures('faster', '接得更快', ['received', 'directAnswerRate', 'contactRate'], { compare: 'previous', ...at(1, 1, 8, 3) }), figures('exacter', '分得更准', ['signOnTimeRate', 'returnRate', 'signTime'], { compare: 'previous', ...at(9, 1, 8, 3) }), figures('solider', '办得更实', ['onTimeClosingRate', 'solvedRate', 'satisfiedRate'], { compare: 'previous', ...at(17, 1, 8, 3) }),
      line('contact', '联系率走势', ['contactRate'], ['day'], at(1, 4, 8, 4)), line('sign', '按时签收率走势', ['signOnTimeRate'], ['day'], at(9, 4, 8, 4)), line('rates', '按期办结率走势', ['onTimeClosingRate'], ['day'], at(17, 4, 8, 4)),
      rank('received', '受理较多的区县', ['received'], ['county'], { limit: 6, ...at(1, 8, 8, 5) }), rank('returned', '退单率较高的单位', ['returnRate'], ['unit'], { limit: 6, ...at(9, 8, 8, 5) }), rank('best', '满意率较高的单位', ['satisfiedRate', 'callbacks'], ['unit'], { limit: 6, order: '-satisfiedRate', ...at(17, 8, 8, 5) }),
    ],
  }),
  screen({
    code: 'screenLeader', name: '领导看板', description: '主要指标与上期比较', period: 'month', offers, groups: hotGroups,
    panels: [
      figures('counts', '主要指标', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'satisfiedRate'], { compare: 'previous', ...at(1, 1, 24, 2) }),
      line('trend', '受理走势（与上期）', ['received'], ['day'], { compare: 'previous', ...at(1, 3, 12, 5) }), problems('hot', '热点事件', ['received'], { compare: 'previous', limit: 6, ...at(1, 8, 6, 5) }), pie('types', '诉求类型', ['received'], ['appealType'], at(7, 8, 6, 5)),
      map('map', '各区县受理量', ['received'], ['county'], at(13, 3, 6, 10)), rank('units', '单位受派量', ['dispatches'], ['unit'], { limit: 7, compare: 'previous', ...at(19, 3, 6, 5) }), rank('late', '超期在办单位', ['overdueOpen'], ['unit'], { limit: 6, ...at(19, 8, 6, 5) }),
    ],
  }),
]
