// The four views a report opens with beside its text (ANA-38): the same for every report, over its period and range.
import { template, type Template, type TemplateInput } from '../template.ts'
import { area, bar, cards, heading, orders, pie, rows, sections, stacked, table } from './make.ts'

export const viewKeys = ['overview', 'events', 'units', 'cases'] as const
export type ViewKey = (typeof viewKeys)[number]

const view = (code: string, name: string, body: TemplateInput['sections']['body']): Template => template.parse({ code, name, kind: 'thematic', category: '导览', title: name, sections: sections({ body }) } satisfies TemplateInput)
export const views: Record<ViewKey, Template> = {
  overview: view('viewOverview', '诉求概况', [cards('概况', ['received', 'closed', 'open', 'overdueOpen', 'onTimeClosingRate', 'satisfiedRate']), area('受理量走势', ['received'], ['day'], { compare: 'previous', sentence: true, limit: 100 }), pie('诉求类型', ['received'], ['appealType'], { half: true }), bar('受理渠道', ['received'], ['channel'], { half: true, limit: 8 })]),
  events: view('viewEvents', '热点事件', [cards('热点', ['received', 'complaints', 'repeats', 'involved']), rows('高频问题', ['received'], ['category'], { limit: 15, compare: 'previous', sentence: true }), stacked('高频问题在哪里', ['received'], ['county', 'category'], { limit: 60 }), table('重复诉求集中的问题', ['received', 'repeats', 'repeatShare'], ['category'], { limit: 15, order: '-repeats' })]),
  units: view('viewUnits', '单位办理', [cards('办理', ['dispatches', 'signOnTimeRate', 'onTimeClosingRate', 'handleTime', 'returnRate', 'redoRate']), table('各单位办理情况', ['dispatches', 'closed', 'onTimeClosingRate', 'solvedRate', 'satisfiedRate'], ['unit'], { limit: 50, order: '-dispatches' }), rows('办结用时较长的单位（小时）', ['handleTime'], ['unit'], { limit: 10, order: '-handleTime' })]),
  cases: view('viewCases', '案例复盘', [cards('值得复盘的', ['doubleNo', 'dissatisfied', 'redone', 'overdueOpen', 'supervised']), heading('群众既不认可解决也不满意'), orders('双否工单', 'doubleNo', { limit: 30 }), heading('办理两轮以上'), orders('重办工单', 'redone', { limit: 30 }), heading('超期未办结'), orders('超期在办工单', 'overdueOpen', { limit: 30 })]),
}
