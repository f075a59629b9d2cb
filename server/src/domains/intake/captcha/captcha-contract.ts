import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'

export const captchaRoute = describeRoute({
  id: 'newCaptcha', method: 'GET', path: '/api/public/captcha', summary: '验证码', audience: 'public', access: 'everybody', limit: 60, query: z.object({ kind: z.enum(['picture', 'words']).default('picture') }),
  response: z.object({ token: z.string(), /** A data address. */ picture: z.string().nullable(), question: z.string().nullable() }),
})
/** What a public form carries. */
export const captchaAnswer = z.strictObject({ token: z.string().max(300), answer: z.string().trim().min(1, '请填写验证码').max(10) })
