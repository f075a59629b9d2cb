// A signed POST to a configured address. The receiver recomputes the signature over `timestamp.body` and refuses old timestamps.
import { createHmac } from 'node:crypto'
import type { Adapter, Config, Outgoing, Sent } from '../channels.ts'
import { callOut } from './call-out.ts'

/** Hex HMAC-SM3 or HMAC-SHA256 of `timestamp.body`. Pure. */
export function signature(algorithm: string, secret: string, timestamp: string, body: string): string {
  return createHmac(algorithm === 'sha256' ? 'sha256' : 'sm3', secret).update(`${timestamp}.${body}`).digest('hex')
}

async function send(message: Outgoing, config: Config): Promise<Sent> {
  const { address: _address, ...content } = message
  const body = JSON.stringify(content)
  const algorithm = config['algorithm'] || 'sm3'
  const answer = await callOut(config['url'] ?? '', {
    method: 'POST', body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'idempotency-key': message.id, 'x-minsheng-timestamp': message.at, 'x-minsheng-signature': `${algorithm}=${signature(algorithm, config['secret'] ?? '', message.at, body)}` },
  })
  if (!answer.ok) return answer
  if (answer.status >= 200 && answer.status < 300) return { ok: true, result: `HTTP ${answer.status}` }
  // A refusal of the content does not change by repeating it; 408 and 429 ask for it.
  return { ok: false, reason: `对方返回 HTTP ${answer.status}`, ...(answer.status >= 400 && answer.status < 500 && ![401, 403, 408, 429].includes(answer.status) ? { final: true } : {}) }
}

export const webhookAdapter: Adapter = {
  code: 'http', channel: 'webhook', name: '签名推送', send,
  fields: [
    { key: 'url', label: '推送地址', pattern: /^https?:\/\/\S+$/, message: '以 http:// 或 https:// 开头' },
    { key: 'secret', label: '签名密钥', secret: true, pattern: /^.{16,}$/, message: '至少 16 个字符' },
    { key: 'algorithm', label: '签名算法', optional: true, help: 'sm3（默认）或 sha256', pattern: /^(sm3|sha256)?$/, message: '填写 sm3 或 sha256' },
  ],
}
