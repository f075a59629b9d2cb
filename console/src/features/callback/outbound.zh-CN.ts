// Texts of plans, limits of calling and the robot.
import { defineTexts } from '../../ui/texts.ts'

export const w = defineTexts({
  plans: '回访计划', newPlan: '新建计划', editPlan: '修改计划', edit: '修改', keep: '保存', saved: '计划已保存', noPlans: '还没有回访计划', noPlansHint: '计划把符合条件的工单按比例变成回访任务，由人工、机器人或短信回访；长期计划自动纳入新办结的工单。',
  robotOff: '机器人回访未启用：在“参数与字典”打开“启用机器人回访”后，机器人计划才能启动。', robotSwitch: '现在去启用', 'did.start': '已启动', 'did.pause': '已暂停，未拨的已撤回', 'did.stop': '已结束', 'did.copy': '已复制为草稿',
  stop: '结束', stopTitle: '结束“{name}”', stopText: '未开始的任务取消；本来就要回访的交给人工。', startTitle: '启动“{name}”', startVerb: '启动，回访 {n} 件',
  notStarted: '未开始', running: '进行中', finished: '已完成', reached: '已回访', notReached: '未接通', toPerson: '转人工', ratio: '抽取', ratioOf: '{n}%，种子 {seed}', ratioField: '抽取比例（%）', strategy: '外呼策略', strategyCommon: '按通用设置', period: '期间', by: '建立',
  name: '名称', aim: '目的', kind: '类别', once: '一次性', long: '长期', manner: '方式', person: '人工', robot: '机器人', sms: '短信', states: '工单状态', pendingCallback: '待回访', closed: '已办结', archived: '已归档（复核，不改变工单）', appealTypes: '诉求类型（不选为全部）', exceptTypes: '排除类型', requester: '诉求人', any: '全部', personal: '个人', enterprise: '企业', closedDays: '最近几天办结', seed: '抽取种子', seedHelp: '同一种子抽出同样的工单；不填自动生成',
  preview: '预览数量', previewed: '符合 {hits} 件（{persons} 人），抽取 {drawn} 件；本轮已回访 {calledAlready} 件、免打扰 {listed} 件不在内',
  limits: '外呼策略', strategies: '策略', newStrategy: '新建策略', strategySaved: '策略已保存', drop: '删除', dropped: '已删除', noStrategies: '没有策略，按通用设置执行', days: '星期', windows: '时段', windowsHelp: '每行一段，例如 09:00-12:00；不得宽于话务的外呼时段', contactsField: '最多接通几次', contactDays: '每几天', contacts: '{days} 天最多 {n} 次', used: '{n} 个计划使用', badWindow: '请按 09:00-12:00 的格式填写',
  doNotCall: '免打扰名单', addNumber: '加入名单', added: '已加入', phone: '号码', reason: '原因', until: '截止日期', untilHelp: '不填为长期', remove: '移出', removed: '已移出', removeTitle: '把 {phone} 移出免打扰名单', removeText: '以后的回访又可以拨打这个号码。', none: '名单是空的', forever: '长期', addedBy: '加入人', at: '时间',
  robotBoard: '机器人回访', connected: '接通', recorded: '有录音', missing: '缺录音', missingAlarm: '有 {n} 通接通的电话没有录音，请检查录音存储', stage: '进度', plan: '计划', caller: '拨打', attempts: '次数', call: '通话', outcome: '结果', problem: '问题', unit: '承办单位', number: '工单号', title: '标题', noCalls: '期内没有机器人回访', recording: '录音', hasRecording: '有', noRecording: '缺失', agentName: '坐席', onlyMissing: '只看缺录音', w1: '一', w2: '二', w3: '三', w4: '四', w5: '五', w6: '六', w7: '日',
} as const)
