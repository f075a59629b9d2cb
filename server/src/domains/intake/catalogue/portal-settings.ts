import type { Ctx } from '../../../kernel/ctx.ts'
import type { Output } from '../../../kernel/http/route.ts'
import { appealTypes } from '../../matters/index.ts'
import { areaName, heldWords, limitOf, setting, tenantById } from '../../platform/index.ts'
import { recognises } from '../../telephony/index.ts'
import { closedNotice } from '../channels/channel.ts'
import { channelsOf, timeOfDay } from '../channels/channel-register.ts'
import { unifiedName } from '../identities/unified.ts'
import { wechatApps } from '../identities/wechat-accounts.ts'
import { hotlineNumber, maxQuestions, portalHotWords, portalNotices, ratingReasons, realNameRequired } from '../settings.ts'
import type * as contract from './catalogue-contract.ts'

export async function portalSettings(ctx: Ctx): Promise<Output<typeof contract.portalSettings>> {
  const tenant = await tenantById(ctx, ctx.tenantId)
  const portal = (await channelsOf(ctx)).find((c) => c.code === 'portal')
  const files = await limitOf(ctx, 'registration')
  const types = await appealTypes(ctx)
  return {
    centreName: tenant.name, hotline: await setting(ctx, hotlineNumber), areaCode: tenant.areaCode, areaName: (await areaName(ctx, tenant.areaCode)) ?? tenant.name, timeZone: tenant.timeZone,
    closed: portal ? closedNotice(portal, await timeOfDay(ctx)) : null,
    files: { count: portal?.maxFiles ?? files.count, sizeMb: files.sizeMb, videoMb: files.videoMb ?? null },
    notices: await setting(ctx, portalNotices), hotWords: [...new Set([...(await heldWords(ctx, 'hot')).filter((word) => word.length <= 12).slice(0, 4), ...(await setting(ctx, portalHotWords))])].slice(0, 12), realNameRequired: await setting(ctx, realNameRequired), maxQuestions: await setting(ctx, maxQuestions),
    unified: await unifiedName(ctx), speech: recognises(), wechat: await wechatApps(ctx),
    ratingReasons: await setting(ctx, ratingReasons),
    appealTypes: types.filter((t) => t.parentId === null).map((t) => ({ id: t.id, name: t.name, description: t.description ?? '' })),
  }
}
