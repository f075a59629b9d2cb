// Parameters of calling out.
import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const contactLimit = defineSetting({ key: 'callback.contactLimit', label: '同一诉求人回访次数上限', help: '每若干天最多接通几次；策略可另定', schema: z.object({ contacts: z.number().int().min(1).max(10), days: z.number().int().min(1).max(90) }), fallback: { contacts: 1, days: 1 }, scope: 'tenant' })
export const robotOn = defineSetting({ key: 'callback.robot.on', label: '启用机器人回访', help: '启用后由平台按“机器人回访”语音流程自动拨打；回访方式的次序决定哪些工单用机器人', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const robotFlow = defineSetting({ key: 'callback.robot.flow', label: '机器人回访使用的语音流程（编码）', schema: z.string().trim().min(1).max(40), fallback: 'callback-robot', scope: 'tenant' })
export const robotAfter = defineSetting({ key: 'callback.robot.afterNotReached', label: '机器人多次未接通后', help: 'giveUp 放弃并单独统计，不计为满意；person 转人工', schema: z.enum(['giveUp', 'person']), fallback: 'giveUp' as const, scope: 'tenant' })

export const outboundSettings = [contactLimit, robotOn, robotFlow, robotAfter]
