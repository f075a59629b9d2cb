import { useSyncExternalStore } from 'react'
import { currentPhone, watchPhone } from './phone-state.ts'
import type { Phone } from './phone-state.ts'

export const usePhone = (): Phone => useSyncExternalStore(watchPhone, currentPhone)
