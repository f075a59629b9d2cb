// Submitting an appeal from the portal, and what stands in the way or makes it unnecessary.
import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)

export const submitAppealRoute = describeRoute({
  id: 'submitAppeal', method: 'POST', path: '/api/public/submissions', summary: '提交诉求', audience: 'public', access: 'signedIn', secret: true, limit: 30,
  body: z.strictObject({
    /** Made once per draft on the device: a repeated send answers with the first number. */
    clientKey: z.string().regex(/^[\w-]{16,80}$/),
    content: text(2000).min(5, '请把事情写清楚一些（至少 5 个字）'),
    appealType: text(30).min(1, '请选择诉求类型'),
    matterId: id.optional(),
    areaCode: text(12).min(1, '请选择所在区域'),
    address: text(200).default(''),
    lon: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    answers: z.array(z.object({ code: text(50), value: text(500).describe('Empty: not known') })).max(10).default([]),
    fileIds: z.array(id).max(20).default([]),
    name: text(60).default(''),
    confidential: z.boolean().default(false),
    callbackManner: z.enum(['call', 'sms', 'none']).default('call'),
    /** Others nearby reported the same; this becomes an own order, proposed for their set. */
    joined: z.boolean().default(false),
    /** Fields of the form of this appeal type or matter, where one is in use on the portal. */
    formData: z.record(z.string().max(60), z.unknown()).optional(),
    /** Code of the sheet that was scanned. */
    qrCode: text(40).optional(),
    /** In the name of this enterprise. */
    enterpriseId: id.optional(),
    /** Of an enterprise's appeal: whether others of its industry are concerned; with the urgency it sets the response grade. */
    extent: z.enum(['one', 'industry']).optional(),
    /** What the machine had proposed, beside what is sent. */
    assist: z.strictObject({ raw: text(2000), fileId: id.optional(), machine: z.array(z.strictObject({ field: text(60), value: text(2000), confidence: z.number().min(0).max(1) })).max(30) }).optional(),
    /** The dialogue with the robot that led here. */
    robot: z.strictObject({ dialogueId: id, device: text(80) }).optional(),
    /** Where the page was opened: browser, official account, mini program, installed app. */
    entry: z.enum(['portal', 'officialAccount', 'miniProgram', 'app']).default('portal'),
  }),
  response: z.object({ number: z.string(), enquiryCode: z.string(), title: z.string(), repeated: z.boolean(), next: z.array(z.string()) }),
})

export const ownOpenRoute = describeRoute({
  id: 'ownOpenOrders', method: 'GET', path: '/api/public/own-open', summary: '本人同一事项未办结诉求', audience: 'public', access: 'signedIn', query: z.object({ matterId: id }),
  response: z.object({ items: z.array(z.object({ number: z.string(), title: z.string(), state: z.string(), stateName: z.string(), registeredAt: z.string() })) }),
})

/** A POST, so that the words people write stand in no access log. */
export const ownSimilarRoute = describeRoute({
  id: 'ownSimilarOrders', method: 'POST', path: '/api/public/own-similar', summary: '本人相似的未办结诉求', audience: 'public', access: 'signedIn', audit: false, secret: true, limit: 60,
  body: z.strictObject({ content: text(2000).min(5), matterId: id.optional(), areaCode: text(12).optional(), address: text(200).optional() }),
  response: ownOpenRoute.response,
})
