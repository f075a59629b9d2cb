// Recordings and messages: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../../platform/index.ts'
import { fetchRecording } from './fetch-recording.ts'
import { dropOldRecordings, fetchLeftRecordings } from './keep-recordings.ts'
import { downloadRecording, downloadRecordings, playRecording } from './play-recording.ts'
import { listRecordings, recordingStorage, showRecording } from './read-recordings.ts'
import * as contract from './recording-contract.ts'
import { finishVoicemail, hearVoicemail, listVoicemail, registerVoicemail } from './voicemail.ts'

export const part = definePart({
  permissions: { 'telephony.recordings': '查听录音', 'telephony.download': '下载录音', 'telephony.voicemail': '处理语音留言' },
  roles: {
    agent: { 'telephony.recordings': 'own', 'telephony.voicemail': 'own' }, callbackAgent: { 'telephony.recordings': 'own' },
    shiftLeader: { 'telephony.recordings': 'tenant', 'telephony.download': 'tenant', 'telephony.voicemail': 'tenant' },
    reviewer: { 'telephony.recordings': 'tenant' }, inspector: { 'telephony.recordings': 'tenant' }, supervisor: { 'telephony.recordings': 'tenant' },
    handler: { 'telephony.recordings': 'unitTree' }, unitLeader: { 'telephony.recordings': 'unitTree' }, leader: { 'telephony.recordings': 'tenantsBelow' },
  },
  routes: [
    bind(contract.listRecordings, listRecordings), bind(contract.recordingStorage, recordingStorage), bind(contract.showRecording, showRecording), bind(contract.playRecording, playRecording), bind(contract.downloadRecording, downloadRecording), bind(contract.downloadRecordings, downloadRecordings),
    bind(contract.listVoicemail, listVoicemail), bind(contract.hearVoicemail, hearVoicemail), bind(contract.finishVoicemail, finishVoicemail), bind(contract.registerVoicemail, registerVoicemail),
  ],
  jobs: [asJob(fetchRecording)],
  crons: [{ name: 'telephony.dropOldRecordings', everySeconds: 3600, run: dropOldRecordings }, { name: 'telephony.fetchLeftRecordings', everySeconds: 300, run: fetchLeftRecordings }],
  realtime: { 'telephony.voicemail': { may: 'telephony.voicemail' } },
})
