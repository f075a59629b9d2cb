import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import { pointEvents, type PointEvent } from './rules.ts'

export const pointsEnabled = defineSetting({ key: 'points.enabled', label: '诉求积分与积分商城', help: '公共服务一般不设积分；需要时开启，只对以后的诉求计分', schema: z.boolean(), fallback: false, scope: 'tenant' })
export const pointsDailyMax = defineSetting({ key: 'points.dailyMax', label: '每人每天积分上限', help: '超过的部分不给', schema: z.number().int().min(0).max(10_000), fallback: 20, scope: 'tenant' })
export const pointsRules = defineSetting({
  key: 'points.rules', label: '积分规则', help: 'submitted 提交诉求，closed 诉求办结，rated 评价办理；撤单时这件诉求得过的积分全部冲销；以企业名义提交的不计分',
  schema: z.array(z.object({ event: z.enum(pointEvents), points: z.number().int().min(0).max(1000) })).max(3), fallback: [{ event: 'submitted', points: 5 }, { event: 'closed', points: 5 }, { event: 'rated', points: 2 }] as { event: PointEvent; points: number }[], scope: 'tenant',
})

export const pointsSettings = [pointsEnabled, pointsDailyMax, pointsRules]
