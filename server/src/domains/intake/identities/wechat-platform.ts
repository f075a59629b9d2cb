// The WeChat platform as intake speaks to it: who stands behind a code, the menu of the account, the signature of its calls.
// Source: developers.weixin.qq.com/doc/offiaccount (sns/oauth2/access_token, menu/create, 接入指南) and miniprogram (sns/jscode2session).
import { createHash } from 'node:crypto'
import { sameSecret } from '../../../kernel/crypto/index.ts'
import { callOut, parsed, wechatToken } from '../../platform/index.ts'

export type WechatApp = 'officialAccount' | 'miniProgram'
export type WechatConfig = { app: WechatApp; appId: string; secret: string; token: string; templateId: string; titleKey: string; textKey: string; timeKey: string; baseUrl: string }

const base = (config: WechatConfig): string => (config.baseUrl || 'https://api.weixin.qq.com').replace(/\/$/, '')
const openid = /^[A-Za-z0-9_-]{6,64}$/

export type Exchanged = { ok: true; subject: string } | { ok: false; reason: string }

/** The openid behind a code of the page authorization or of `wx.login`; a code is good for one exchange. */
export async function exchangeCode(config: WechatConfig, code: string): Promise<Exchanged> {
  const path = config.app === 'officialAccount' ? '/sns/oauth2/access_token' : '/sns/jscode2session'
  const query = new URLSearchParams({ appid: config.appId, secret: config.secret, [config.app === 'officialAccount' ? 'code' : 'js_code']: code, grant_type: 'authorization_code' })
  const answer = await callOut(`${base(config)}${path}?${query.toString()}`, {})
  if (!answer.ok) return answer
  const body = parsed(answer.text)
  if (typeof body['openid'] === 'string' && openid.test(body['openid'])) return { ok: true, subject: body['openid'] }
  return { ok: false, reason: `微信没有确认身份（${String(body['errcode'] ?? answer.status)}）` }
}

/** Silent authorization: nothing but the openid is asked for. */
export function authorizeUrl(config: WechatConfig, redirect: string, state: string): string {
  const query = new URLSearchParams({ appid: config.appId, redirect_uri: redirect, response_type: 'code', scope: 'snsapi_base', state })
  return `https://open.weixin.qq.com/connect/oauth2/authorize?${query.toString()}#wechat_redirect`
}

export type MenuEntry = { name: string; url: string } | { name: string; sub: { name: string; url: string }[] }

/** Replaces the menu. Null when it was taken, else why not. */
export async function createMenu(config: WechatConfig, menu: readonly MenuEntry[]): Promise<string | null> {
  const held = await wechatToken({ appId: config.appId, secret: config.secret, baseUrl: config.baseUrl })
  if ('reason' in held) return held.reason
  const view = (one: { name: string; url: string }) => ({ type: 'view', name: one.name, url: one.url })
  const body = JSON.stringify({ button: menu.map((one) => ('sub' in one ? { name: one.name, sub_button: one.sub.map(view) } : view(one))) })
  const answer = await callOut(`${base(config)}/cgi-bin/menu/create?access_token=${encodeURIComponent(held.token)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!answer.ok) return answer.reason
  const code = Number(parsed(answer.text)['errcode'] ?? -1)
  return code === 0 ? null : `公众号拒绝（${code}）`
}

/** SHA-1 over the sorted token, timestamp and nonce, as the platform signs each of its calls. */
export const signatureOf = (token: string, timestamp: string, nonce: string): string => createHash('sha1').update([token, timestamp, nonce].toSorted().join('')).digest('hex')

export const signatureFits = (config: WechatConfig, sent: { signature: string; timestamp: string; nonce: string }): boolean =>
  config.token !== '' && sameSecret(signatureOf(config.token, sent.timestamp, sent.nonce), sent.signature.toLowerCase())

const field = (xml: string, name: string): string => new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`).exec(xml)?.slice(1).find((part) => part !== undefined) ?? ''

export type WechatCall = { from: string; to: string; type: string; event: string; text: string }
/** The few fields of a call that matter here; all of it is untrusted text. */
export const readCall = (xml: string): WechatCall => ({ from: field(xml, 'FromUserName'), to: field(xml, 'ToUserName'), type: field(xml, 'MsgType'), event: field(xml, 'Event'), text: field(xml, 'Content') })

const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']] >')}]]>`
export const textReply = (call: WechatCall, text: string, seconds: number): string =>
  `<xml><ToUserName>${cdata(call.from)}</ToUserName><FromUserName>${cdata(call.to)}</FromUserName><CreateTime>${seconds}</CreateTime><MsgType>${cdata('text')}</MsgType><Content>${cdata(text)}</Content></xml>`
