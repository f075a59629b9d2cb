// Words of 网络电话.
import { defineTexts } from '../../kit/texts.ts'

export const t = defineTexts({
  title: '网络电话', intro: '用浏览器拨打 {number}，不需要电话机。请戴耳机，声音更清楚，也不会有回声。', notOpen: '网络电话没有开通', notOpenText: '请直接拨打热线电话，或在网上提交诉求。', closed: '话务系统暂时不能接听', closedText: '请稍后再试，或直接拨打热线电话。', dialHotline: '拨打 {number}', submit: '网上提交诉求',
  signIn: '先登录', signInText: '用验证过的手机号拨打，工作人员才能联系到您。', trialNumber: '用哪个号码体验', trialHelp: '示范环境可以填任意手机号；正式使用时为登录验证过的手机号', trialWrong: '请填写 11 位手机号', from: '您的号码', source: '用什么说话', microphone: '麦克风', sample: '播放示例语句', sampleHelp: '没有麦克风也可以体验：循环播放一段诉求录音',
  call: '拨打 {number}', connecting: '正在接通', hangUp: '挂断', mute: '静音', unmute: '取消静音', muted: '已静音，对方听不到您', keypad: '按键', key: '按 {key}', again: '再次拨打', ended: '通话已结束', endedText: '登记的诉求可以在“我的诉求”里查看进度。', mine: '我的诉求', talked: '通话 {time}',
  'state.arriving': '正在接通', 'state.ivr': '语音导航，请听提示按键', 'state.queued': '正在排队，请稍候', 'state.ringing': '正在呼叫工作人员', 'state.dialling': '正在呼叫', 'state.talking': '通话中', 'state.held': '工作人员请您稍候', 'state.parked': '工作人员请您稍候', 'state.survey': '请为本次服务评价', 'state.voicemail': '请留言', 'state.ended': '已结束',
  'fault.insecure': '需要 HTTPS：浏览器只在加密连接下允许使用麦克风，请用 https:// 开头的网址打开', 'fault.unsupported': '这个浏览器不支持网络电话，请换用新版的 Chrome、Edge、Firefox 或 Safari', 'fault.denied': '没有麦克风权限：请点地址栏左侧的图标，允许使用麦克风后再拨打', 'fault.missing': '没有找到麦克风，请插好耳机或改用“播放示例语句”', 'fault.lost': '连接中断，通话已结束', 'fault.refused': '电话没有接通，请稍后再试', 'fault.busy': '这个号码正在通话中',
} as const)
