// Starting values of score models (assessment.md A1): offered when a model is made, all editable.
import { definition, type Definition } from './rules.ts'

type Draft = { code: string; name: string; definition: Definition }
const rate = (code: string, name: string, indicator: string, weight: number, cause: string) => ({ code, name, value: indicator, weight, cause, rule: { kind: 'proportional', full: 100 } as const })
const threeRates = (response: number, solved: number, satisfied: number) => [rate('response', '响应率', 'responseRate', response, '未响应'), rate('solved', '解决率', 'solvedRate', solved, '未解决'), rate('satisfied', '满意率', 'satisfiedRate', satisfied, '不满意')]
const late = { code: 'late', name: '超期办结扣分', value: 'handlingDue - handlingOnTime', unit: '件', scale: 0, role: 'deduction', weight: 0, cause: '超期办结', rule: { kind: 'perCase', each: 0.1, most: 5 } } as const

const grades = [{ name: '优秀', from: 90 }, { name: '良好', from: 80 }, { name: '合格', from: 60 }, { name: '较差', from: 0 }]

export const modelTemplates: readonly Draft[] = [
  { code: 'rawThreeRates', name: '三率原始成绩', definition: definition.parse({ items: threeRates(30, 35, 35) }) },
  { code: 'monthlyScore', name: '各月部门综合成绩', definition: definition.parse({ items: [...threeRates(25, 30, 30), rate('onTime', '按期办结率', 'onTimeClosingRate', 10, '超期办结'), rate('signed', '按期签收率', 'signOnTimeRate', 5, '超期签收'), late], missing: 'spread', grades }) },
  { code: 'streetAll', name: '街镇综合成绩', definition: definition.parse({ items: [...threeRates(30, 35, 25), { ...rate('volume', '退单率', 'returnRate', 10, '退单过多'), rule: { kind: 'bands', bands: [{ below: 2, points: 10 }, { below: 5, points: 6 }, { below: 10, points: 3 }], otherwise: 0 } }, late], missing: 'spread', grades }) },
]
