// Being at work is told to the server as long as this window lives, whatever page is open: a conversation is taken away only from a window that is gone.
import { call } from '../../api/call.ts'

const EVERY = 45_000
let timer: ReturnType<typeof setInterval> | undefined
let taking = false

/** Tells it now and goes on telling; `on` false: keeps what is held, takes nothing new. */
export async function tellDuty(on: boolean): Promise<void> {
  taking = on
  await call('setChatDuty', { on })
  timer ??= setInterval(() => void call('setChatDuty', { on: taking }).catch(() => undefined), EVERY)
}

/** Nothing is held and nothing wanted: the window need not tell any more. */
export function rest(): void {
  clearInterval(timer)
  timer = undefined
}
