// Texts of case profiles, node rules, task forces and key cases.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  none: '普通工单', byPerson: '人工标注', valuesApproved: '字段已审核', valuesReturned: '字段待更正', toFill: '待填写', fill: '填写字段', approve: '审核通过字段', return: '退回更正', set: '改专项类型', setNotice: '改标后按新类型的字段、时限和队列办理，原类型的字段值留在时间轴', kind: '专项类型', noKind: '不属于任何专项', reason: '理由', opinion: '意见', save: '保存', saved: '已保存', returned: '已退回单位更正', approved: '字段已审核通过',
  returnNotice: '退回后单位可更正字段，办理时限继续计算', approveNotice: '可直接更正后通过，更正前后的值都留在时间轴', stageNotice: '当前环节：{stage}。每次改动都留下环节、人员和前后的值',
  noMarks: '没有重点标记', topic: '重点专题', special: '上级标记', mark: '标记重点案件', marked: '已标记', cancelMark: '取消标记', markCancelled: '已取消标记', cancelledBy: '{name} 取消：{reason}', noTopics: '现在没有有效期内的重点专题',
  sorting: '专班分拣', noQueue: '您不是任何专班的成员', noQueueHint: '专班成员由值班长或业务管理员在“专班与值守”中维护', offDuty: '您现在不在“{name}”的值守班次', offDutyHint: '队列中有 {n} 件，由值守人员分拣；无人值守时到时转入普通队列', dutyUntil: '值守至 {at}',
  forces: '专班与值守', forcesHint: '无人值守 {n} 分钟后，队列中的工单转入普通队列并提醒', newForce: '新建专班', editForce: '修改专班', noForces: '还没有专班', noForcesHint: '新建专班并指定成员，专项工单即可进入它的队列', members: '成员', chooseMembers: '选择成员', noMembers: '没有成员', noMembersHint: '没有成员时工单直接进入普通队列', membersFirst: '请先指定成员', nobody: '无人值守', onDuty: '{n} 人值守', addDuty: '排班', removeDuty: '取消', noDuties: '没有排班', waiting: '队列中 {n} 件', left: '因无人值守转出 {n} 件', now: '值守中', planned: '已排班',
  code: '代码', codeHint: '小写字母开头，字母和数字', name: '名称', fallback: '转出等待时间', fallbackHint: '留空按参数', minutes: '分钟', on: '启用', off: '停用', from: '开始', to: '结束', edit: '修改', state: '状态', close: '关闭', remove: '删除',
  keyCases: '重点专题与特殊标记', topics: '重点专题', specials: '上级特殊标记', newTopic: '新建专题', editTopic: '修改专题', newSpecial: '新建标记', editSpecial: '修改标记', specialNotice: '接收上级来单时按代码贴上', offered: '有效', outOfTime: '不在有效期', validity: '有效期', markedOrders: '在标工单', platform: '上级平台', noTopicRows: '没有重点专题', noTopicRowsHint: '特殊时期（防汛、大型活动）新建专题，单位签收后即可标记', noSpecials: '标记库为空', noSpecialsHint: '登记上级平台使用的标记代码和名称',
  profiles: '专项工单类型', profilesHint: '按顺序取第一个条件符合的类型；保存即成为新版本，已登记的工单保留原版本', newProfile: '新建类型', noProfiles: '还没有专项工单类型', noProfilesHint: '新建类型，定义匹配条件、字段、队列、路由和时限', position: '顺序', shipped: '内置', match: '匹配条件', matchHint: '登记和派发前修改时判定', fields: '字段数', routes: '预设路由', limits: '时限', queue: '分拣队列', openOrders: '在办', version: '版本', onlyByHand: '只由人工标注', byHand: '允许人工标注', skipReview: '免审核，直接待派发', trial: '用近 30 天工单试运行', trialFound: '命中 {count} 件', someOrders: '符合条件的工单', unfinished: '还有内容未填完整', generalQueue: '普通队列',
  ownFields: '专项字段', ownFieldsHint: '每个字段在各环节：不可填、可填、必填', noForm: '没有绑定到“{code}”的已发布表单', formLater: '保存后，在表单设计中绑定到该类型的代码', toForms: '去表单设计', field: '字段', 'stage.no': '–', 'stage.may': '可填', 'stage.must': '必填',
  routesHint: '取第一条条件符合的路由', addRoute: '增加路由', routeName: '路由名称', auto: '自动派发', parallel: '多部门并行', leadUnit: '主办单位', assistUnits: '协办单位', parallelUnits: '并行单位', routeOpinion: '派发意见', when: '适用条件', allOfKind: '该类型全部',
  limitsHint: '取第一条条件符合的时限，代替时限规则；留空按规则', addLimit: '增加时限', limitName: '时限名称', byRule: '按规则', unitOfTime: '单位', 'limit.response': '响应', 'limit.handling': '办理', 'limit.yellowBefore': '提前预警', 'time.naturalMinutes': '分钟', 'time.naturalHours': '小时', 'time.naturalDays': '天', 'time.workingHours': '工作小时', 'time.workingDays': '工作日',
  variants: '按单位区分的办结', variantsHint: '取第一个包含该单位的；不选单位为其他全部单位', addVariant: '增加', variantName: '名称', leaderReview: '领导审核', 'leader.setting': '领导审核按参数', 'leader.always': '须领导审核', 'leader.never': '免领导审核', otherUnits: '其他全部单位', requiredFields: '办结必填字段', closing: '办结规则',
  result: '结果告知与回访', resultHint: '结果送达诉求人时附上，回访时使用', notice: '随答复告知', noticeHelp: '接在答复之后，诉求人在门户、短信和回访中都能看到', ratingItems: '专项评价项目', ratingItemsHelp: '输入后回车，回访时在三率之外询问，最多 10 项',
  'callback.owed': '办结后必须回访', 'callback.bySeat': '只由本队列成员回访', 'callback.script': '回访话术', 'callback.scriptHelp': '每行一句；不填用通用话术', 'closing.reviewValues': '中心须审核字段', 'closing.basis': '须填写处置依据', 'closing.evidence': '须上传证明材料',
  nodeRules: '环节与办理规则', nodeRulesHint: '规则只对启用以后登记的工单生效，在办工单保留原版本', newRule: '新建规则', node: '环节', allNodes: '全部环节', processOf: '{node}环节可做的操作', noRules: '没有符合的规则', noRulesHint: '换一个环节，或新建规则', everyOrder: '全部工单', effect: '内容', changed: '最近修改', turnedOn: '已启用，以后登记的工单按此办理', turnedOff: '已停用，在办工单保留原规则', ruleSaved: '规则已保存',
  'effect.forbid': '禁止{acts}', 'effect.demand': '须填{fields}', 'effect.exit': '须满足：{words}', 'effect.permission': '限“{name}”', 'effect.limit': '时限 {limit}', 'effect.push': '{after}告知{to}', keepsVersion: '保存后以后登记的工单按新版本，在办工单不变', acts: '操作', actsHint: '至少保留一个去向，否则不能启用', forbid: '不允许的操作', forbidNone: '不限制', permission: '限定岗位', permissionNone: '不限定', leaving: '离开环节前', leavingHint: '办结该环节的操作前检查', demand: '必填内容', demandNone: '无', exit: '放行条件', exitNone: '无', reasonShown: '拒绝时的说明', nodeLimit: '环节时限', nodeLimitHint: '代替一般时限', push: '状态推送', addPush: '增加推送', pushAfter: '何时', pushTo: '告知', pushText: '内容', versions: '生效版本', noVersions: '还没有启用过', inForce: '生效中',
  lines: '归并热线', linesHint: '并入方式决定来电响在哪里、打开谁的表单、量算给谁；改方式后，以前的仍按旧方式计', newLine: '登记热线', noLines: '没有归并热线', noLinesHint: '并入本中心的热线在此登记', lineCode: '代码', lineName: '名称', lineNumber: '号码', lineMode: '并入方式', lineUnit: '负责单位', lineForm: '线路表单', lineSkill: '技能组', lineConnector: '对接系统', lineStart: '启用日期',
  'mode.full': '整体并入', 'mode.parallel': '双号并行', 'mode.subCentre': '分中心', lineModeHint: '整体并入：来电与本中心号码响在同一处；双号并行：保留原号码，响在该号码设置的流程或队列，来电打开线路表单；分中心：由负责单位以原号码接听，量算给该单位', formOwn: '线路表单', formCommon: '通用表单', modeBefore: '{time} 前{name}', volumes: '话务与工单量', noVolumes: '所选日期没有数据', countedBy: '算给', lineCalls: '来电', lineOrders: '工单',
} as const

export const t = defineTexts(zh)

/** With the server's own placeholders, which are no parameters here. */
export const pushHint = '可用占位 {工单号} {标题}；写给诉求人的内容请用公开的说法'
export const pushPlace = '如：工单{工单号}已签收'
