// Short ways to write delivered boards: each gives one panel.
import type { BoardInput, Panel } from '../board.ts'

type PanelInput = BoardInput['panels'][number]
type Rest = Partial<Omit<PanelInput, 'id' | 'kind' | 'title'>>
const make = (kind: Panel['kind']) => (id: string, title: string, indicators: string[], rest: Rest = {}): PanelInput => ({ id, kind, title, indicators, ...rest })
const over = (kind: Panel['kind']) => (id: string, title: string, indicators: string[], dimensions: string[], rest: Rest = {}): PanelInput => ({ id, kind, title, indicators, dimensions, ...rest })

export const figures = make('figures')
export const progress = make('progress')
export const gauge = make('gauge')
export const problems = make('groups')
export const table = over('table')
export const bar = over('bar')
export const stacked = over('stacked')
export const line = over('line')
export const area = over('area')
export const pie = over('pie')
export const rank = over('rank')
export const radar = over('radar')
export const heat = over('heat')
export const pivot = over('pivot')
export const scatter = over('scatter')
export const map = over('map')
export const telephone = (id: string, title: string, rest: Rest = {}): PanelInput => ({ id, kind: 'telephone', title, ...rest })

export type Filters = BoardInput['where']
export const of = (dimension: string, ...values: string[]): NonNullable<Filters>[number] => ({ dimension, values })

/** What every theme shows; its own panels follow. */
const usual = (): BoardInput['panels'] => [
  figures('counts', '概况', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'satisfiedRate'], { compare: 'previous', width: 12 }),
  line('trend', '受理走势（对比上期）', ['received'], ['day'], { compare: 'previous', width: 8 }), pie('types', '诉求类型', ['received'], ['appealType'], { width: 4 }),
  rank('categories', '高频问题', ['received'], ['category'], { limit: 10, compare: 'previous' }), rank('places', '高发区域', ['received'], ['county'], { drill: 'street', compare: 'previous' }),
]
export const theme = (code: string, name: string, description: string, where: Filters, own: BoardInput['panels'] = [], rest: Partial<BoardInput> = {}): BoardInput => ({ code, name, kind: 'theme', description, where, panels: [...usual(), ...own], ...rest })
export const units = (title = '承办单位'): BoardInput['panels'][number] => table('units', title, ['dispatches', 'signOnTimeRate', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate', 'returnRate'], ['unit'], { width: 12 })
/** A theme found by words, with its named problems. */
export const worded = (code: string, name: string, description: string, groups: NonNullable<BoardInput['groups']>): BoardInput =>
  theme(code, name, description, [of('words', ...new Set(groups.flatMap((g) => g.words)))], [problems('problems', '问题分组', ['received', 'complaints']), bar('unitsOf', '主要承办单位', ['dispatches'], ['unit'], { limit: 10 }), units()], { groups })

/** The livelihood board (ANA-16): warnings, related orders, grades, areas, hot issues, subjects, units, trend. */
export const livelihood = (code: string, name: string, description: string, groups: NonNullable<BoardInput['groups']>, own: BoardInput['panels'] = [], rest: Partial<BoardInput> = {}): BoardInput => ({
  code, name, kind: 'theme', description, groups, where: rest.where ?? [of('words', ...new Set(groups.flatMap((g) => g.words)))], filters: ['county', 'street', 'appealType', 'channel'], ...rest,
  panels: [
    figures('warnings', '预警与关联工单', ['warnings', 'relatedOrders', 'received', 'relatedShare', 'warningsHandled', 'warningHandledRate'], { compare: 'previous', width: 12 }),
    pie('grades', '风险等级', ['warnings'], ['riskGrade'], { width: 4 }), table('gradeTable', '各等级件数与关联工单', ['warnings', 'relatedOrders'], ['riskGrade'], { width: 8 }),
    rank('areas', '高发区域', ['received'], ['county'], { drill: 'street', compare: 'previous' }), rank('issues', '热点问题', ['received', 'relatedOrders'], ['category'], { limit: 5, compare: 'previous' }),
    problems('problems', '问题分组', ['received', 'relatedOrders'], { compare: 'previous' }), rank('matters', '高发事项', ['warnings', 'relatedOrders'], ['matter'], { limit: 5 }),
    rank('unitsOf', '高频承办单位', ['warnings', 'relatedOrders'], ['unit'], { limit: 5, compare: 'previous' }), bar('sources', '预警来源', ['warnings'], ['warningSource']),
    line('trend', '事件走势（环比）', ['received'], ['day'], { compare: 'previous', width: 6 }), line('year', '事件走势（同比）', ['received'], ['month'], { compare: 'lastYear', width: 6 }),
    ...own,
  ],
})
