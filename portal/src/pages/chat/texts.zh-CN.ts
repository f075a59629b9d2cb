// Words of the online chat.
import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '在线客服', robotTitle: '先问一问', humanTitle: '人工客服', intro: '先由智能问答回答，没解决马上转人工；客服也可以帮您登记诉求', signInIntro: '登录后开始。换手机、断网、关掉页面，都能接着聊。', topic: '您想问什么', topicHelp: '先写几句，客服接入后马上就能看到', topicHolder: '例如：老人高龄补贴怎么申请', begin: '开始咨询',
  closedTitle: '现在不能在线咨询', queued: '正在排队，前面还有 {n} 位', queuedNext: '您是下一位，马上为您接入', wait: '预计等待约 {n} 分钟', waitUnknown: '请稍候', queuedLeave: '不想等，改为留言', open: '客服正在为您服务', ended: '会话已结束', endedIdle: '较长时间没有消息，会话已自动结束',
  log: '对话内容', you: '您', agent: '客服', robot: '智能问答', system: '提示', hidden: '这条消息已被撤下', sending: '正在发送', unsent: '没有发出，联网后自动重发', refused: '没有发出：{why}', drop: '删除', lost: '连接中断，正在重新连接，您的话不会丢失',
  write: '输入消息', writeHolder: '输入消息，回车发送', send: '发送', attach: '发送图片或文件', faces: '表情', finish: '结束会话', finishAsk: '结束这次会话？', finishText: '结束后可以评价，以后随时可以重新开始。', keep: '继续聊', tooLarge: '“{name}”超过 {n} MB', registered: '已登记的诉求',
  rateTitle: '这次服务怎么样', stars: '打几颗星', rateWords: '想说的话', rateSend: '提交评价', rateThanks: '谢谢您的评价', again: '重新咨询', skip: '不评价',
  leaveTitle: '留言', leaveLabel: '您想说的事', leaveHelp: '我们按先后顺序答复，结果发到消息中心。急事请直接拨打 {number}。', leaveSend: '提交留言', leaveDone: '留言已收到，前面还有 {n} 条', leaveShort: '请把事情写清楚一些（至少 5 个字）',
  audio: '语音', video: '视频', callAsked: '客服请求与您{kind}通话', callNow: '{kind}通话中', callText: '同意后才会打开麦克风或摄像头；通话不录音录像，随时可以挂断，文字可以照常发。', callImpossible: '这个浏览器不能通话，可以继续打字或拨打热线。', callAccept: '同意', callRefuse: '不用了', callEnd: '挂断', mute: '静音', unmute: '取消静音', callNoMedia: '没有得到麦克风或摄像头权限，可以在浏览器里允许后再试，或继续打字', callFailed: '网络没有接通，可以继续打字或拨打热线', callElsewhere: '正在另一个页面通话', callThere: '客服画面', callHere: '您的画面', callSound: '正在通话，请说话',
  history: '以前的会话和留言', historyEmpty: '还没有会话', leftState: '留言', leftWaiting: '等待答复', leftAnswered: '已答复', leftRegistered: '已登记诉求 {number}', at: '{at}', back: '返回在线客服', image: '图片：{name}',
} as const)
