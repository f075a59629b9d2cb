// Parameters of callbacks (callback.md Settings). Attempts are `contact.maxAttempts` of orders.
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'
import { specialCauses } from './callback.ts'

export type Grade = { code: string; name: string; satisfied: 'yes' | 'no' }

const always: (typeof specialCauses)[number][] = ['urgent', 'enterprise', 'dissatisfiedBefore']
const grades: Grade[] = [{ code: 'satisfied', name: '满意', satisfied: 'yes' }, { code: 'basicallySatisfied', name: '基本满意', satisfied: 'yes' }, { code: 'dissatisfied', name: '不满意', satisfied: 'no' }]
const time = /^([01]\d|2[0-3]):[0-5]\d$/

export const callbackShare = defineSetting({ key: 'callback.share', label: '愿意接受回访的工单抽取比例（%）', schema: z.number().min(0).max(100), fallback: 100, scope: 'tenant' })
export const callbackAlways = defineSetting({ key: 'callback.always', label: '必须回访的工单', schema: z.array(z.enum(specialCauses)), fallback: always, scope: 'tenant' })
export const claimMinutes = defineSetting({ key: 'callback.claimLock', label: '领取回访任务后独占时间（分钟）', schema: z.number().int().min(1).max(600), fallback: 30, scope: 'tenant' })
export const retryHours = defineSetting({ key: 'callback.retryInterval', label: '未接通后再次回访的间隔（小时）', schema: z.number().min(0).max(240), fallback: 4, scope: 'tenant' })
export const statementHidden = defineSetting({ key: 'callback.unitStatementHidden', label: '登记回访结果前不显示单位自填的三率', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const callingWindow = defineSetting({
  key: 'callback.window', label: '回访时段', help: '不在时段内不能拨打；设了外呼策略的回访计划按策略；都不超出话务的外呼时段', schema: z.object({ from: z.string().regex(time), to: z.string().regex(time) }), fallback: { from: '08:00', to: '20:00' }, scope: 'tenant',
})
export const satisfactionScale = defineSetting({
  key: 'callback.scale', label: '满意度等级', schema: z.array(z.object({ code: z.string().min(1), name: z.string().min(1), satisfied: z.enum(['yes', 'no']) })).min(2), fallback: grades, scope: 'tenant',
})
export const dissatisfactionReasons = defineSetting({
  key: 'callback.reasons', label: '不满意原因', schema: z.array(z.string().min(1)).min(1), fallback: ['问题未解决', '办理不及时', '未与诉求人联系', '服务态度不好', '答复与实际不符', '对政策规定不认可', '其他'], scope: 'tenant',
})
export const callbackScript = defineSetting({
  key: 'callback.script', label: '回访话术', schema: z.array(z.string().min(1)).min(1).max(20), scope: 'tenant',
  fallback: ['您好，这里是12345热线，就您反映的问题做一个简短回访。', '请问承办单位是否与您取得了联系？', '请问您反映的问题是否得到了解决？', '请问您对办理结果是否满意？如不满意，请告诉我们原因。', '感谢您的配合，祝您生活愉快。'],
})
export const notReachedCountsAs = defineSetting({
  key: 'callback.notReachedCountsAs', label: '多次未接通的工单', help: '单独统计，或计入满意并单独列出', schema: z.enum(['apart', 'satisfied']), fallback: 'apart' as const, scope: 'tenant',
})
export const includeNotReached = defineSetting({ key: 'rates.includeNotReached', label: '三率分母包含未接通', schema: z.boolean(), fallback: false, scope: 'tenant' })

export const callbackSettings = [callbackShare, callbackAlways, claimMinutes, retryHours, statementHidden, callingWindow, satisfactionScale, dissatisfactionReasons, callbackScript, notReachedCountsAs, includeNotReached]
