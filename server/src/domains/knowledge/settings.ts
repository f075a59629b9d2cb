import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const expiryReminders = defineSetting({ key: 'kno.expiry.reminders', label: '知识到期提醒（提前天数）', help: '到期前按这些天数提醒责任单位', schema: z.array(z.number().int().min(1).max(365)).min(1).max(10), fallback: [30, 7, 1], scope: 'tenant' })
export const questionLimit = defineSetting({ key: 'kno.question.limit', label: '知识提问答复时限（工作小时）', schema: z.number().int().min(1).max(240), fallback: 8, scope: 'tenant' })
export const urgentQuestionLimit = defineSetting({ key: 'kno.question.urgentLimit', label: '紧急知识提问答复时限（分钟）', schema: z.number().int().min(10).max(1440), fallback: 120, scope: 'tenant' })
export const correctionLimit = defineSetting({ key: 'kno.correction.limit', label: '查漏纠错处理时限（工作日）', schema: z.number().int().min(1).max(60), fallback: 2, scope: 'tenant' })
export const emergencyLock = defineSetting({ key: 'kno.emergency.lock', label: '应急推送锁定知识的时间（小时）', schema: z.number().int().min(1).max(240), fallback: 24, scope: 'tenant' })

export const importMost = defineSetting({ key: 'kno.import.maxRows', label: '知识批量导入每份文件的行数', schema: z.number().int().min(1).max(2000), fallback: 500, scope: 'tenant' })
export const recycleDays = defineSetting({ key: 'kno.recycle.days', label: '废止的知识保留天数', help: '到期后彻底删除；法律法规和被引用过的知识留存', schema: z.number().int().min(1).max(3650), fallback: 180, scope: 'tenant' })

export const hotCycle = defineSetting({ key: 'kno.hotlist.days', label: '知识热榜的周期（天）', schema: z.number().int().min(1).max(90), fallback: 7, scope: 'tenant' })
export const hotLength = defineSetting({ key: 'kno.hotlist.length', label: '知识热榜的条数', schema: z.number().int().min(3).max(50), fallback: 10, scope: 'tenant' })

export const openQuota = defineSetting({ key: 'kno.open.quota', label: '开放接口每个应用每天的调用次数', schema: z.number().int().min(1).max(10_000_000), fallback: 20_000, scope: 'tenant' })

export const sendCap = defineSetting({ key: 'kno.statute.shareCap', label: '每人每天短信发送知识的次数', schema: z.number().int().min(0).max(1000), fallback: 20, scope: 'tenant' })

export const promoteAt = defineSetting({ key: 'kno.label.promoteAt', label: '个人标签提示转为公共标签的点赞数', schema: z.number().int().min(1).max(1000), fallback: 10, scope: 'tenant' })
export const crawlRate = defineSetting({ key: 'kno.crawl.rate', label: '网站采集每个来源每秒最多请求次数', help: '来源的 robots.txt 要求更慢时按来源的要求', schema: z.number().min(0.05).max(20), fallback: 1, scope: 'tenant' })

export const knowledgeSettings = [promoteAt, crawlRate, sendCap, openQuota, hotCycle, hotLength, importMost, recycleDays, expiryReminders, questionLimit, urgentQuestionLimit, correctionLimit, emergencyLock]
