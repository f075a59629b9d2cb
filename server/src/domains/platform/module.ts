// All the application learns about the platform: its parts, joined.
import { defineModule } from '../../kernel/module.ts'
import { part as applications } from './applications/index.ts'
import { part as areas } from './areas/index.ts'
import { part as attachments } from './attachments/index.ts'
import { part as audit } from './audit/index.ts'
import { part as calendar } from './calendar/index.ts'
import { part as contacts } from './contacts/index.ts'
import { part as delivery } from './delivery/index.ts'
import { part as dictionaries } from './dictionaries/index.ts'
import { platformEvents } from './events.ts'
import { part as failedWork } from './failed-work/index.ts'
import { part as groups } from './groups/index.ts'
import { part as home } from './home/index.ts'
import { part as housekeeping } from './housekeeping/index.ts'
import { joinParts } from './join-parts.ts'
import { part as labels } from './labels/index.ts'
import { part as lists } from './lists/index.ts'
import { part as messages } from './messages/index.ts'
import { part as notices } from './notices/index.ts'
import { part as directorySync } from './directory-sync/index.ts'
import { part as oidc } from './oidc/index.ts'
import { part as roles } from './roles/index.ts'
import { part as search } from './search/index.ts'
import { part as settings } from './settings/index.ts'
import { part as signIn } from './sign-in/index.ts'
import { part as smsDesk } from './sms-desk/index.ts'
import { part as suggestions } from './suggestions/index.ts'
import { part as tenants } from './tenants/index.ts'
import { part as units } from './units/index.ts'
import { part as users } from './users/index.ts'
import { part as words } from './words/index.ts'

export const platform = defineModule({
  name: 'platform',
  tables: 'platform_',
  dependsOn: [],
  ...joinParts([
    { events: { publishes: platformEvents } },
    signIn, oidc, applications, tenants, areas, units, users, directorySync, roles, groups, settings, dictionaries, calendar, audit, labels, messages, smsDesk, delivery, failedWork, notices, contacts, attachments, lists, home, search, housekeeping, words, suggestions,
  ]),
})
