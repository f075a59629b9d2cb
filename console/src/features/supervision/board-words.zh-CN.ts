// Words of the boards beside the coordination board.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  coordination: '综合调度', departments: '督导监管', chain: '全环节', levels: '效能监察', seats: '坐席', asOf: '{time} 更新',
  unit: '单位', rank: '排名', urges: '催办未答复', near: '临期', overdue: '超期', red: '有效红牌', predicted: '预计按期率', predictedOf: '{rate}%', due: '本月到期', score: '预计得分', scoreOf: '{score}（{rank}/{of}）', noScore: '未参评', predictedHint: '预计得分为本考核期实时得分和名次，随工单变化；预计按期率为本月到期的办理时限中已按期和尚未超期的占比。按得分排名，未参评的按按期率', noDue: '本月无到期', none: '还没有分管单位', noneHint: '由督办管理人员设定领导的分管单位，看板只显示这些单位', set: '设定分管单位', setFor: '领导', units: '分管单位', save: '保存', saved: '已保存', problems: '近 30 天高频问题', noProblems: '近 30 天没有工单', map: '在办工单分布', noPoints: '在办工单没有点位', mapHint: '{n} 件有点位；颜色为办理时限', leader: '领导', mine: '我的分管单位',
  stage: '环节', running: '在办', warned: '预警', blocked: '阻滞', chainHint: '每件工单按最近的时限归入所在环节；数字打开清单，可从清单发起督办', proportion: '占比',
  area: '区划', tasksOf: '{level}督办', raised: '已提级', late: '迟答', levelsHint: '点区划名下钻到下一级', other: '未细分到下级', redone: '重办中', reported: '单位答复待审',
  seat: '坐席', unitName: '部门', online: '在线', offline: '离线', lastAct: '最近操作', receipt: '受理登记', sorting: '分拣派发', review: '审核', closing: '办结审核', callback: '回访', outbound: '外呼', stageLate: '环节超时', inHand: '手上工单', noSeats: '所选日期没有坐席操作', from: '从', to: '到', seatsHint: '操作数按所选日期统计', acts: '坐席操作', act: '操作', order: '工单', state: '状态', at: '时间', lateBy: '超出', hours: '{n} 小时', inTime: '按时', today: '今天', month: '本月',
} as const

export const b = defineTexts(zh)
