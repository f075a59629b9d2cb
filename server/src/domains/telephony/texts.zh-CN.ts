// Chinese names of the codes of telephony.

export const callStateNames: Record<string, string> = {
  arriving: '呼入', ivr: '语音导航', queued: '排队', ringing: '振铃', dialling: '呼叫中', talking: '通话', held: '保持', parked: '驻留', survey: '评价', voicemail: '留言', ended: '已结束',
}
export const endCauseNames: Record<string, string> = {
  normal: '正常结束', abandonedInIvr: '导航中挂断', abandonedInQueue: '排队中挂断', abandonedRinging: '振铃中挂断', noAnswer: '无人接听', busy: '占线', refused: '拒接', invalidNumber: '空号或错号', intercepted: '被拦截', overflowed: '溢出', queueCallback: '排队回拨',
  voicemail: '留言', trunkFailure: '中继故障', engineFailure: '话务引擎故障', lostSound: '声音中断', forced: '强制拆线', cancelled: '已取消', lostSeat: '座席失联',
}
export const directionNames: Record<string, string> = { inbound: '呼入', outbound: '呼出', internal: '内部' }
export const agentStateNames: Record<string, string> = {
  signedOut: '签出', ready: '示闲', reserved: '即将来电', ringing: '振铃', dialling: '呼叫中', talking: '通话中', wrapUp: '整理', busy: '示忙', break: '小休', away: '离席', forcedBusy: '强制置忙', abnormal: '异常',
}
export const classNames: Record<string, string> = { emergency: '应急', white: '白名单', special: '特殊群体', enterprise: '企业', ordinary: '普通' }
export const partyNames: Record<string, string> = { outside: '诉求人', agent: '座席', third: '第三方', monitor: '值班长' }
export const hungUpNames: Record<string, string> = { caller: '诉求人', agent: '座席', third: '第三方', exchange: '系统', media: '线路' }
export const interventionNames: Record<string, string> = { listen: '监听', whisper: '耳语', bargeIn: '插话', forceIn: '强插', takeOver: '接管', forceOut: '强拆', stopIntervention: '退出', forceBusy: '强制置忙', releaseForced: '解除强制', forceSignOut: '强制签出' }

/** Why the exchange refused. */
export const refusalNames: Record<string, string> = {
  callEnded: '通话已结束', notYourCall: '不是您的通话', wrongState: '当前状态不能这样操作', barred: '号码已被禁拨', noFunction: '没有该项话务权限', unknownQueue: '队列不存在', unknownAgent: '座席不存在', agentNotReady: '对方座席不空闲', noMicrophone: '没有可用的麦克风',
  locked: '座席已被锁定', signedInElsewhere: '已在别处签入', missingFiles: '缺少语音文件', notSignedIn: '座席未签入', busy: '对方占线', noTrunk: '没有可用的线路', unknownNumber: '号码不存在', notForYou: '不能介入该通话', badNumber: '号码格式不正确', unknownExtension: '分机不存在', unknownFlow: '流程不存在',
  alreadyParked: '通话已驻留', emptySlot: '该驻留位没有通话', nothingRinging: '没有正在振铃的通话', noConsult: '没有咨询中的通话', noTransfer: '没有可接回的转接', own: '不能介入自己的通话', inCall: '通话中不能这样操作', notSupported: '话务引擎不支持该操作', malformed: '内容格式不正确', draining: '交换机正在等通话结束以便升级，暂不接打新电话',
}
/** Findings of the check of a flow, by the exchange's codes: what is wrong, and what to do. */
export const findingNames: Record<string, string> = {
  noStart: '没有起点：选中第一个节点，点“设为起点”', unknownNode: '下一步指向已删除的节点，请重新选择', unreachable: '没有路径能走到这里：从别的节点连过来，或删除', unknownQueue: '请选择队列', unknownFlow: '请选择流程', unknownPrompt: '语音不存在或还没有发布，请到“语音”页发布', unknownCalendar: '请选择日历；队列的日历要先在队列页设开放时间',
  unknownBox: '请选择留言队列；该队列要先在队列页勾选“提供语音留言”', noPerson: '没有指定人工服务：选中一个排队节点，点“设为人工服务”（按 0 和多次不按键时转到这里）', noChoice: '菜单没有按键，请添加按键', loopWithoutExit: '来电人会在这里绕圈出不去：请接到排队、留言或结束', menuTooDeep: '按键菜单超过三层，请减少层级', minOverMax: '最小值大于最大值',
  readOnlyVariable: '这个变量由系统给出，不能改写，请换一个名称', hostNotAllowed: '该地址不在允许的外部系统名单内', secretInPath: '保密的内容不能放在地址里',
}
/** Fields of nodes as the editor calls them; a finding says what is missing by these. */
const fieldNames: Record<string, string> = {
  say: '播报内容', next: '下一步', choices: '按键', none: '无输入时', queue: '队列', full: '队列已满时', noAgents: '没有座席时', timeout: '等待超时后', timeoutSeconds: '最长等待', calendar: '日历', open: '开放时', closed: '关闭时', holiday: '节假日', lists: '名单', branches: '条件', otherwise: '其他', values: '赋值', variable: '存入变量', min: '最少位数', max: '最多位数', box: '留言队列', maxSeconds: '最长秒数',
  declined: '不需要时', to: '转到', ringSeconds: '振铃秒数', failed: '失败时', template: '短信内容', key: '评价项', from: '最低分', flow: '流程', url: '地址', unavailable: '不可用时', name: '名称', start: '起点', tries: '播报次数',
}
const ways = new Set(['next', 'none', 'full', 'noAgents', 'timeout', 'open', 'closed', 'holiday', 'otherwise', 'declined', 'failed', 'unavailable'])

/** What is missing at a path of a node, as a request. */
export function missingText(path: string): string {
  const last = path.split('.').at(-1) ?? ''
  return ways.has(last) ? `请选择“${fieldText(path)}”去哪里` : `请填写${fieldText(path)}`
}

/** `choices.1.next` → 按键 1 的下一步. */
export function fieldText(path: string): string {
  const [first = '', second, third] = path.split('.')
  const name = fieldNames[first] ?? first
  if (second === undefined) return name || '起点'
  const place = /^\d+$/.test(second) && first !== 'choices' ? String(Number(second) + 1) : second
  return `${name} ${place}${third === undefined ? '' : ` 的${fieldNames[third] ?? '内容'}`}`
}

const reasonNames: Record<string, string> = {
  signIn: '刚签入', breakOver: '小休到时', deskLost: '页面断开', engineFailure: '话务引擎故障', forced: '值班长置忙', lostSeat: '座席失联', missedRings: '连续未接', noMicrophone: '麦克风不可用', ringFailed: '振铃未送达', busy: '手动',
}
/** Reasons that the exchange gives are codes; those that people choose are words already. */
export const reasonText = (reason: string | null): string | null => (reason === null ? null : (reasonNames[reason] ?? reason))
