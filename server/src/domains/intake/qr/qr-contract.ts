// QR codes of the appeal form (INT-07): what a scan fills in, validity, switch, counts.
import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const text = (max: number) => z.string().trim().max(max)
export const qrKinds = ['general', 'place', 'enterprise', 'unit', 'campaign'] as const
const fields = {
  name: text(60).min(1, '请填写名称'), kind: z.enum(qrKinds), appealType: text(30).nullable().default(null), matterId: id.nullable().default(null), areaCode: text(12).nullable().default(null), address: text(200).nullable().default(null),
  subject: text(100).nullable().default(null).describe('Place, enterprise, unit or campaign that the code stands for'), validFrom: instant.nullable().default(null), validUntil: instant.nullable().default(null), enabled: z.boolean().default(true),
}
const shown = z.object({
  id, code: z.string(), name: z.string(), kind: z.enum(qrKinds), kindName: z.string(), appealType: z.string().nullable(), matterId: z.string().nullable(), matterName: z.string().nullable(), areaCode: z.string().nullable(), areaName: z.string().nullable(),
  address: z.string().nullable(), subject: z.string().nullable(), validFrom: instant.nullable(), validUntil: instant.nullable(), enabled: z.boolean(), state: z.enum(['on', 'off', 'early', 'over']), scans: z.number().int(), submissions: z.number().int(),
  /** Null until the address of the portal is set. */
  url: z.string().nullable(), createdBy: z.string(), createdAt: instant, version: z.number().int(),
})
export type QrView = z.output<typeof shown>

const staff = { audience: 'staff', access: { permission: 'intake.qr' } } as const
export const listQr = describeRoute({ ...staff, id: 'listQrCodes', method: 'GET', path: '/api/qr-codes', summary: '二维码', query: pageQuery.extend({ kind: z.enum(qrKinds).optional() }), response: pageOf(shown) })
export const getQr = describeRoute({ ...staff, id: 'getQrCode', method: 'GET', path: '/api/qr-codes/:id', summary: '二维码', params: z.object({ id }), response: shown.extend({ centreName: z.string(), hotline: z.string() }) })
export const addQr = describeRoute({ ...staff, id: 'addQrCode', method: 'POST', path: '/api/qr-codes', summary: '新增二维码', body: z.strictObject(fields), response: shown })
export const changeQr = describeRoute({ ...staff, id: 'changeQrCode', method: 'PATCH', path: '/api/qr-codes/:id', summary: '修改二维码', params: z.object({ id }), body: z.strictObject({ ...fields, version: z.number().int() }), response: shown })

export const scanQr = describeRoute({
  id: 'scanQrCode', method: 'POST', path: '/api/public/qr/:code', summary: '扫码', audience: 'public', access: 'everybody', audit: false, limit: 60, params: z.object({ code: z.string().min(6).max(40) }),
  response: z.object({
    /** Why it cannot be used; null when it can. */
    notice: z.string().nullable(), name: z.string(), subject: z.string().nullable(), appealType: z.string().nullable(), matter: z.object({ id, name: z.string(), path: z.array(z.string()) }).nullable(),
    area: z.object({ code: z.string(), name: z.string() }).nullable(), address: z.string().nullable(),
  }),
})
