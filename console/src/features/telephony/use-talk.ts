// What is said in the call in hand, as text: everything, and the agent's own sentences.
import { useQueryOf } from '../../api/queries.ts'
import { mainCall } from './phone-state.ts'
import { usePhone } from './use-phone.ts'

/** Empty while there is no call or the site has no recognition; `LiveTranscript` beside it asks again as sentences come. */
export function useTalk(): { heard: string; said: string } {
  const inHand = mainCall(usePhone())
  const callId = inHand && (inHand.state === 'talking' || inHand.state === 'held') ? inHand.callId : null
  const found = useQueryOf('callTranscript', { id: callId ?? '' }, { enabled: callId !== null })
  const lines = callId === null ? [] : (found.data?.utterances ?? [])
  return { heard: lines.map((one) => one.text).join('\n'), said: lines.filter((one) => one.speaker === 'agent').map((one) => one.text).join('\n') }
}
