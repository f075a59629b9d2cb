import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { exportSources } from '../lists/export-sources.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { listSmsSends, smsSendExport } from './list-sends.ts'
import { checkSmsSend, mostSetting, sendDeskSms, signatureSetting } from './send-desk-sms.ts'
import { smsDeskErrors } from './sms-desk.errors.ts'
import { approvalSetting, changeSmsTemplate, createSmsTemplate, decideSmsTemplate, deleteSmsFavourite, deleteSmsTemplate, listSmsFavourites, listSmsTemplates, saveSmsFavourite } from './sms-templates.ts'

export const part = definePart({
  permissions: { 'platform.sendSms': '短信台发送短信', 'platform.manageSmsTemplates': '维护短信模板', 'platform.approveSmsTemplates': '审批短信模板' },
  roles: {
    shiftLeader: { 'platform.sendSms': 'tenant' },
    businessAdmin: { 'platform.sendSms': 'tenant', 'platform.manageSmsTemplates': 'tenant' },
    tenantAdmin: { 'platform.sendSms': 'tenant', 'platform.manageSmsTemplates': 'tenant', 'platform.approveSmsTemplates': 'tenant' },
    systemAdmin: { 'platform.manageSmsTemplates': 'tenant', 'platform.sendSms': 'tenant' },
  },
  routes: [
    bind(contract.listSmsTemplates, listSmsTemplates),
    bind(contract.createSmsTemplate, createSmsTemplate),
    bind(contract.changeSmsTemplate, changeSmsTemplate),
    bind(contract.deleteSmsTemplate, deleteSmsTemplate),
    bind(contract.decideSmsTemplate, decideSmsTemplate),
    bind(contract.listSmsFavourites, listSmsFavourites),
    bind(contract.saveSmsFavourite, saveSmsFavourite),
    bind(contract.deleteSmsFavourite, deleteSmsFavourite),
    bind(contract.checkSmsSend, checkSmsSend),
    bind(contract.sendDeskSms, sendDeskSms),
    bind(contract.listSmsSends, listSmsSends),
  ],
  settings: [approvalSetting, signatureSetting, mostSetting],
  errors: smsDeskErrors,
  implements: [implement(exportSources, () => [smsSendExport])],
})
