// Calls of the WeChat platform: the check of the address, followers, words. Only signed ones are answered; nothing of them is kept.
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { MINUTE } from '../../../kernel/time/index.ts'
import { setting, tenantById } from '../../platform/index.ts'
import { hotlineNumber, portalAddress } from '../settings.ts'
import type * as contract from './identity-contract.ts'
import { identityFail } from './identity.errors.ts'
import { wechatTexts } from './identities.zh-CN.ts'
import { wechatConfig } from './wechat-accounts.ts'
import { readCall, signatureFits, textReply } from './wechat-platform.ts'

/** A signed call that is repeated later says nothing any more. */
const FRESH = 10 * MINUTE

async function admit(ctx: Ctx, sent: { signature: string; timestamp: string; nonce: string }): Promise<void> {
  const config = await wechatConfig(ctx, 'officialAccount')
  const fresh = Math.abs(ctx.clock.now() - Number(sent.timestamp) * 1000) < FRESH
  if (!config || !fresh || !signatureFits(config, sent)) throw identityFail('wechatSignature')
}

const plain = (raw: RawExchange, text: string, type = 'text/plain; charset=utf-8') => void raw.reply.type(type).send(text)

export async function checkServer(ctx: Ctx, input: Input<typeof contract.checkWechatServer>, raw: RawExchange): Promise<void> {
  await admit(ctx, input)
  plain(raw, input.echostr.replaceAll(/[^\w-]/g, ''))
}

export async function callback(ctx: Ctx, input: Input<typeof contract.wechatCallback>, raw: RawExchange): Promise<void> {
  await admit(ctx, input)
  const call = readCall(typeof raw.request.body === 'string' ? raw.request.body : '')
  const address = (await setting(ctx, portalAddress)).replace(/\/$/, '')
  const say = (text: string) => plain(raw, textReply(call, text, Math.floor(ctx.clock.now() / 1000)), 'application/xml; charset=utf-8')
  if (call.type === 'event' && call.event === 'subscribe') return say(wechatTexts.welcome.replace('{centre}', (await tenantById(ctx, ctx.tenantId)).name).replace('{hotline}', await setting(ctx, hotlineNumber)))
  if (call.type === 'text' || call.type === 'image' || call.type === 'voice') return say(wechatTexts.askHere.replace('{url}', `${address}/submit`))
  plain(raw, 'success')
}
