// Chinese names of the codes of telephony.

export const callStateNames: Record<string, string> = {
  arriving: '呼入', ivr: '语音导航', queued: '排队', ringing: '振铃', dialling: '呼叫中', talking: '通话', held: '保持', parked: '驻留', survey: '评价', voicemail: '留言', ended: '已结束',
}
export const endCauseNames: Record<string, string> = {
  normal: '正常结束', abandonedInIvr: '导航中挂断', abandonedInQueue: '排队中挂断', abandonedRinging: '振铃中挂断', noAnswer: '无人接听', busy: '占线', refused: '拒接', invalidNumber: '空号或错号', intercepted: '被拦截', overflowed: '溢出', queueCallback: '排队回拨',
  voicemail: '留言', trunkFailure: '中继故障', engineFailure: '话务引擎故障', forced: '强制拆线', cancelled: '已取消', lostSeat: '座席失联',
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
  alreadyParked: '通话已驻留', emptySlot: '该驻留位没有通话', nothingRinging: '没有正在振铃的通话', noConsult: '没有咨询中的通话', noTransfer: '没有可接回的转接', own: '不能介入自己的通话', inCall: '通话中不能这样操作', notSupported: '话务引擎不支持该操作', malformed: '内容格式不正确',
}
/** Findings of the check of a flow; what is not named here shows the exchange's own words. */
export const findingNames: Record<string, string> = {
  noStart: '没有起点', unknownStart: '起点不存在', unknownNode: '连线指向不存在的节点', unreachable: '到不了的节点', deadEnd: '走不出去的节点', endlessLoop: '没有出口的循环', unknownQueue: '队列不存在', unknownFlow: '流程不存在', unknownPrompt: '语音不存在', unreleasedPrompt: '语音还没有发布',
  unknownCalendar: '日历不存在', unknownBox: '留言信箱不存在', noPerson: '没有指定人工服务节点', tooDeep: '菜单层数超过上限', noChoices: '菜单没有选项', unknownVariable: '变量没有赋值',
}

const reasonNames: Record<string, string> = {
  signIn: '刚签入', breakOver: '小休到时', deskLost: '页面断开', engineFailure: '话务引擎故障', forced: '值班长置忙', lostSeat: '座席失联', missedRings: '连续未接', noMicrophone: '麦克风不可用', ringFailed: '振铃未送达', busy: '手动',
}
/** Reasons that the exchange gives are codes; those that people choose are words already. */
export const reasonText = (reason: string | null): string | null => (reason === null ? null : (reasonNames[reason] ?? reason))
