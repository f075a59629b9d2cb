// Parameters of the intake channels (intake.md Settings).
import { z } from 'zod'
import { defineSetting } from '../../kernel/settings.ts'

export const hotlineNumber = defineSetting({ key: 'portal.hotline', label: '门户显示的热线号码', schema: z.string().min(3).max(20), fallback: '12345', scope: 'tenant' })
export const portalAddress = defineSetting({ key: 'portal.address', label: '门户网址', help: '公众访问的完整网址，例如 https://12345.example.gov.cn；用于二维码和微信推送', schema: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]), fallback: '' as string, scope: 'tenant' })
export const portalNotices = defineSetting({
  key: 'portal.notices', label: '门户公告', help: '显示在首页，最多五条',
  schema: z.array(z.object({ title: z.string().min(1).max(60), text: z.string().max(500).default('') })).max(5), fallback: [] as { title: string; text: string }[], scope: 'tenant',
})
export const reportCaptcha = defineSetting({ key: 'portal.report.captcha', label: '公众纠错须填验证码', help: '已登录的公众不用填', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const portalHotWords = defineSetting({ key: 'portal.hotWords', label: '门户常见问题词', schema: z.array(z.string().min(1).max(12)).max(12), fallback: ['供热', '噪音', '物业', '路灯', '供水', '停车'], scope: 'tenant' })
export const realNameRequired = defineSetting({ key: 'realName.required', label: '提交诉求须实名登记', help: '开启时，须先登记姓名、身份证号和地址；关闭时，凭验证过的手机号即可提交', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const maxQuestions = defineSetting({ key: 'element.maxQuestions', label: '提交时最多追问的要素数', schema: z.number().int().min(0).max(10), fallback: 3, scope: 'tenant' })
export const maxTurns = defineSetting({ key: 'element.maxTurns', label: '同一要素最多追问次数', help: '看不明白的回答再问几次；之后作为缺项', schema: z.number().int().min(0).max(10), fallback: 3, scope: 'tenant' })
export const submitIncomplete = defineSetting({ key: 'submission.incomplete', label: '允许要素不全时提交', help: '允许时，缺的要素列在工单上', schema: z.boolean(), fallback: true, scope: 'tenant' })
export const submissionLimit = defineSetting({
  key: 'submission.limit', label: '提交频率上限', help: '同一手机号每小时、每天，同一网络地址每小时',
  schema: z.object({ phonePerHour: z.number().int().min(1), phonePerDay: z.number().int().min(1), addressPerHour: z.number().int().min(1) }),
  fallback: { phonePerHour: 5, phonePerDay: 20, addressPerHour: 100 }, scope: 'tenant',
})
export const codeLimit = defineSetting({
  key: 'signInCode.limit', label: '公众验证码频率上限', help: '同一手机号每天，同一网络地址每小时',
  schema: z.object({ phonePerDay: z.number().int().min(1), addressPerHour: z.number().int().min(1) }), fallback: { phonePerDay: 10, addressPerHour: 60 }, scope: 'tenant',
})
export const enquiryLimit = defineSetting({
  key: 'enquiry.limit', label: '查询码试错上限', help: '同一编号从同一网络地址每小时；同一网络地址每小时。各地址合计为前者的二十倍',
  schema: z.object({ numberPerHour: z.number().int().min(1), addressPerHour: z.number().int().min(1) }), fallback: { numberPerHour: 10, addressPerHour: 60 }, scope: 'tenant',
})
export const publicSessionHours = defineSetting({ key: 'portal.sessionHours', label: '公众登录保持（小时）', schema: z.number().int().min(1).max(720), fallback: 168, scope: 'tenant' })
export const nearbyRule = defineSetting({
  key: 'portal.nearby', label: '附近同类诉求提示', help: '仅限公共场所类诉求：天数，诉求类型；天数为 0 则关闭',
  schema: z.object({ days: z.number().int().min(0).max(90), appealTypes: z.array(z.string()).max(10) }), fallback: { days: 14, appealTypes: ['help', 'complaint'] }, scope: 'tenant',
})
export const ratingReasons = defineSetting({
  key: 'rating.reasons', label: '不满意原因', schema: z.array(z.string().min(1).max(30)).min(1).max(20),
  fallback: ['问题没有解决', '答复与事实不符', '答复看不明白', '没有人联系我', '办理时间太长', '服务态度不好'], scope: 'tenant',
})

export const intakeSettings = [reportCaptcha, hotlineNumber, portalAddress, portalNotices, portalHotWords, realNameRequired, maxQuestions, maxTurns, submitIncomplete, submissionLimit, codeLimit, enquiryLimit, publicSessionHours, nearbyRule, ratingReasons]
