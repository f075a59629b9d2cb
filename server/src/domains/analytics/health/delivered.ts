import type { Model } from './health.ts'

/** The model that ships: volume, repeats, group appeals, timeliness, three rates, risk. Every number is a default to be changed. */
export const delivered: Model = {
  bands: [85, 70, 55],
  factors: [
    { indicator: 'received', trouble: 'received', measure: 'change', good: 10, bad: 60, weight: 15, plan: '查明上升最快的类别和地区；增开座席、提前告知承办单位，必要时发布统一口径。' },
    { indicator: 'repeatShare', trouble: 'repeats', measure: 'value', good: 3, bad: 15, weight: 15, plan: '逐件核对首次答复，未解决的升级重办；同一问题多人反映的并为同诉事件统一处置。' },
    { indicator: 'groupShare', trouble: 'groupAppeals', measure: 'value', good: 1, bad: 6, weight: 10, plan: '报值班领导，主办单位当天到场；涉稳的同步政法、信访部门。' },
    { indicator: 'onTimeClosingRate', trouble: 'handlingLate', measure: 'value', good: 98, bad: 80, weight: 15, plan: '对逾期较多的单位发督办，核对时限设置和挂起审批。' },
    { indicator: 'responseRate', trouble: 'unanswered', measure: 'value', good: 98, bad: 80, weight: 10, plan: '抽查未联系的工单，退回单位补联系。' },
    { indicator: 'solvedRate', trouble: 'unsolved', measure: 'value', good: 95, bad: 70, weight: 10, plan: '按事项复盘未解决的原因，需要多部门的提请联合审定。' },
    { indicator: 'satisfiedRate', trouble: 'dissatisfied', measure: 'value', good: 95, bad: 70, weight: 10, plan: '听取不满意的回访录音，核对答复质量。' },
    { indicator: 'relatedShare', trouble: 'warnings', measure: 'value', good: 2, bad: 15, weight: 10, plan: '按预警等级逐件处置，红牌由分管领导签批。' },
    { indicator: 'overdueRate', trouble: 'overdueOpen', measure: 'value', good: 1, bad: 10, weight: 5, plan: '超期在办逐件列清单，限期办结或办理延时。' },
  ],
}
