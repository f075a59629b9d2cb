// One identity for all channels (INT-04), the official account and the mini program (INT-13): a part of intake.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../../platform/index.ts'
import { bindWechat, continueWechat, enterByMini, finishWechat, startWechat } from './enter-by-wechat.ts'
import * as contract from './identity-contract.ts'
import { dropIdentity, listIdentities } from './own-identities.ts'
import { pushJob } from './push-message.ts'
import * as unified from './unified-contract.ts'
import { finishUnified, getUnified, saveUnified, startUnified } from './unified.ts'
import { listWechat, publishMenu, saveWechat } from './wechat-accounts.ts'
import { callback, checkServer } from './wechat-callback.ts'

export const part = definePart({
  routes: [
    bind(contract.startWechat, startWechat),
    bind(contract.finishWechat, finishWechat),
    bind(contract.enterByMini, enterByMini),
    bind(contract.continueWechat, continueWechat),
    bind(contract.bindWechat, bindWechat),
    bind(contract.listIdentities, listIdentities),
    bind(contract.dropIdentity, dropIdentity),
    bind(contract.checkWechatServer, checkServer),
    bind(contract.wechatCallback, callback),
    bind(unified.startUnified, startUnified),
    bind(unified.finishUnified, finishUnified),
    bind(unified.getUnified, getUnified),
    bind(unified.saveUnified, saveUnified),
    bind(contract.listWechat, listWechat),
    bind(contract.saveWechat, saveWechat),
    bind(contract.publishMenu, publishMenu),
  ],
  jobs: [asJob(pushJob)],
})
