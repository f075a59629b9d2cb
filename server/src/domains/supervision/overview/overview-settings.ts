// When units are told how their cases stand, and which figures are told (SUP-08).
import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const overviewOn = defineSetting({ key: 'supervision.overviewOn', label: '每日案件短信', help: '按时把各单位在办案件情况发给其负责人；没有任何案件的单位不发', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const overviewTimes = defineSetting({ key: 'message.overviewTimes', label: '每日案件短信时间', schema: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)).max(6), fallback: ['09:00', '17:00'], scope: 'tenant' })
export const overviewLists = defineSetting({ key: 'supervision.overviewLists', label: '每日案件短信的指标', help: '考核前提醒中给责任单位的清单代码，依次列出', schema: z.array(z.string().min(1).max(40)).min(1).max(8), fallback: ['u.running', 'u.unsigned', 'u.near', 'u.overdue'], scope: 'tenant' })
export const overviewAddress = defineSetting({ key: 'supervision.overviewAddress', label: '每日案件短信的工作台地址', help: '如 https://workbench.example.gov.cn；填写后短信带明细链接', schema: z.string().max(200).regex(/^(https?:\/\/[^\s]+)?$/), fallback: '', scope: 'tenant' })
export const overviewSettings = [overviewOn, overviewTimes, overviewLists, overviewAddress]
