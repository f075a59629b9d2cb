import { isMobile, normalisePhone } from '../../../../kernel/crypto/index.ts'
import { smsGateway } from '../../messages/sms-gateway.ts'
import type { Adapter } from '../channels.ts'

/** SMS by the gateway of the installation (port `smsGateway`), the same that carries codes and texts to requesters. */
export const smsAdapter: Adapter = {
  code: 'gateway', channel: 'sms', name: '短信网关', fields: [],
  async send(message) {
    const phone = normalisePhone(message.address)
    if (!isMobile(phone)) return { ok: false, reason: '手机号码不正确', final: true }
    return smsGateway.one()({ id: message.id, tenantId: message.tenantId, phone, template: 'notice', text: `【12345】${message.text}`, at: message.at })
  },
}
