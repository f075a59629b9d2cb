// Texts of the chat desk.
import { defineTexts } from '../../ui/texts.ts'

const zh = {
  desk: '在线会话', onDuty: '上岗', offDuty: '离岗', dutyHelp: '上岗后自动分配排队的会话；离岗后不再分配新会话，手上的会话可以继续',
  held: '会话 {n}/{max}', unread: '未读 {n}', queueN: '排队 {n}', leftN: '留言 {n}',
  list: '会话列表', mine: '我的会话', queue: '排队', take: '接入', takeNext: '接入下一位', promises: '承诺答复', overdue: '已超期', due: '{at} 前', noneMine: '现在没有会话', noneMineHint: '上岗后，排队的会话会自动分给您', noneMineOff: '您还没有上岗',
  waitedSeconds: '等待 {n} 秒', waitedMinutes: '等待 {n} 分钟', transferred: '转接 {n} 次', registeredN: '已登记 {n}',
  talk: '对话', choose: '选择一个会话', somebody: '诉求人', me: '我', agentOf: '客服 {name}', systemLine: '系统', hidden: '已屏蔽：{why}', internal: '转接说明，诉求人看不到', sending: '发送中', failed: '没有发出：{why}', again: '重发', drop: '删除',
  write: '输入回复', writeHolder: '输入回复，Enter 发送，Shift Enter 换行', send: '发送', attach: '发送图片或文件', faces: '表情', tooLarge: '“{name}”超过 {n} MB', wrongType: '“{name}”的类型不能发送',
  end: '结束会话', endTitle: '结束与{name}的会话？', endText: '诉求人会收到评价邀请。结束后仍可从会话记录登记工单。', ended: '会话已结束', endedBy: '{at} 结束',
  transfer: '转接', transferTo: '转给', toQueue: '放回排队最前', transferNote: '转接说明', transferNoteHelp: '只有接手的同事看得到', colleagueLoad: '{name}（{n} 个会话）', transferDone: '已转接',
  promise: '承诺答复', promiseText: '承诺什么', promiseHelp: '诉求人会看到承诺和期限，到期前请答复', promiseDone: '已记录承诺', keep: '答复承诺', keepText: '答复内容', kept: '已答复',
  hide: '屏蔽', hideTitle: '屏蔽这条消息', reason: '原因', hideDone: '诉求人和记录中不再显示', bar: '限制使用', barTitle: '结束会话并限制在线客服', barHours: '限制多久（小时）', barDone: '已结束并限制', barHelp: '热线电话和提交诉求不受限制',
  'reason.abuse': '辱骂、威胁', 'reason.flood': '反复刷屏', 'reason.ad': '广告', 'reason.private': '泄露他人信息',
  aside: '诉求人与登记', 'tab.order': '登记工单', 'tab.person': '诉求人', 'tab.canned': '快捷回复', real: '已实名', notReal: '未实名', noName: '未留姓名', mobile: '手机号', address: '地址', barred: '限制至 {at}', rating: '评价', stars: '{n} 星',
  thisChat: '本次会话登记的工单', earlierOrders: '以往工单', noOrders: '没有以往工单', earlierChats: '以往会话', noChats: '没有以往会话', noTopic: '没有主题',
  registered: '已登记 {number}', register: '登记工单', takeOver: '带入对话内容', takeOverHelp: '把诉求人说的话填进“诉求内容”', appealType: '诉求类型', orderTitle: '标题', content: '诉求内容', matter: '诉求事项', area: '发生区域', orderAddress: '地址', urgency: '紧急程度', person: '诉求人姓名', sex: '性别', male: '男', female: '女', confidential: '保密', manner: '回访方式', mannerCall: '电话', mannerSms: '短信', mannerNone: '不回访', remarks: '备注', filesToo: '诉求人发来的图片和文件会一并带入工单',
  canned: '快捷回复', cannedOwn: '个人', cannedShared: '公共', cannedAdd: '新增', cannedTitle: '名称', cannedText: '内容', cannedIsShared: '公共回复，所有客服可用', cannedNone: '还没有快捷回复', edit: '修改', remove: '删除', removeTitle: '删除快捷回复“{title}”？', sort: '排序', save: '保存',
  'key.next': '下一个会话', 'key.previous': '上一个会话', 'key.write': '到输入框', 'key.end': '结束会话',
  left: '留言', leftOpen: '待处理', leftDone: '已处理', leftEmpty: '没有待处理的留言', leftNone: '没有处理过的留言', takeLeft: '提取下一条', takeThis: '提取这条', takenBy: '{name} 处理中', answer: '回复', reply: '回复内容', replyHelp: '发到诉求人的消息中心', answered: '已回复', leftOrder: '登记工单', leftState: '状态', 'state.waiting': '待处理', 'state.taken': '处理中', 'state.answered': '已答复', 'state.registered': '已登记',
  call: '音视频通话', callAudio: '语音', callVideo: '视频', callWaiting: '等待诉求人同意…', callNowAudio: '语音通话中', callNowVideo: '视频通话中', callNotRecorded: '不录音录像，要点请写在会话里', callOther: '另一个会话正在通话', callEnd: '挂断', mute: '静音', unmute: '取消静音', callBusy: '正在通话，请先挂断', callNoMedia: '没有得到麦克风或摄像头权限', callFailed: '两端网络没有接通，请改用文字或电话', callRefused: '诉求人没有接受通话', callOver: '通话已结束', callThere: '诉求人画面', callHere: '我的画面',
  records: '会话记录', 'col.at': '开始时间', 'col.citizen': '诉求人', 'col.topic': '主题', 'col.agent': '客服', 'col.state': '状态', 'col.orders': '工单', 'col.stars': '评价', 'session.queued': '排队', 'session.open': '进行中', 'session.closed': '已结束', 'filter.mobile': '手机号', 'filter.mine': '我接待的', 'filter.unregistered': '没有登记工单的', yes: '是', backToDesk: '返回在线会话',
} as const

export const t = defineTexts(zh)
