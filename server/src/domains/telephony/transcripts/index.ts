// What was said in calls: a part of telephony.
import { bind } from '../../../kernel/http/route.ts'
import { asJob } from '../../../kernel/jobs/job.ts'
import { definePart } from '../../platform/index.ts'
import { transcribeRecording } from './transcribe.ts'
import * as contract from './transcript-contract.ts'
import { addKeyPoint, callTranscript, dropKeyPoint, showTranscript, transcribe } from './transcripts.ts'

export const part = definePart({
  routes: [bind(contract.showTranscript, showTranscript), bind(contract.transcribe, transcribe), bind(contract.addKeyPoint, addKeyPoint), bind(contract.dropKeyPoint, dropKeyPoint), bind(contract.callTranscript, callTranscript)],
  jobs: [asJob(transcribeRecording)],
})
