import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import type { OnEmpty } from './money.ts'

export const prepaidEnabled = defineSetting({ key: 'prepaid.enabled', label: '企业预充值', help: '公共服务一般不收费；确有依据时开启。开启后企业账号有余额，按单价逐件计费', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const prepaidPrice = defineSetting({ key: 'prepaid.price', label: '企业诉求单价（元/件）', help: '只对以后提交的诉求起作用；0 为不计费', schema: z.number().min(0).max(10_000).multipleOf(0.01), fallback: 0, scope: 'tenant' })
export const prepaidOnEmpty = defineSetting({ key: 'prepaid.onEmpty', label: '企业余额不足时', help: 'warn：照常受理，记为欠费并提醒；block：不受理，须先充值', schema: z.enum(['warn', 'block']), fallback: 'warn' as OnEmpty, scope: 'tenant' })
export const prepaidLow = defineSetting({ key: 'prepaid.low', label: '企业余额提醒线（元）', help: '低于此数提醒企业管理员一次，充值回到线上后重新计', schema: z.number().min(0).max(1_000_000), fallback: 100, scope: 'tenant' })
export const prepaidHow = defineSetting({ key: 'prepaid.how', label: '企业充值说明', help: '显示在企业页面：收款户名、账号、备注写法，或支付页面的网址', schema: z.string().max(500), fallback: '' as string, scope: 'tenant' })

export const prepaidSettings = [prepaidEnabled, prepaidPrice, prepaidOnEmpty, prepaidLow, prepaidHow]
