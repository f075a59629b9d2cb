// Voice files and prompts: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { addPrompt, listPrompts, releasePrompt, removePrompt, savePrompt } from './keep-prompts.ts'
import * as contract from './prompt-contract.ts'
import { addVoiceFile, listVoiceFiles, playVoiceFile, removeVoiceFile } from './voice-files.ts'

const manage = { 'telephony.prompts': 'tenant' } as const

export const part = definePart({
  permissions: { 'telephony.prompts': '维护语音文件和播报' },
  roles: { businessAdmin: manage, tenantAdmin: manage },
  routes: [
    bind(contract.listVoiceFiles, listVoiceFiles), bind(contract.addVoiceFile, addVoiceFile), bind(contract.removeVoiceFile, removeVoiceFile), bind(contract.playVoiceFile, playVoiceFile),
    bind(contract.listPrompts, listPrompts), bind(contract.addPrompt, addPrompt), bind(contract.savePrompt, savePrompt), bind(contract.releasePrompt, releasePrompt), bind(contract.removePrompt, removePrompt),
  ],
  realtime: { 'telephony.prompts': { may: 'telephony.prompts' } },
})
