// SMS platforms that take one HTTP POST a message: address, body, signature and sign of success are described by the installation, not programmed.
import { createHash, createHmac } from 'node:crypto'
import { isMobile, normalisePhone } from '../../../../kernel/crypto/index.ts'
import type { Adapter, Config, Outgoing, Sent } from '../channels.ts'
import { callOut, parsed } from './call-out.ts'

type Words = Record<'phone' | 'text' | 'id' | 'account' | 'secret' | 'timestamp' | 'sign', string>

const digests: Record<string, (text: string, secret: string) => string> = {
  md5: (text) => createHash('md5').update(text).digest('hex'),
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  sm3: (text) => createHash('sm3').update(text).digest('hex'),
  'hmac-sha256': (text, secret) => createHmac('sha256', secret).update(text).digest('hex'),
  'hmac-sm3': (text, secret) => createHmac('sm3', secret).update(text).digest('hex'),
}

/** Puts words into `{name}` places; `escape` makes them safe for where they stand. Pure. */
const fill = (template: string, words: Partial<Words>, escape: (word: string) => string): string => template.replace(/\{(\w+)\}/g, (place, name: string) => (name in words ? escape(words[name as keyof Words] ?? '') : place))

const plain = (word: string): string => word
const inJson = (word: string): string => JSON.stringify(word).slice(1, -1)
/** Nothing that is filled into a header may end it. */
const inHeader = (word: string): string => word.replaceAll(/[\r\n]/g, '')

/** The value at a dotted path of an answer, as text. */
const at = (body: Record<string, unknown>, path: string): string => {
  const found = path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), body)
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : ''
}

/** A platform signs each SMS with the sender's registered name; a name that the text already bears is replaced. */
const signed = (text: string, name: string | undefined): string => (name ? `【${name}】${text.replace(/^【[^】]*】/, '')}` : text)

function requestOf(message: Outgoing, config: Config, phone: string): RequestInit {
  const known = { phone, text: signed(message.text, config['name']), id: message.id, account: config['account'] ?? '', secret: config['secret'] ?? '', timestamp: message.at.replaceAll(/\D/g, '').padEnd(14, '0') }
  const words: Words = { ...known, sign: digests[config['algorithm'] || 'md5']?.(fill(config['signText'] ?? '', known, plain), known.secret) ?? '' }
  const form = config['format'] === 'form'
  const [name = '', ...value] = (config['header'] ?? '').split(':')
  return {
    method: 'POST',
    headers: { 'content-type': form ? 'application/x-www-form-urlencoded; charset=utf-8' : 'application/json; charset=utf-8', 'idempotency-key': message.id, ...(value.length > 0 ? { [name.trim()]: fill(value.join(':').trim(), words, inHeader) } : {}) },
    body: fill(config['body'] ?? '', words, form ? encodeURIComponent : inJson),
  }
}

async function send(message: Outgoing, config: Config): Promise<Sent> {
  const phone = normalisePhone(message.address)
  if (!isMobile(phone)) return { ok: false, reason: '手机号码不正确', final: true }
  const answer = await callOut(config['url'] ?? '', requestOf(message, config, phone))
  if (!answer.ok) return answer
  const body = parsed(answer.text)
  const [path = '', expected = ''] = (config['success'] ?? '').split('=')
  const told = path ? at(body, path) : ''
  if (answer.status >= 200 && answer.status < 300 && (path === '' || told === expected)) return { ok: true, result: `短信平台已接收 ${config['resultId'] ? at(body, config['resultId']) : ''}`.trim() }
  const why = told || `HTTP ${answer.status}`
  return { ok: false, reason: `短信平台拒绝（${why.slice(0, 100)}）`, ...((config['final'] ?? '').split(/[,，\s]+/).includes(told) && told !== '' ? { final: true } : {}) }
}

export const smsHttpAdapter: Adapter = {
  code: 'http', channel: 'sms', name: '短信平台（HTTP 接口）', send,
  fields: [
    { key: 'url', label: '接口地址', pattern: /^https?:\/\/\S+$/, message: '以 http:// 或 https:// 开头' },
    { key: 'format', label: '请求格式', optional: true, help: 'json（默认）或 form', pattern: /^(json|form)?$/, message: '填写 json 或 form' },
    { key: 'body', label: '请求内容', help: '可用 {phone} {text} {id} {account} {secret} {timestamp} {sign}，例如 {"mobile":"{phone}","content":"{text}"}', pattern: /\{phone\}[\s\S]*\{text\}|\{text\}[\s\S]*\{phone\}/, message: '须包含 {phone} 和 {text}' },
    { key: 'account', label: '账号', optional: true },
    { key: 'secret', label: '密码或密钥', secret: true, optional: true },
    { key: 'header', label: '请求头', optional: true, help: '例如 Authorization: Bearer {secret}', pattern: /^([A-Za-z0-9-]+\s*:.+)?$/, message: '格式为“名称: 值”' },
    { key: 'signText', label: '签名原文', optional: true, help: '例如 {account}{secret}{timestamp}' },
    { key: 'algorithm', label: '签名算法', optional: true, help: 'md5（默认）、sha256、sm3、hmac-sha256、hmac-sm3', pattern: /^(md5|sha256|sm3|hmac-sha256|hmac-sm3)?$/, message: '填写 md5、sha256、sm3、hmac-sha256 或 hmac-sm3' },
    { key: 'name', label: '短信签名', optional: true, help: '在运营商登记的名称，加在短信开头', pattern: /^[^【】]{0,20}$/, message: '不超过 20 字，不含【】' },
    { key: 'success', label: '成功标志', optional: true, help: '返回内容中的字段和值，例如 code=0；不填时看 HTTP 状态', pattern: /^([\w.]+=.*)?$/, message: '格式为“字段=值”' },
    { key: 'resultId', label: '回执编号字段', optional: true, help: '例如 data.msgId', pattern: /^[\w.]*$/, message: '字段名由字母、数字、点组成' },
    { key: 'final', label: '不再重试的返回值', optional: true, help: '用逗号分隔，例如号码错误、黑名单的代码' },
  ],
}
