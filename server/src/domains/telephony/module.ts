// Telephony: policy, desks, call log, recordings. The exchange decides about calls; this domain edits what it goes by and keeps what it tells.
import { defineModule } from '../../kernel/module.ts'
import { definePart, joinParts } from '../platform/index.ts'
import { callEnded, policyChanged } from './events.ts'
import { part as lists } from './lists/index.ts'
import { telephonySettings } from './settings.ts'
import { telephonyFail } from './telephony.errors.ts'

const base = definePart({ settings: telephonySettings, events: { publishes: [policyChanged, callEnded] } })

export const telephony = defineModule({ name: 'telephony', tables: 'telephony_', dependsOn: ['platform', 'orders'], ...joinParts([base, lists]), errors: telephonyFail })
