import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../part.ts'
import { changeDutyContact, contactErrors, createDutyContact, deleteDutyContact, dutyRoles, listContacts, listDutyContacts, revealContactMobile } from './contacts.ts'
import * as contract from './contract.ts'

export const part = definePart({
  permissions: { 'platform.manageDutyContacts': '维护值守联系人' },
  roles: {
    tenantAdmin: { 'platform.manageDutyContacts': 'tenant' }, businessAdmin: { 'platform.manageDutyContacts': 'tenant' }, supervisor: { 'platform.manageDutyContacts': 'tenant' }, unitLeader: { 'platform.manageDutyContacts': 'unitTree' },
  },
  routes: [
    bind(contract.listContacts, listContacts),
    bind(contract.revealContactMobile, revealContactMobile),
    bind(contract.listDutyContacts, listDutyContacts),
    bind(contract.createDutyContact, createDutyContact),
    bind(contract.changeDutyContact, changeDutyContact),
    bind(contract.deleteDutyContact, deleteDutyContact),
  ],
  settings: [dutyRoles],
  errors: contactErrors,
})
