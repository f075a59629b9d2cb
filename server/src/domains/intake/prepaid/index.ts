// Prepaid accounts of enterprises (INT-27): a part of intake. Off unless a site turns it on.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import * as contract from './contract.ts'
import { prepaidFail } from './ledger.ts'
import { getGateway, receivePayment, saveGateway } from './payment-notices.ts'
import { downloadLedger, enterpriseBalance, enterpriseLedger, enterpriseStatements, listPrepaid, prepaidExport, prepaidLedger, prepaidStatement } from './read-prepaid.ts'
import { prepaidSettings } from './settings.ts'

export const part = definePart({
  permissions: { 'intake.prepaid': '企业预充值对账' },
  roles: { businessAdmin: { 'intake.prepaid': 'tenant' }, tenantAdmin: { 'intake.prepaid': 'tenant' } },
  routes: [
    bind(contract.enterpriseBalance, enterpriseBalance), bind(contract.enterpriseLedger, enterpriseLedger), bind(contract.enterpriseStatements, enterpriseStatements), bind(contract.downloadLedger, downloadLedger), bind(contract.receivePayment, receivePayment),
    bind(contract.listPrepaid, listPrepaid), bind(contract.prepaidLedger, prepaidLedger), bind(contract.prepaidStatement, prepaidStatement), bind(contract.getGateway, getGateway), bind(contract.saveGateway, saveGateway),
  ],
  settings: prepaidSettings,
  errors: prepaidFail,
  implements: [implement(exportSources, () => [prepaidExport])],
})
