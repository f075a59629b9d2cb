// Enterprise accounts (INT-24, INT-25, PLA-34): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, fileAccess } from '../../platform/index.ts'
import { callerService } from '../../telephony/index.ts'
import * as contract from './enterprise-contract.ts'
import { enterpriseSettings } from './enterprise.settings.ts'
import { actOnEnterprise, enterpriseStatistics, getEnterpriseAccount, listEnterpriseAccounts, mayOpenLicence, setLevel } from './keep-enterprises.ts'
import { enterpriseSeats, serviceOfCaller, setAccess } from './access.ts'
import { serviceLog } from './service-log.ts'
import { addContact, changeOwnEnterprise, dropContact, getOwnEnterprise, listEnterpriseOrders, listOwnEnterprises, registerEnterprise } from './use-enterprise.ts'

export const part = definePart({
  permissions: { 'intake.enterprises': '管理企业账号' },
  roles: { businessAdmin: { 'intake.enterprises': 'tenant' }, tenantAdmin: { 'intake.enterprises': 'tenant' }, shiftLeader: { 'intake.enterprises': 'tenant' } },
  routes: [
    bind(contract.listOwnEnterprises, listOwnEnterprises),
    bind(contract.registerEnterprise, registerEnterprise),
    bind(contract.getOwnEnterprise, getOwnEnterprise),
    bind(contract.changeOwnEnterprise, changeOwnEnterprise),
    bind(contract.addContact, addContact),
    bind(contract.dropContact, dropContact),
    bind(contract.enterpriseOrders, listEnterpriseOrders),
    bind(contract.serviceLog, serviceLog),
    bind(contract.listEnterpriseAccounts, listEnterpriseAccounts),
    bind(contract.enterpriseSeats, enterpriseSeats),
    bind(contract.getEnterpriseAccount, getEnterpriseAccount),
    bind(contract.actOnEnterprise, actOnEnterprise),
    bind(contract.setLevel, setLevel),
    bind(contract.setAccess, setAccess),
    bind(contract.enterpriseStatistics, enterpriseStatistics),
  ],
  settings: enterpriseSettings,
  implements: [implement(fileAccess, mayOpenLicence), implement(callerService, serviceOfCaller)],
})
