// Messages that leave the house: channels, rules, templates, deliveries with their log, preferences, messages that staff write.
import { asJob } from '../../../kernel/jobs/job.ts'
import { bind } from '../../../kernel/http/route.ts'
import { deleteMessages } from '../messages/read-messages.ts'
import { definePart } from '../part.ts'
import * as contract from './contract.ts'
import { deliverJob, deliveryCrons } from './deliver-job.ts'
import { listDeliveries, recallDelivery, retryDelivery, retryFailedDeliveries } from './delivery-log.ts'
import { deliveryErrors } from './delivery.errors.ts'
import { mergeSeconds, quietExempt, userMayDisable } from './delivery-settings.ts'
import { listMessageChannels, saveMessageChannel, tryMessageChannel } from './manage-channels.ts'
import * as rules from './manage-rules.ts'
import { getMyMessagePreferences, saveMyMessagePreferences } from './own-preferences.ts'
import { cancelStaffMessage, changeStaffMessage, listMessageSends, recallStaffMessage, sendStaffMessage, staffMessageCrons } from './staff-messages.ts'

export const part = definePart({
  permissions: { 'platform.manageMessages': '维护消息通道、规则和模板', 'platform.readDeliveries': '查看消息送达记录', 'platform.sendMessages': '给人员发消息' },
  roles: {
    systemAdmin: { 'platform.manageMessages': 'tenant', 'platform.readDeliveries': 'tenant', 'platform.sendMessages': 'tenant' },
    tenantAdmin: { 'platform.manageMessages': 'tenant', 'platform.readDeliveries': 'tenant', 'platform.sendMessages': 'tenant' },
    businessAdmin: { 'platform.sendMessages': 'tenant' },
    shiftLeader: { 'platform.sendMessages': 'tenant' },
    supervisor: { 'platform.sendMessages': 'tenant' },
    leader: { 'platform.sendMessages': 'tenant' },
    unitLeader: { 'platform.sendMessages': 'unitTree' },
  },
  routes: [
    bind(contract.listMessageChannels, listMessageChannels),
    bind(contract.saveMessageChannel, saveMessageChannel),
    bind(contract.tryMessageChannel, tryMessageChannel),
    bind(contract.listMessageTypeDetails, rules.listMessageTypeDetails),
    bind(contract.listMessageRules, rules.listMessageRules),
    bind(contract.createMessageRule, rules.createMessageRule),
    bind(contract.changeMessageRule, rules.changeMessageRule),
    bind(contract.deleteMessageRule, rules.deleteMessageRule),
    bind(contract.listMessageTemplates, rules.listMessageTemplates),
    bind(contract.saveMessageTemplate, rules.saveMessageTemplate),
    bind(contract.deleteMessageTemplate, rules.deleteMessageTemplate),
    bind(contract.previewMessageTemplate, rules.previewMessageTemplate),
    bind(contract.listDeliveries, listDeliveries),
    bind(contract.retryFailedDeliveries, retryFailedDeliveries),
    bind(contract.retryDelivery, retryDelivery),
    bind(contract.recallDelivery, recallDelivery),
    bind(contract.getMyMessagePreferences, getMyMessagePreferences),
    bind(contract.saveMyMessagePreferences, saveMyMessagePreferences),
    bind(contract.listMessageSends, listMessageSends),
    bind(contract.sendStaffMessage, sendStaffMessage),
    bind(contract.changeStaffMessage, changeStaffMessage),
    bind(contract.cancelStaffMessage, cancelStaffMessage),
    bind(contract.recallStaffMessage, recallStaffMessage),
    bind(contract.deleteMessages, deleteMessages),
  ],
  jobs: [asJob(deliverJob)],
  crons: [...deliveryCrons, ...staffMessageCrons],
  settings: [mergeSeconds, quietExempt, userMayDisable],
  errors: deliveryErrors,
})
