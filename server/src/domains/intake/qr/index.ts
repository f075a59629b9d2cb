// QR codes (INT-07): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './qr-contract.ts'
import { addQr, changeQr, getQr, listQr, scanQr } from './qr-codes.ts'

export const part = definePart({
  permissions: { 'intake.qr': '管理投诉二维码' },
  roles: { businessAdmin: { 'intake.qr': 'tenant' }, tenantAdmin: { 'intake.qr': 'tenant' } },
  routes: [bind(contract.listQr, listQr), bind(contract.getQr, getQr), bind(contract.addQr, addQr), bind(contract.changeQr, changeQr), bind(contract.scanQr, scanQr)],
})
