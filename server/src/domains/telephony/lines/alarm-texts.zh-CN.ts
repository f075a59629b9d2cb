// What the exchange's alarms say to those who look after lines: what is wrong, and what it means for calls.
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { agentName } from '../calls/call-rows.ts'
import { uuidOrNull } from '../engine/store-events.ts'
import { db } from '../telephony.queries.ts'

/** Short name of the kind, for the list; the sentence; and what it says when it has passed. */
export type AlarmText = { subject: string; text: string; over: string; level: 'P2' | 'P3' }

const quality = z.object({ trouble: z.string(), agent: z.string().nullable(), lossPercent: z.number(), delayMs: z.number() })
const named = (subject: string, text: string, over = '已恢复', level: AlarmText['level'] = 'P2'): AlarmText => ({ subject, text, over, level })

export async function alarmText(ctx: Ctx, alarm: string, detail: string): Promise<AlarmText> {
  switch (alarm) {
    case 'spoolFull': return named('录音空间', '录音写不进磁盘，通话照常但没有录音，请立即清理空间', '录音已恢复')
    case 'spoolLow': return named('录音空间', `录音暂存空间不足，剩余 ${/^\d+/.exec(detail)?.[0] ?? '0'} MB，请清理`, '录音空间已恢复')
    case 'flood': return named('异常请求', `${detail} 发来的呼叫或注册请求过多，已限速，其他通话不受影响`, `${detail} 的请求已恢复正常`)
    case 'rtpPorts': return named('通话端口', '通话端口已用完，新的通话接不通，请扩大端口范围', '通话端口已恢复')
    case 'worker': return named('媒体处理', '媒体处理中断，正在重新启动，正在进行的通话已断开', '媒体处理已重新启动')
    case 'controlFault': return named('话务控制', '话务控制处理一项操作时出错，已跳过并记入日志')
    case 'draining': return named('停接来电', `交换机正在等通话结束以便升级，不再接新来电，开始时有 ${detail} 通`, '交换机恢复接听新来电')
    case 'promptMissing': return missingPrompt(ctx, detail)
    case 'mediaLost': return named('通话无声', `${await whose(ctx, detail)}超过 30 秒没有声音传来`, '声音已恢复', 'P3')
    case 'callQuality': return badCall(ctx, detail)
    default: return named('话务告警', detail === '' ? alarm : `${alarm}：${detail}`)
  }
}

/** `detail`: flow or queue, node, file. */
async function missingPrompt(ctx: Ctx, detail: string): Promise<AlarmText> {
  const [where = '', node = '', file = ''] = detail.split(' ')
  const id = uuidOrNull(where)
  const flow = id === null ? undefined : await db(ctx).selectFrom('telephony_flow').select(['name', 'draft']).where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  const queue = id === null || flow ? undefined : await db(ctx).selectFrom('telephony_queue').select('name').where('tenant_id', '=', ctx.tenantId).where('id', '=', id).executeTakeFirst()
  const place = flow ? `流程“${flow.name}”${node === '' ? '' : `的节点“${node}”`}` : queue ? `队列“${queue.name}”` : '来电导航'
  return named('语音文件', `${place}有语音缺失或播放失败${file === '' ? '' : `（${file.slice(0, 16)}）`}，已跳过`)
}

async function badCall(ctx: Ctx, detail: string): Promise<AlarmText> {
  const read = quality.safeParse(parsed(detail))
  if (!read.success) return named('通话质量', '通话质量差', '已恢复', 'P3')
  const { trouble, agent, lossPercent, delayMs } = read.data
  return named('通话质量', `${agent ? await whose(ctx, agent) : '一通电话'}${trouble === 'delay' ? `延迟 ${delayMs} 毫秒` : `丢包 ${lossPercent}%`}，请检查座席网络和线路`, '已恢复', 'P3')
}

/** An agent or a line by its id. */
async function whose(ctx: Ctx, id: string): Promise<string> {
  const uuid = uuidOrNull(id)
  if (uuid === null) return '一通电话'
  const trunk = await db(ctx).selectFrom('telephony_trunk').select('name').where('tenant_id', '=', ctx.tenantId).where('id', '=', uuid).executeTakeFirst()
  return trunk ? `线路“${trunk.name}”的来电` : `座席${await agentName(ctx, uuid)}的通话`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Why a recording failed, as the exchange's own words tell it. */
export const recordingFailure = (reason: string): string => (/ENOSPC|EDQUOT/.test(reason) ? '磁盘空间已满' : /EACCES|EROFS|EPERM|EISDIR|ENOTDIR|ENOENT/.test(reason) ? '录音目录不可写' : reason === 'lost' ? '中断时未写入磁盘' : reason)

const trunkReasons: [RegExp, (found: RegExpExecArray) => string][] = [
  [/^TLS needs a certificate/, () => '本平台没有证书：用 TLS 的中继要先配置 TLS_CERT 和 TLS_KEY'], [/^the name has no address$/, () => '地址解析不到，请检查中继的地址'],
  [/^no answer to OPTIONS$/, () => '对端不回应探测（OPTIONS）：检查地址、端口、防火墙，或请运营商开放'], [/^no answer to REGISTER$/, () => '对端不回应注册：检查地址、端口和防火墙'],
  [/^registration refused with (\d+)/, ([, status]) => `注册被拒绝（${status}）${status === '401' || status === '403' ? '：检查用户名和密码' : ''}`], [/^answered (\d+)/, ([, status]) => (Number(status) < 300 ? '探测有回应' : `对端回应 ${status}`)], [/^registered$/, () => '已注册'], [/^not probed$/, () => '未探测'],
]

/** Why a trunk is up or down, as the exchange's own words tell it; what another engine says stays as it is. */
export function trunkReason(reason: string | null): string | null {
  if (!reason) return null
  for (const [words, text] of trunkReasons) {
    const found = words.exec(reason)
    if (found) return text(found)
  }
  return reason
}

/** Prompts whose sounds the storage has lost. */
export const lostPrompts = (names: readonly string[]): { subject: string; text: string } => ({ subject: '提示音', text: `语音文件丢失，播放时为静音：${names.join('、')}。请重新上传` })
