// Contacts of units with requesters.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import * as contract from './contact-contract.ts'
import { contactBeforeResult } from './contact.settings.ts'
import { contactRates, listContacts, sweepContactPromises } from './list-contacts.ts'
import { closeContactPromise, recordContact } from './record-contact.ts'

export { noteContact, recordContact, requireContact } from './record-contact.ts'

export const part = definePart({
  settings: [contactBeforeResult],
  crons: [{ name: 'orders.contactPromises', everySeconds: 60, run: sweepContactPromises }],
  routes: [bind(contract.recordContactRoute, recordContact), bind(contract.listContactsRoute, listContacts), bind(contract.closeContactPromiseRoute, closeContactPromise), bind(contract.contactRatesRoute, contactRates)],
})
