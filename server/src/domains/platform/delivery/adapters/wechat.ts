// Template messages of a WeChat official account (cgi-bin/message/template/send). The account's access token lasts two hours and is kept in memory.
import { sm3 } from '../../../../kernel/crypto/index.ts'
import type { Adapter, Config, Outgoing, Sent } from '../channels.ts'
import { callOut, parsed } from './call-out.ts'

const tokens = new Map<string, { token: string; until: number }>()
/** Invalid or expired token: fetched anew once. */
const STALE = new Set([40001, 40014, 42001])
/** Not a follower, wrong openid, refused by the person: final. */
const FINAL = new Set([40003, 43004, 43101])

const base = (config: Config): string => (config['baseUrl'] || 'https://api.weixin.qq.com').replace(/\/$/, '')

/** The access token of an account (`appId`, `secret`, `baseUrl`), fetched when the one in memory is spent; or why there is none. */
export async function wechatToken(config: Config): Promise<{ token: string } | { reason: string }> {
  const key = sm3(`${base(config)} ${config['appId'] ?? ''} ${config['secret'] ?? ''}`)
  const held = tokens.get(key)
  if (held && held.until > performance.now()) return held
  const query = new URLSearchParams({ grant_type: 'client_credential', appid: config['appId'] ?? '', secret: config['secret'] ?? '' })
  const answer = await callOut(`${base(config)}/cgi-bin/token?${query.toString()}`, {})
  if (!answer.ok) return { reason: answer.reason }
  const body = parsed(answer.text)
  if (typeof body['access_token'] !== 'string') return { reason: `公众号凭证无效（${String(body['errcode'] ?? answer.status)}）` }
  const fresh = { token: body['access_token'], until: performance.now() + (Number(body['expires_in'] ?? 7200) - 300) * 1000 }
  tokens.set(key, fresh)
  return fresh
}

async function send(message: Outgoing, config: Config): Promise<Sent> {
  if (!/^[A-Za-z0-9_-]{6,64}$/.test(message.address)) return { ok: false, reason: '未绑定公众号', final: true }
  for (let attempt = 1; ; attempt++) {
    const held = await wechatToken(config)
    if ('reason' in held) return { ok: false, reason: held.reason }
    const answer = await callOut(`${base(config)}/cgi-bin/message/template/send?access_token=${encodeURIComponent(held.token)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(bodyOf(message, config)) })
    if (!answer.ok) return { ok: false, reason: answer.reason }
    const body = parsed(answer.text)
    const code = Number(body['errcode'] ?? -1)
    if (code === 0) return { ok: true, result: `公众号消息 ${String(body['msgid'] ?? '')}` }
    if (STALE.has(code) && attempt === 1) {
      tokens.clear()
      continue
    }
    return { ok: false, reason: `公众号拒绝（${code}${typeof body['errmsg'] === 'string' ? `：${body['errmsg'].slice(0, 100)}` : ''}）`, ...(FINAL.has(code) ? { final: true } : {}) }
  }
}

const bodyOf = (message: Outgoing, config: Config) => ({
  touser: message.address, template_id: config['templateId'] ?? '', client_msg_id: message.id, ...(message.link && config['site'] ? { url: `${config['site'].replace(/\/$/, '')}${message.link}` } : {}),
  data: { [config['titleKey'] || 'thing1']: { value: message.title.slice(0, 20) }, [config['textKey'] || 'thing2']: { value: message.text.slice(0, 200) }, [config['timeKey'] || 'time3']: { value: message.at } },
})

export const wechatAdapter: Adapter = {
  code: 'officialAccount', channel: 'wechat', name: '微信公众号模板消息', send,
  fields: [
    { key: 'appId', label: 'AppID', pattern: /^[A-Za-z0-9]{6,40}$/, message: 'AppID 格式不正确' },
    { key: 'secret', label: 'AppSecret', secret: true },
    { key: 'templateId', label: '模板 ID' },
    { key: 'titleKey', label: '标题字段', optional: true, help: '模板中的字段名，默认 thing1' },
    { key: 'textKey', label: '内容字段', optional: true, help: '默认 thing2' },
    { key: 'timeKey', label: '时间字段', optional: true, help: '默认 time3' },
    { key: 'site', label: '工作台网址', optional: true, pattern: /^https?:\/\/\S+$/, message: '以 http:// 或 https:// 开头' },
    { key: 'baseUrl', label: '接口地址', optional: true, help: '经代理访问时填写', pattern: /^https?:\/\/\S+$/, message: '以 http:// 或 https:// 开头' },
  ],
}
