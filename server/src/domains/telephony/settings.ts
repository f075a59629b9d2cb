// Parameters of the telephone (telephony.md Settings).
import { isIP } from 'node:net'
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '请填写如 09:00 的时间')
const tenant = 'tenant' as const

/** An address, or one with the length of its network: `10.1.0.0/16`, `fd00::/8`. */
export function isNetwork(text: string): boolean {
  const [net = '', bits, more] = text.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(net)] ?? -1
  return more === undefined && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
}

export const noInputPrompts = defineSetting({ key: 'ivr.noInputPrompts', label: '无按键时的播报次数', help: '播报达到次数后转人工', schema: z.number().int().min(1).max(9), fallback: 3, scope: tenant })
export const noInputInterval = defineSetting({ key: 'ivr.noInputInterval', label: '等待按键的时间（秒）', schema: z.number().int().min(2).max(60), fallback: 10, scope: tenant })
export const personKey = defineSetting({ key: 'ivr.personKey', label: '人工服务键', schema: z.string().regex(/^[0-9*#]$/), fallback: '0', scope: tenant })
export const backKey = defineSetting({ key: 'ivr.backKey', label: '返回上一级键', schema: z.string().regex(/^[0-9*#]$/), fallback: '*', scope: tenant })
export const priorityClasses = defineSetting({
  key: 'priority.classes', label: '来电等级及先后', help: '前面的先接；应急类不受名单拦截', scope: tenant,
  schema: z.array(z.object({ code: z.string().min(1).max(30), name: z.string().min(1).max(20) })).min(1).max(12),
  fallback: [{ code: 'emergency', name: '应急' }, { code: 'white', name: '白名单' }, { code: 'special', name: '特殊群体' }, { code: 'enterprise', name: '企业' }, { code: 'ordinary', name: '普通' }],
})
export const emergencyNumbers = defineSetting({ key: 'priority.emergencyNumbers', label: '应急单位号码', help: '从这些号码打来的电话按应急等级接听', schema: z.array(z.string().regex(/^\+?\d{3,15}$/)).max(200), fallback: ['110', '119', '120', '122'], scope: tenant })
export const serviceLevel = defineSetting({ key: 'serviceLevel', label: '服务水平目标', schema: z.object({ seconds: z.number().int().min(1).max(600), share: z.number().min(1).max(100) }), fallback: { seconds: 15, share: 95 }, scope: tenant })
export const ringTimeout = defineSetting({ key: 'queue.ringTimeout', label: '振铃时间（秒）', help: '未接则转给下一位座席', schema: z.number().int().min(5).max(120), fallback: 20, scope: tenant })
export const queueColours = defineSetting({ key: 'queue.colours', label: '排队等待提示（秒）', help: '超过为黄、红', schema: z.object({ yellow: z.number().int().min(1), red: z.number().int().min(2) }), fallback: { yellow: 60, red: 120 }, scope: tenant })
export const callbackAfter = defineSetting({ key: 'queue.callbackAfter', label: '等待多久后提供排队回拨（分钟）', schema: z.number().min(0).max(120), fallback: 5, scope: tenant })
export const wrapUpSeconds = defineSetting({ key: 'agent.wrapUp', label: '整理时间上限（秒）', help: '表单提交或暂存即结束；0 为挂断后直接示闲', schema: z.number().int().min(0).max(1800), fallback: 60, scope: tenant })
export const breakLengths = defineSetting({ key: 'agent.breakLengths', label: '小休时长（分钟）', schema: z.array(z.number().int().min(1).max(240)).min(1).max(8), fallback: [10, 20], scope: tenant })
export const busyReasons = defineSetting({ key: 'agent.busyReasons', label: '示忙原因', schema: z.array(z.string().min(1).max(20)).min(1).max(20), fallback: ['整理工单', '请示值班长', '培训学习', '系统故障', '其他'], scope: tenant })
export const autoAnswerDelay = defineSetting({ key: 'agent.autoAnswerDelay', label: '自动接听延迟（秒）', schema: z.number().min(0).max(10), fallback: 2, scope: tenant })
export const secondLogin = defineSetting({ key: 'agent.secondLogin', label: '同一座席在别处签入', schema: z.enum(['refuse', 'takeOver']), fallback: 'refuse' as const, scope: tenant })
export const missedRings = defineSetting({ key: 'agent.missedRings', label: '连续未接几次后置忙', schema: z.number().int().min(1).max(10), fallback: 2, scope: tenant })
export const dailyLimit = defineSetting({ key: 'agent.dailyLimit', label: '每日接听上限（通）', help: '超过后排在其他座席之后', schema: z.number().int().min(1).max(1000), fallback: 80, scope: tenant })
export const skillMatch = defineSetting({ key: 'skill.match', label: '技能匹配的最低比例（%）', help: '来电需要的标签中座席须具备的比例', schema: z.number().int().min(1).max(100), fallback: 80, scope: tenant })
export const elderlyAge = defineSetting({ key: 'elderly.age', label: '老年人的年龄', help: '登记了证件号的来电人达到该年龄时优先接入、放慢语速；标签“非老年人”的除外', schema: z.number().int().min(50).max(100), fallback: 60, scope: tenant })
export const elderlySpeed = defineSetting({ key: 'elderly.speed', label: '对老年人的语速（%）', help: '−30 为慢三成', schema: z.number().int().min(-50).max(0), fallback: -30, scope: tenant })
export const muteCountdown = defineSetting({ key: 'mute.countdown', label: '静音倒计时（秒）', schema: z.number().int().min(5).max(600), fallback: 30, scope: tenant })
export const holdPrompt = defineSetting({ key: 'hold.prompt', label: '保持多久后提示转接（秒）', schema: z.number().int().min(10).max(900), fallback: 90, scope: tenant })
export const seatLostAfter = defineSetting({ key: 'seat.lostAfter', label: '座席失联多久后释放通话（秒）', schema: z.number().int().min(20).max(900), fallback: 180, scope: tenant })
export const bargeAnnounce = defineSetting({ key: 'barge.announce', label: '插话时告知诉求人', schema: z.boolean(), fallback: true, scope: tenant })
/** Sign-in is refused outside the hours of a role; roles that are not named may always sign in. */
export const seatHours = defineSetting({
  key: 'seat.hours', label: '岗位工作时段', help: '按角色编码填写，未列出的角色不受限制；跨零点时结束早于开始', scope: tenant,
  schema: z.record(z.string(), z.array(z.object({ days: z.array(z.number().int().min(1).max(7)).min(1), from: time, to: time })).min(1)), fallback: {},
})
/** Whoever signs in from elsewhere sits at a remote seat (TEL-35). */
export const seatNetworks = defineSetting({ key: 'seat.networks', label: '坐席所在网段', help: '如 10.1.0.0/16；从这些网段之外签入须先开通远程坐席，不填则不区分', schema: z.array(z.string().max(50).refine(isNetwork, '请填写如 10.1.0.0/16 的网段')).max(100), fallback: [], scope: tenant })
export const blacklistCalls = defineSetting({ key: 'blacklist.calls', label: '一小时内来电超过几次成为名单候选', schema: z.number().int().min(2).max(1000), fallback: 10, scope: tenant })
export const listApprovals = defineSetting({ key: 'list.approvals', label: '号码名单的审批人数', help: '0 为不审批、立即生效；2 为业务负责人和合规先后审批，不能是同一人', schema: z.object({ black: z.number().int().min(0).max(2), red: z.number().int().min(0).max(2), white: z.number().int().min(0).max(2) }), fallback: { black: 2, red: 2, white: 1 }, scope: tenant })
export const recordingDays = defineSetting({ key: 'retention.recording', label: '录音保存天数', schema: z.number().int().min(1).max(36500), fallback: 1095, scope: tenant })
export const batchDownload = defineSetting({ key: 'recording.batchDownload', label: '一次最多下载的录音数', schema: z.number().int().min(1).max(500), fallback: 50, scope: tenant })
export const capacityWarning = defineSetting({ key: 'recording.capacityWarning', label: '录音存储占用告警（%）', schema: z.number().min(10).max(99), fallback: 80, scope: tenant })
export const qualityDelay = defineSetting({ key: 'quality.delayAlarm', label: '通话延迟告警（秒）', help: '超过时工具条提示座席，并告知线路管理员，每通一次', schema: z.number().min(0.05).max(10), fallback: 1.5, scope: tenant })
export const qualityLoss = defineSetting({ key: 'quality.lossAlarm', label: '通话丢包告警（%）', schema: z.number().min(0.5).max(100), fallback: 10, scope: tenant })
export const outboundWindows = defineSetting({ key: 'outbound.windows', label: '外呼时段', help: '外呼任务只在这些时段拨打', schema: z.array(z.object({ from: time, to: time })).min(1).max(6), fallback: [{ from: '09:00', to: '12:00' }, { from: '14:30', to: '20:00' }], scope: tenant })
export const dialRetryMinutes = defineSetting({ key: 'dial.retryMinutes', label: '外呼未接通后多久再拨（分钟）', schema: z.number().int().min(1).max(2880), fallback: 60, scope: tenant })
export const dialClaimMinutes = defineSetting({ key: 'dial.claimMinutes', label: '领取的外呼任务保留多久（分钟）', schema: z.number().int().min(1).max(480), fallback: 15, scope: tenant })
export const dialSkills = defineSetting({ key: 'dial.skills', label: '外呼业务要求的技能', help: '按业务填写技能编码；未列出的业务不限', schema: z.partialRecord(z.enum(['callback', 'notice', 'survey', 'contact']), z.string().min(1).max(30)), fallback: {}, scope: tenant })
export const robotCalls = defineSetting({ key: 'robot.calls', label: '机器人同时外呼数', help: '达到后其余任务等待', schema: z.number().int().min(0).max(500), fallback: 10, scope: tenant })
export const listAudit = defineSetting({ key: 'list.audit', label: '号码名单复查', help: '每隔多少天复查一次，移除多少天没有命中的号码', schema: z.object({ everyDays: z.number().int().min(1).max(366), unusedDays: z.number().int().min(7).max(3660) }), fallback: { everyDays: 90, unusedDays: 183 }, scope: tenant })
export const repeatAction = defineSetting({ key: 'intercept.repeatAction', label: '频繁来电的处理', help: '一小时内来电超过“成为名单候选”的次数时：不处理、提示后结束、转留言、转值班长；应急和白名单不受影响，人工判定不加入名单的号码不再拦截', schema: z.enum(['none', 'end', 'voicemail', 'shiftLeader']), fallback: 'end' as const, scope: tenant })
export const announcementSkippable = defineSetting({ key: 'announcement.skippable', label: '业务公告可按键跳过', schema: z.boolean(), fallback: true, scope: tenant })
export const forecastSurge = defineSetting({ key: 'forecast.surge', label: '来电突增提醒', help: '最近几分钟的来电比往常多出该比例、且不少于该通数时提醒值班长增加座席', schema: z.object({ minutes: z.number().int().min(1).max(60), percent: z.number().int().min(5).max(1000), least: z.number().int().min(1).max(1000) }), fallback: { minutes: 10, percent: 50, least: 10 }, scope: tenant })
export const staffingRule = defineSetting({ key: 'staffing.rule', label: '排班建议', help: '座席通话与整理时间最多占上班时间的比例（%）；小休、培训、缺勤占排班的比例（%）。按服务水平目标用 Erlang C 计算', schema: z.object({ occupancy: z.number().int().min(40).max(98), shrinkage: z.number().int().min(0).max(60) }), fallback: { occupancy: 88, shrinkage: 15 }, scope: tenant })
export const transcriptKeywords = defineSetting({ key: 'transcript.keywords', label: '转写关键词', help: '通话转写里出现时标红', schema: z.array(z.string().min(1).max(20)).max(500), fallback: ['自杀', '爆炸', '起火', '漏气', '漏电', '中毒', '塌方', '报复', '集体'], scope: tenant })

export const telephonySettings = [
  noInputPrompts, noInputInterval, personKey, backKey, priorityClasses, emergencyNumbers, serviceLevel, ringTimeout, queueColours, callbackAfter, wrapUpSeconds, breakLengths, busyReasons, autoAnswerDelay, secondLogin,
  missedRings, dailyLimit, muteCountdown, holdPrompt, seatLostAfter, bargeAnnounce, seatHours, seatNetworks, blacklistCalls, listApprovals, recordingDays, batchDownload, capacityWarning, qualityDelay, qualityLoss, outboundWindows, dialRetryMinutes, dialClaimMinutes, dialSkills, robotCalls, skillMatch, elderlyAge, elderlySpeed, forecastSurge, staffingRule, listAudit, repeatAction, announcementSkippable, transcriptKeywords,
]
