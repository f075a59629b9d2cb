// Reasons of returns as units write them, with their cause: written for this purpose, none taken from real orders (ORD-42, at least 90 %).
import type { ReturnCause } from './improper.ts'

/** Class chosen by the unit, its words, the cause a person reads in them. */
export type CauseExample = readonly [reasonClass: string | null, words: string, cause: ReturnCause]

/** The rules were written with these before their eyes. */
export const seenExamples: readonly CauseExample[] = [
  ['非职责', '道路照明由城管部门负责维护，请转城管局', 'dutyMismatch'],
  ['非职责', '物业纠纷归住建部门管理', 'dutyMismatch'],
  ['非职责', '该事项不属于我单位职能范围', 'dutyMismatch'],
  ['非职责', '根据职责分工应由市场监管部门办理', 'dutyMismatch'],
  ['非职责', '该路段不在本街道管辖范围', 'otherArea'],
  ['非职责', '诉求地址位于望溪县，不在我区', 'otherArea'],
  ['非职责', '属地在北屏区，请按属地管理转办', 'otherArea'],
  ['非职责', '涉及规划调整，需上级主管部门审批', 'beyondAuthority'],
  ['非职责', '我单位没有行政处罚权，无权处理', 'beyondAuthority'],
  ['非职责', '政策制定权限在省级', 'beyondAuthority'],
  ['内容不清', '未写明具体楼号，无法到场核实', 'unclear'],
  ['内容不清', '来电人未说明哪条路', 'unclear'],
  ['内容不清', '联系不上诉求人，诉求信息不全', 'unclear'],
  [null, '诉求描述过于简单，请补充具体位置', 'unclear'],
  ['已处理', '上周已到现场修复并回访', 'handledBefore'],
  ['已处理', '与此前工单重复，已答复', 'handledBefore'],
  [null, '同一问题已于上月办结', 'handledBefore'],
  [null, '请改派燃气公司', 'dutyMismatch'],
]

/** Written afterwards and not used to change a rule. */
export const heldOutExamples: readonly CauseExample[] = [
  ['非职责', '公交站台由公交集团养护，建议转公交集团', 'dutyMismatch'],
  ['非职责', '校外培训机构由教育局主管', 'dutyMismatch'],
  ['非职责', '拖欠工资问题应由人社部门处理', 'dutyMismatch'],
  ['非职责', '我局不负责河道保洁', 'dutyMismatch'],
  ['非职责', '油烟扰民属生态环境部门职责', 'dutyMismatch'],
  ['非职责', '经核，非我办职能', 'dutyMismatch'],
  ['非职责', '停车收费由发改部门定价', 'dutyMismatch'],
  [null, '此件应派交警支队', 'dutyMismatch'],
  ['非职责', '权属单位为供电公司，请供电公司办理', 'dutyMismatch'],
  ['非职责', '该小区已划入高新区，不在我区辖区内', 'otherArea'],
  ['非职责', '地点在外地，不属本市', 'otherArea'],
  ['非职责', '事发地属澜湾街道，不属本街道地界', 'otherArea'],
  [null, '该企业注册地和经营地都在望溪县', 'otherArea'],
  ['非职责', '超出本科室审批权限', 'beyondAuthority'],
  ['非职责', '社区无执法权，无法处罚', 'beyondAuthority'],
  ['非职责', '需报市政府决定，我单位无权答复', 'beyondAuthority'],
  [null, '涉及国家政策，区级没有权限调整', 'beyondAuthority'],
  ['内容不清', '没有门牌号，找不到位置', 'unclear'],
  ['内容不清', '诉求人姓名电话有误', 'unclear'],
  [null, '工单内容含糊，不清楚要求解决什么', 'unclear'],
  [null, '地址不详，请核实后再派', 'unclear'],
  ['内容不清', '照片打不开，看不出问题', 'unclear'],
  ['已处理', '井盖已更换', 'handledBefore'],
  ['已处理', '此前已书面答复信访人', 'handledBefore'],
  [null, '该诉求已由我局办理完毕，属重复派单', 'handledBefore'],
  [null, '上次工单已处理并经诉求人确认', 'handledBefore'],
  ['非职责', '绿化带归园林部门养护', 'dutyMismatch'],
  ['非职责', '属于住建部门主管范围', 'dutyMismatch'],
  [null, '不是我们管的', 'dutyMismatch'],
  ['其他', '诉求人要求暂缓办理', 'other'],
]
