// Starting values of score models (assessment.md A1): offered when a model is made, all editable.
import { definition, type Definition, type FigureInput } from './rules.ts'

type Draft = { code: string; name: string; definition: Definition }
const rate = (code: string, name: string, indicator: string, weight: number, cause: string) => ({ code, name, value: indicator, weight, cause, rule: { kind: 'proportional', full: 100 } as const })
const threeRates = (response: number, solved: number, satisfied: number) => [rate('response', '响应率', 'responseRate', response, '未响应'), rate('solved', '解决率', 'solvedRate', solved, '未解决'), rate('satisfied', '满意率', 'satisfiedRate', satisfied, '不满意')]
const late = { code: 'late', name: '超期办结扣分', value: 'handlingDue - handlingOnTime', unit: '件', scale: 0, role: 'deduction', weight: 0, cause: '超期办结', rule: { kind: 'perCase', each: 0.1, most: 5 } } as const

const grades = [{ name: '优秀', from: 90 }, { name: '良好', from: 80 }, { name: '合格', from: 60 }, { name: '较差', from: 0 }]

const figure = (code: string, name: string, unit = '分', more: Partial<FigureInput> = {}) => ({ code, name, unit, least: 0, most: 100, ...more })
/** A part that is entered as points of a hundred and counts by its weight. */
const part = (code: string, name: string, weight: number) => ({ code, name, value: code, unit: '分', weight, cause: `${name}失分`, rule: { kind: 'proportional', full: 100 } as const })
const streetParts = [figure('whistle', '吹哨报到得分'), figure('secretaryCallback', '书记回访得分'), figure('secretaryCoordination', '书记调度得分')]
const streetScore = { code: 'ranking', name: '接诉即办成绩', source: 'score', model: 'streetAll', help: '取街镇综合成绩同期已发布的总分' } as const
const streetItems = (ranking: number, each: number) => [part('ranking', '接诉即办成绩', ranking), part('whistle', '吹哨报到', each), part('secretaryCoordination', '书记调度', each), part('secretaryCallback', '书记回访', each)]

export const modelTemplates: readonly Draft[] = [
  { code: 'rawThreeRates', name: '三率原始成绩', definition: definition.parse({ items: threeRates(30, 35, 35) }) },
  { code: 'monthlyScore', name: '各月部门综合成绩', definition: definition.parse({ items: [...threeRates(25, 30, 30), rate('onTime', '按期办结率', 'onTimeClosingRate', 10, '超期办结'), rate('signed', '按期签收率', 'signOnTimeRate', 5, '超期签收'), late], missing: 'spread', grades }) },
  { code: 'streetAll', name: '街镇综合成绩', definition: definition.parse({ items: [...threeRates(30, 35, 25), { ...rate('volume', '退单率', 'returnRate', 10, '退单过多'), rule: { kind: 'bands', bands: [{ below: 2, points: 10 }, { below: 5, points: 6 }, { below: 10, points: 3 }], otherwise: 0 } }, late], missing: 'spread', grades }) },
  { code: 'streetGrade', name: '街镇综合评价等级', definition: definition.parse({ inputs: [streetScore, ...streetParts], items: streetItems(40, 20), grades }) },
  { code: 'leaderProfile', name: '书记画像', definition: definition.parse({ inputs: [streetScore, ...streetParts], items: streetItems(25, 25), grades }) },
  { code: 'district', name: '各区三率', definition: definition.parse({ inputs: [figure('districtResponse', '响应率', '%'), figure('districtSolved', '解决率', '%'), figure('districtSatisfied', '满意率', '%')], items: [rate('response', '响应率', 'districtResponse', 30, '未响应'), rate('solved', '解决率', 'districtSolved', 35, '未解决'), rate('satisfied', '满意率', 'districtSatisfied', 35, '不满意')] }) },
  { code: 'whistle', name: '吹哨报到', definition: definition.parse({ inputs: [figure('whistled', '吹哨次数', '次', { most: 1_000_000, scale: 0 }), figure('arrived', '按时报到次数', '次', { most: 1_000_000, scale: 0 }), figure('settled', '办成次数', '次', { most: 1_000_000, scale: 0 })], items: [rate('inTime', '按时报到率', 'arrived / whistled * 100', 50, '报到不及时'), rate('result', '办成率', 'settled / whistled * 100', 50, '没有办成')], missing: 'none' }) },
  { code: 'petitionWork', name: '信访工作考核', definition: definition.parse({
    inputs: [figure('registered', '初次申诉求决登记件数', '件', { most: 1_000_000, scale: 0 }), figure('acceptedInTime', '按期受理件数', '件', { most: 1_000_000, scale: 0, help: '期限内出具受理或不予受理告知的件数' }), figure('acceptanceDays', '受理用时合计', '天', { most: 1_000_000, scale: 0 }), figure('accepted', '受理件数', '件', { most: 1_000_000, scale: 0 }), figure('petitionSatisfied', '群众满意率', '%')],
    items: [{ ...rate('timely', '及时受理率', 'acceptedInTime / registered * 100', 40, '受理不及时'), target: 95 }, { code: 'efficiency', name: '按期答复效率', value: 'acceptanceDays / accepted', unit: '天', weight: 30, cause: '受理用时过长', rule: { kind: 'bands', bands: [{ below: 3, points: 30 }, { below: 7, points: 24 }, { below: 15, points: 15 }], otherwise: 0 } }, rate('satisfied', '满意率', 'petitionSatisfied', 30, '不满意')],
  }) },
  { code: 'dutyScore', name: '履职评价', definition: definition.parse({ inputs: [figure('dutiesDone', '责任清单完成率', '%'), figure('commended', '表彰次数', '次', { scale: 0 }), figure('accountable', '追责案件', '件', { scale: 0 })], items: [rate('duties', '责任清单完成', 'dutiesDone', 100, '责任未落实'), { code: 'commended', name: '表彰加分', value: 'commended', unit: '次', scale: 0, role: 'bonus', weight: 0, cause: '表彰', rule: { kind: 'perCase', each: 1, most: 5 } }, { code: 'accountable', name: '追责扣分', value: 'accountable', unit: '件', scale: 0, role: 'deduction', weight: 0, cause: '被追责', rule: { kind: 'perCase', each: 2, most: 20 } }], grades }) },
  { code: 'capability', name: '能力评估', definition: definition.parse({ inputs: [figure('dataComplete', '数据完整率', '%'), figure('dataAccurate', '数据准确率', '%'), figure('dataTimely', '数据及时率', '%'), figure('rulesKept', '制度执行得分'), figure('staffed', '人员保障得分')], items: [rate('complete', '数据完整', 'dataComplete', 20, '数据不全'), rate('accurate', '数据准确', 'dataAccurate', 20, '数据不准'), rate('timely', '数据及时', 'dataTimely', 20, '数据不及时'), part('rulesKept', '制度执行', 20), part('staffed', '人员保障', 20)], grades }) },
  { code: 'healthScore', name: '治理健康度', definition: definition.parse({ inputs: [figure('safety', '平安建设得分'), figure('service', '公共服务得分'), figure('environment', '环境面貌得分'), figure('participation', '居民参与得分')], items: [part('safety', '平安建设', 30), part('service', '公共服务', 30), part('environment', '环境面貌', 20), part('participation', '居民参与', 20)], missing: 'none', grades }) },
  { code: 'environment', name: '环境建设专项', definition: definition.parse({ inputs: [figure('outerScore', '外部检查得分')], items: [part('outerScore', '外部检查', 60), rate('solved', '解决率', 'solvedRate', 40, '未解决')], grades }) },
]
